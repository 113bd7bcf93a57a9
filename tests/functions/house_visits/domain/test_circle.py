"""Who may talk about a visit and see its documents, as the visit stands."""

import pytest

from functions.house_visits.domain.circle import circle_of, shelf_of
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.visit import Visit, VisitStatus
from tests.functions.house_visits.domain.a_visit import offer, searching, won_by_anna, won_by_clinic
from tests.people import ANNA, EWA, PIOTR

ASKED = searching(
    offer(ANNA, OfferStatus.DELIVERED), offer(PIOTR, OfferStatus.DECLINED), offer(EWA)
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "worker", "asked"),
    [
        (ASKED, "", (ANNA,)),
        (won_by_anna(offer(EWA, OfferStatus.DELIVERED)), ANNA, ()),
        (won_by_clinic(), "", ()),
    ],
)
def test_who_has_it_talks_about_it_or_else_who_may_still_take_it(
    one: Visit, worker: str, asked: tuple[str, ...]
) -> None:
    circle = circle_of(one)
    assert (circle.worker_id, circle.asked_ids) == (worker, asked)


@pytest.mark.parametrize(
    ("one", "doctors"), [(ASKED, ()), (won_by_anna(), (ANNA,)), (won_by_clinic(), ())]
)  # fmt: skip
def test_only_the_doctor_who_comes_sees_the_documents(one: Visit, doctors: tuple[str, ...]) -> None:
    assert shelf_of(one).doctor_ids == doctors
    assert shelf_of(one).open
    assert not shelf_of(one.but(status=VisitStatus.CANCELLED)).open
