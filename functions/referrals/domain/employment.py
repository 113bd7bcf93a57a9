"""Who works where: one record for each person at each employer, whatever their number of contracts.

What stands here is what this employer told us. Nothing that the person told us, or another employer, comes
here, and nothing here goes there: two employers of one person never learn of each other.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import AfterValidator, Field, model_validator

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.ports import Seals
from shared.kernel.records import Record, Sealed, Value
from shared.kernel.times import Day

EMPLOYMENTS_MAX: Final = 20
POSITIONS_MAX: Final = 10
REFERRALS_MAX: Final = 10
CERTIFICATES_MAX: Final = 10

PositionTitle = Annotated[str, Field(min_length=1, max_length=120)]
Department = Annotated[str, Field(max_length=120)]


def _iso(day: str) -> str:
    return date.fromisoformat(day).isoformat()


SealedDay = Annotated[Sealed, AfterValidator(_iso)]
"""`1988-05-17`: text, since only text is sealed."""


class Standing(StrEnum):
    """What a person is to an employer on a day."""

    CANDIDATE = "candidate"  # nothing has begun yet
    EMPLOYED = "employed"
    ON_LEAVE = "on_leave"  # employed, and away for long: parental leave, military service
    FORMER = "former"


class Employment(Value):
    """One contract. `until` and `leave_until` are the last days; None where they are open."""

    contract: str = Field("", max_length=40)  # the employer's own number for it
    since: Day | None = None  # None: a candidate, no day agreed yet
    until: Day | None = None
    positions: tuple[PositionTitle, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    department: Department = ""
    leave_from: Day | None = None
    leave_until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for begins, ends in ((self.since, self.until), (self.leave_from, self.leave_until)):
            if ends is not None and (begins is None or begins > ends):
                raise ValueError("must begin before it ends")
        return self

    def standing_on(self, day: date) -> Standing:
        if self.until is not None and self.until < day:
            return Standing.FORMER
        if self.since is None or day < self.since:
            return Standing.CANDIDATE
        away = self.leave_from is not None and self.leave_from <= day
        back = self.leave_until is not None and self.leave_until < day
        return Standing.ON_LEAVE if away and not back else Standing.EMPLOYED


_BEST_FIRST: Final = (Standing.EMPLOYED, Standing.ON_LEAVE, Standing.CANDIDATE, Standing.FORMER)


class Employee(Record):
    """A person at one employer; its id is a keyed hash of both, so that nobody is listed twice.

    `patient_id` is the person's own record, "" until it is found or made; employers never see it: it is the
    same for all their employers. `identifier_system` and `identifier`: PESEL or a passport with its country.
    """

    kind: ClassVar[str] = "employees"

    employer_id: str
    patient_id: str = ""
    given_name: Sealed
    family_name: Sealed
    birth_date: SealedDay
    identifier_system: str = ""
    identifier: Sealed = ""
    address: Sealed = ""
    phone: Sealed = ""
    email: Sealed = ""
    language: str = "pl"
    employments: tuple[Employment, ...] = Field(min_length=1, max_length=EMPLOYMENTS_MAX)
    certificate_ids: tuple[str, ...] = Field(default=(), max_length=CERTIFICATES_MAX)  # to be renewed
    name_keys: tuple[str, ...] = ()  # names.py
    referral_ids: tuple[str, ...] = Field(default=(), max_length=REFERRALS_MAX)  # open, or so until lately
    added_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        if actor.role == Role.PATIENT:
            return scope == Scope.OWN and actor.record_id == self.patient_id != ""
        return actor.is_staff

    def index_fields(self) -> Mapping[str, Any]:
        return {
            "departments": sorted({one.department for one in self.employments if one.department}),
            "position_titles": sorted({title for one in self.employments for title in one.positions}),
        }

    def standing_on(self, day: date) -> Standing:
        """The best that any contract says: who has a second one is still employed when the first ends."""
        found = {one.standing_on(day) for one in self.employments}
        return next(one for one in _BEST_FIRST if one in found)

    def employment_on(self, day: date) -> Employment:
        """The contract that speaks for the person on that day; of several alike the one written last."""
        best = self.standing_on(day)
        return [one for one in self.employments if one.standing_on(day) == best][-1]


def employee_id(seals: Seals, tenant_id: str, employer_id: str, system: str, identifier: str) -> str:
    """The id of this person at this employer; at another employer it is another one."""
    plain = "".join(identifier.split()).upper()
    return seals.lookup_key(tenant_id, f"employee:{employer_id}:{system}:{plain}")
