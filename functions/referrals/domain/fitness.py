"""A certificate of fitness for work: what the doctor decided for each position, and when to come again.

The certificate carries the next dates, not the referral, and may carry several. It is never altered: a later
one supersedes it, an appeal flags it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import Field, model_validator

from functions.referrals.domain.employment import POSITIONS_MAX, Department, PositionTitle
from functions.referrals.domain.look_days import next_look, shard_of
from functions.referrals.domain.referral import ExaminationType
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Sealed, Value
from shared.kernel.states import Stateful
from shared.kernel.times import Day

NEXT_DUES_MAX: Final = 10


class FitnessStatus(StrEnum):
    VALID = "valid"
    APPEALED = "appealed"  # stands, flagged, until the second examination
    FINAL = "final"  # confirmed on appeal, or issued on appeal: nothing more can be lodged
    SUPERSEDED = "superseded"
    VOID = "void"


class FitnessEvent(StrEnum):
    APPEAL = "appeal"
    CONFIRM = "confirm"  # the second examination says the same
    SUPERSEDE = "supersede"  # another certificate takes its place
    MAKE_VOID = "make_void"
    WITHDRAW_APPEAL = "withdraw_appeal"


_S, _E = FitnessStatus, FitnessEvent
IN_FORCE: Final = (_S.VALID, _S.APPEALED, _S.FINAL)

TRANSITIONS: Final[Mapping[tuple[FitnessStatus, FitnessEvent], FitnessStatus]] = {
    (_S.VALID, _E.APPEAL): _S.APPEALED,
    (_S.APPEALED, _E.CONFIRM): _S.FINAL,
    (_S.APPEALED, _E.WITHDRAW_APPEAL): _S.VALID,
    **{(state, _E.SUPERSEDE): _S.SUPERSEDED for state in IN_FORCE},
    **{(state, _E.MAKE_VOID): _S.VOID for state in IN_FORCE},
}


class FitnessDecision(StrEnum):
    FIT = "fit"
    UNFIT = "unfit"
    LOST_ABILITY = "lost_ability"  # can no longer do what they did until now


class NextDueReason(StrEnum):
    PERIODIC = "periodic"
    DRIVING = "driving"
    NIGHT_WORK = "night_work"
    HEIGHTS = "heights"
    SANITARY = "sanitary"
    IONIZING_RADIATION = "ionizing_radiation"
    OTHER = "other"


class PositionDecision(Value):
    position: PositionTitle
    decision: FitnessDecision


class NextDue(Value):
    reason: NextDueReason
    due_on: Day


class AppealBy(StrEnum):
    EMPLOYEE = "employee"
    EMPLOYER = "employer"


class Appeal(Value):
    """`examine_by`: the last day for the second examination."""

    by: AppealBy
    lodged_at: datetime
    lodged_on: Day
    examine_by: Day
    reason: Sealed = ""
    decided_at: datetime | None = None


class FitnessCertificate(Stateful):
    """`outside`: issued elsewhere and recorded here; `outside_issuer` names the doctor or clinic as printed.

    `findings` are for doctors alone. `renewed_by`: the id of a later certificate of the same person at the
    same employer; who has one is not reminded of this one. `renews`: the other end of that. `told`: person
    and employer know of it, `told_void`: that it was made void.
    """

    kind: ClassVar[str] = "fitness_certificates"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: FitnessStatus = FitnessStatus.VALID
    number: str
    referral_id: str = ""
    employer_id: str
    employee_id: str
    patient_id: str
    given_name: Sealed = ""  # as the referral had it
    family_name: Sealed = ""
    name_keys: tuple[str, ...] = ()  # names.py
    doctor_id: str = ""
    clinic_id: str = ""
    examination_type: ExaminationType
    department: Department = ""
    decisions: tuple[PositionDecision, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    next_dues: tuple[NextDue, ...] = Field(default=(), max_length=NEXT_DUES_MAX)
    screen_glasses: bool = False
    findings: Sealed = ""
    jurisdiction: str = "PL"
    zone: str = "Europe/Warsaw"
    language: str = "pl"
    examined_on: Day
    issued_at: datetime
    issued_on: Day
    outside: bool = False
    outside_issuer: Annotated[str, Field(max_length=200)] = ""
    appeal: Appeal | None = None
    supersedes: str = ""
    superseded_by: str = ""
    renewed_by: str = ""
    renews: tuple[str, ...] = ()
    is_filed: bool = False
    void_reason: str = ""
    voided_at: datetime | None = None
    paper_json: Sealed = ""  # all that is printed, frozen when it was signed
    paper_generation: int | None = None
    paper_sha256: str = ""
    paper_at: datetime | None = None
    told: bool = False
    told_void: bool = False
    reminded_until: Day | None = None  # what was to be said of its dates until that day has been said

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        titles = [one.position for one in self.decisions]
        reasons = [one.reason for one in self.next_dues if one.reason != NextDueReason.OTHER]
        if len(set(titles)) < len(titles) or len(set(reasons)) < len(reasons):
            raise ValueError("one decision for a position, one date for a reason")
        return self

    def index_fields(self) -> Mapping[str, Any]:
        return {
            "position_titles": sorted({one.position for one in self.decisions}),
            "decision_words": sorted({one.decision.value for one in self.decisions}),
            "next_due_on": self.next_due_on.isoformat() if self.next_due_on else None,
            "to_renew": self.to_renew,
            "look_on": self.look_on.isoformat() if self.look_on else None,
            "shard": shard_of(self.id),
            "unprinted": self.paper_generation is None and not self.outside and self.is_in_force,
        }

    def admits(self, actor: Actor, scope: Scope) -> bool:
        match actor.role:
            case Role.EMPLOYER:
                return scope == Scope.OWN and actor.record_id == self.employer_id
            case Role.PATIENT:
                return scope == Scope.OWN and actor.record_id == self.patient_id != ""
            case Role.DOCTOR:
                return scope == Scope.ASSIGNED and actor.record_id == self.doctor_id != ""
        return actor.is_staff

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE

    @property
    def next_due_on(self) -> date | None:
        """The earliest of all dates: it drives the reminders, and all are shown."""
        return min((one.due_on for one in self.next_dues), default=None)

    @property
    def to_renew(self) -> bool:
        return self.is_in_force and self.renewed_by == "" and self.next_due_on is not None

    @property
    def look_on(self) -> date | None:
        """The next day on which one of its dates comes nearer by a threshold."""
        dues = [one.due_on for one in self.next_dues] if self.to_renew else []
        return next_look(dues, self.reminded_until)

    @property
    def file_name(self) -> str:
        return f"fitness/{self.tenant_id}/{self.id}.pdf"
