"""What an employer sees of a certificate of fitness: an allow-list of fields for each jurisdiction.

Everything that tells an employer of a certificate goes through here: answers, filters, sort keys, counts,
exports, mails and file names. What is not on the list does not exist; nothing is taken away afterwards.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, get_args

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, PositionDecision
from functions.referrals.domain.jurisdiction import JurisdictionProfile, Seen, profile_of
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value

SEEN: Final[tuple[str, ...]] = get_args(Seen)


class NotYoursToAsk(Invalid):
    """The law of your country does not let an employer search or sort by this: leave it out."""


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

FILTERS: Final[Mapping[str, str]] = {
    "employee": "", "department": "", "position": "positions", "examination_type": "examination_type",
    "status": "status", "decision": "decisions", "issued": "issued_on", "next_due": "next_dues",
    "expiring": "next_dues", "appealed": "appeal", "outside": "outside", "number": "number",
}  # fmt: skip
"""Each filter and sort key, with the field that it tells of; "" tells only what the employer wrote itself."""


def employer_view(certificate: FitnessCertificate) -> EmployerView:
    """By the law under which it was issued."""
    allowed = profile_of(certificate.jurisdiction).employer_sees
    return EmployerView(
        certificate_id=certificate.id,
        version=certificate.version,
        employee_id=certificate.employee_id,
        referral_id=certificate.referral_id,
        **{name: take(certificate) for name, take in _TAKEN.items() if name in allowed},
    )


def may_ask(profile: JurisdictionProfile, names: tuple[str, ...]) -> None:
    """Filters and sort keys alike: an answer that depends on a field tells it. Raises NotYoursToAsk."""
    hidden = [one for one in names if not _is_seen(profile, one)]
    if hidden:
        raise NotYoursToAsk(errors=[FieldError(f"/{one}", "is not for employers") for one in hidden])


def refuse_paper(certificate: FitnessCertificate) -> None:
    """Raises NotYoursToAsk where the law keeps the paper from employers."""
    if "paper" not in profile_of(certificate.jurisdiction).employer_sees:
        raise NotYoursToAsk("The paper is handed to the person alone.")


def file_name(certificate: FitnessCertificate) -> str:
    """To be saved under the number, which says nothing of anybody."""
    return f"{certificate.number.replace('/', '-')}.pdf"


def _is_seen(profile: JurisdictionProfile, name: str) -> bool:
    field = FILTERS.get(name)
    return field is not None and (field == "" or field in profile.employer_sees)


def _appeal(certificate: FitnessCertificate) -> AppealSeen | None:
    found = certificate.appeal
    if found is None:
        return None
    return AppealSeen(by=found.by.value, lodged_on=found.lodged_on, examine_by=found.examine_by)
