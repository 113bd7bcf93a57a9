"""What an employer sees of a certificate of fitness: an allow-list of fields for each jurisdiction.

Everything that tells an employer of a certificate goes through here: answers, filters, sort keys, counts,
exports, mails and file names. What is not on the list does not exist; nothing is taken away afterwards.
"""

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any, Final, get_args

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, PositionDecision
from functions.referrals.domain.jurisdiction import Seen, profile_of
from shared.kernel.errors import NotAllowed
from shared.kernel.records import Value

SEEN: Final[tuple[str, ...]] = get_args(Seen)


class PaperNotForEmployers(NotAllowed):
    """The law of your country hands this paper to the examined person alone: ask them for it."""


class AppealSeen(Value):
    """That and until when, never why."""

    by: str
    lodged_on: date
    examine_by: date


class EmployerView(Value):
    """Ids that the employer has anyway, and what the law lets it see; null: not on the list, or not there."""

    certificate_id: str
    version: int
    employee_id: str
    referral_id: str
    number: str | None = None
    status: str | None = None
    examination_type: str | None = None
    positions: tuple[str, ...] | None = None
    decisions: tuple[PositionDecision, ...] | None = None
    next_dues: tuple[NextDue, ...] | None = None
    examined_on: date | None = None
    issued_on: date | None = None
    appeal: AppealSeen | None = None
    screen_glasses: bool | None = None
    outside: bool | None = None
    outside_issuer: str | None = None
    paper: bool | None = None


_TAKEN: Final[Mapping[str, Callable[[FitnessCertificate], Any]]] = {
    "number": lambda it: it.number,
    "status": lambda it: it.status.value,
    "examination_type": lambda it: it.examination_type.value,
    "positions": lambda it: tuple(one.position for one in it.decisions),
    "decisions": lambda it: it.decisions,
    "next_dues": lambda it: it.next_dues,
    "examined_on": lambda it: it.examined_on,
    "issued_on": lambda it: it.issued_on,
    "appeal": lambda it: _appeal(it),
    "screen_glasses": lambda it: it.screen_glasses,
    "outside": lambda it: it.outside,
    "outside_issuer": lambda it: it.outside_issuer or None,
    "paper": lambda it: it.paper_generation is not None,
}


def employer_view(certificate: FitnessCertificate) -> EmployerView:
    """By the law under which it was issued."""
    return _view(certificate, profile_of(certificate.jurisdiction).employer_sees)


def staff_view(certificate: FitnessCertificate) -> EmployerView:
    """All that any law lets an employer see."""
    return _view(certificate, SEEN)


def _view(certificate: FitnessCertificate, allowed: Container[str]) -> EmployerView:
    return EmployerView(
        certificate_id=certificate.id,
        version=certificate.version,
        employee_id=certificate.employee_id,
        referral_id=certificate.referral_id,
        **{name: take(certificate) for name, take in _TAKEN.items() if name in allowed},
    )


def refuse_paper(certificate: FitnessCertificate) -> None:
    """Raises PaperNotForEmployers where the law keeps the paper from employers."""
    if "paper" not in profile_of(certificate.jurisdiction).employer_sees:
        raise PaperNotForEmployers


def file_name(certificate: FitnessCertificate) -> str:
    """To be saved under the number, which says nothing of anybody."""
    return f"{certificate.number.replace('/', '-')}.pdf"


def _appeal(certificate: FitnessCertificate) -> AppealSeen | None:
    found = certificate.appeal
    if found is None:
        return None
    return AppealSeen(by=found.by.value, lodged_on=found.lodged_on, examine_by=found.examine_by)
