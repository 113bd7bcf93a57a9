"""Who may talk about a visit and see its documents; both follow from the visit alone, in its own commit."""

from typing import TYPE_CHECKING

from shared.contracts.circles import Circle, Stage
from shared.contracts.documents import Shelf

if TYPE_CHECKING:
    from functions.house_visits.domain.visit import Visit


def circle_of(visit: "Visit") -> Circle:
    """Who has it, or else those who may still take it."""
    asked = () if visit.winner else tuple(one.doctor_id for one in visit.offers if one.is_open)
    return Circle(
        id=visit.id,
        tenant_id=visit.tenant_id,
        case_kind="visit",
        stage=Stage(visit.status),
        worker_id=visit.winner.doctor_id if visit.winner else "",
        asked_ids=asked,
    )


def shelf_of(visit: "Visit") -> Shelf:
    """Who was only asked sees no documents."""
    doctors = (visit.winner.doctor_id,) if visit.winner and visit.winner.doctor_id else ()
    return Shelf(id=visit.id, tenant_id=visit.tenant_id, doctor_ids=doctors, open=visit.is_open)
