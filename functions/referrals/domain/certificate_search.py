"""What may be asked of certificates of fitness: an employer asks by nothing that the law hides from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from functions.referrals.domain.combining import Narrow, NotYoursToAsk, Served, query_of
from functions.referrals.domain.employment import Department, PositionTitle
from functions.referrals.domain.fitness import (
    FitnessCertificate,
    FitnessDecision,
    FitnessStatus,
)
from functions.referrals.domain.jurisdiction import JurisdictionProfile, Seen
from functions.referrals.domain.names import NameBeginning, beginning_key, begins_so
from functions.referrals.domain.referral import ExaminationType
from functions.referrals.domain.referral_search import Id, issued_between
from shared.kernel.errors import FieldError
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Value
from shared.kernel.times import Day

EXPIRING_DAYS_MAX: Final = 3660
Orders = Literal["-issued_at", "next_due_on", "department,next_due_on"]

_EQUALS: Final = frozenset({
    "employer_id", "employee_id", "department", "examination_type", "status", "doctor_id", "clinic_id",
})  # fmt: skip
_FEW: Final = frozenset({"employer_id", "status", "examination_type"})
_DUE: Final = frozenset({"expiring_within_days", "next_due_from", "next_due_until"})
SERVED: Final[Mapping[str, Served]] = {
    "-issued_at": Served(
        (("issued_at", "desc"),),
        _EQUALS,
        frozenset({"position", "decision", "name"}),
        _FEW,
        frozenset({"issued_from", "issued_until"}),
    ),
    "next_due_on": Served(
        (("next_due_on", "asc"),),
        _FEW | {"department", "to_renew"},
        frozenset({"position", "name"}),
        frozenset({"employer_id", "to_renew"}),
        _DUE,
    ),
    "department,next_due_on": Served(
        (("department", "asc"), ("next_due_on", "asc")), _FEW | {"department", "to_renew"}
    ),
}
_STAFF_ALONE: Final = ("doctor_id", "clinic_id")
_SEEN_BY: Final[Mapping[str, Seen]] = {
    "position": "positions",
    "examination_type": "examination_type",
    "status": "status",
    "decision": "decisions",
    "to_renew": "next_dues",
    "expiring_within_days": "next_dues",
    "next_due_from": "next_dues",
    "next_due_until": "next_dues",
    "issued_from": "issued_on",
    "issued_until": "issued_on",
}
"""What an employer must be allowed to see before it may ask by it: who filters learns what it reads."""
_ORDER_SHOWS: Final[Mapping[str, Seen]] = {
    "-issued_at": "issued_on",
    "next_due_on": "next_dues",
    "department,next_due_on": "next_dues",
}


class CertificateFilter(Value):
    """What is left out is not asked about. Days are the first and the last one. `to_renew`: in force and not
    renewed. `expiring_within_days`: such ones with a date until then, overdue ones too. `name`: how a word of
    the person's names begins."""

    employer_id: Id | None = Field(None, description="For staff; employers see their own.")
    employee_id: Id | None = None
    position: PositionTitle | None = None
    department: Department | None = None
    examination_type: ExaminationType | None = None
    status: FitnessStatus | None = None
    decision: FitnessDecision | None = None
    doctor_id: Id | None = Field(None, description="For staff.")
    clinic_id: Id | None = Field(None, description="For staff.")
    to_renew: bool | None = None
    name: NameBeginning | None = None
    issued_from: Day | None = None
    issued_until: Day | None = None
    next_due_from: Day | None = None
    next_due_until: Day | None = None
    expiring_within_days: Annotated[int, Field(ge=0, le=EXPIRING_DAYS_MAX)] | None = None
    order_by: Orders | None = Field(None, description="By issue, or by what is due where that is asked.")

    @property
    def order(self) -> Orders:
        asks_dues = any(getattr(self, name) is not None for name in _DUE)
        return self.order_by or ("next_due_on" if asks_dues else "-issued_at")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for begins, ends in (
            (self.issued_from, self.issued_until),
            (self.next_due_from, self.next_due_until),
        ):
            if begins and ends and begins > ends:
                raise ValueError("the first day must not be after the last one")
        if self.expiring_within_days is not None and (self.next_due_until or self.to_renew is not None):
            raise ValueError("expiring_within_days says next_due_until and to_renew already")
        return self


@dataclass(frozen=True)
class Asker:
    """Whose the search is and under which law: "" and None for staff, who see all."""

    tenant_id: str
    today: date
    zone: str
    employer_id: str = ""
    profile: JurisdictionProfile | None = None


def certificates_where(asked: CertificateFilter, asker: Asker, seals: Seals) -> Query:
    """Raises NotYoursToAsk, CombinationNotServed."""
    wanted = tuple(_narrows(asked, asker, seals))
    always: list[Narrow] = []
    if asker.profile is not None:
        _check_employer(asked, wanted, asker.employer_id, asker.profile)
        always.append(Narrow("employer_id", "employer_id", "==", asker.employer_id))
        if asked.decision is not None:  # another law may hide what this one shows
            always.append(Narrow("jurisdiction", "jurisdiction", "==", asker.profile.country))
        wanted = tuple(one for one in wanted if one.name != "employer_id")
    if asked.order != "-issued_at" and not any(one.field == "next_due_on" for one in wanted):
        always.append(Narrow("dated", "next_due_on", ">=", ""))  # without a date it is due never
    return query_of(FitnessCertificate.kind, SERVED, asked.order, wanted, always)


def _check_employer(
    asked: CertificateFilter, wanted: tuple[Narrow, ...], employer_id: str, profile: JurisdictionProfile
) -> None:
    for one in wanted:
        seen = _SEEN_BY.get(one.name)
        foreign = one.name == "employer_id" and one.value != employer_id
        if one.name in _STAFF_ALONE or foreign or (seen is not None and seen not in profile.employer_sees):
            raise NotYoursToAsk(errors=[FieldError(f"/{one.name}", "your company does not see this")])
    if _ORDER_SHOWS[asked.order] not in profile.employer_sees:
        raise NotYoursToAsk(errors=[FieldError("/order_by", "your company does not see this")])


def _narrows(asked: CertificateFilter, asker: Asker, seals: Seals) -> Iterator[Narrow]:
    for name in sorted(_EQUALS):
        if (value := getattr(asked, name)) is not None:
            yield Narrow(name, name, "==", str(value))
    if asked.position is not None:
        yield Narrow("position", "position_titles", "array_contains", asked.position)
    if asked.decision is not None:
        yield Narrow("decision", "decision_words", "array_contains", asked.decision.value)
    if asked.name is not None:
        key = beginning_key(seals, asker.tenant_id, asked.name)
        yield Narrow("name", "name_keys", "array_contains", key)
    yield from issued_between(asked.issued_from, asked.issued_until, asker.zone)
    yield from _dues(asked, asker.today)


def _dues(asked: CertificateFilter, today: date) -> Iterator[Narrow]:
    renew = True if asked.expiring_within_days is not None else asked.to_renew
    if renew is not None:
        yield Narrow("to_renew", "to_renew", "==", renew)
    if asked.expiring_within_days is not None:
        last = today + timedelta(days=asked.expiring_within_days)
        yield Narrow("expiring_within_days", "next_due_on", "<=", last.isoformat())
    if asked.next_due_from is not None:
        yield Narrow("next_due_from", "next_due_on", ">=", asked.next_due_from.isoformat())
    if asked.next_due_until is not None:
        yield Narrow("next_due_until", "next_due_on", "<=", asked.next_due_until.isoformat())


def is_meant(certificate: FitnessCertificate, asked: CertificateFilter) -> bool:
    """Whether it is what was asked for, beyond what the store can tell."""
    return asked.name is None or begins_so(asked.name, certificate.family_name, certificate.given_name)
