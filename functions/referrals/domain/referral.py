"""A referral: an employer sends a person to be examined for the work they do or shall do.

issued -> scheduled -> examined            unknown_outcome while a clinic's own system is asked
       -> revoked | expired | refused      no_show may be scheduled again
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.referrals.domain.employment import POSITIONS_MAX, Department, PositionTitle, SealedDay
from functions.referrals.domain.examination import ClinicAsk, Examination
from functions.referrals.domain.exposure import Exposures
from functions.referrals.domain.shelf import shelf_of
from shared.contracts.employer_numbers import EmployerNumber
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Sealed, Value
from shared.kernel.states import Stateful
from shared.kernel.times import Day

DESCRIPTION_MAX: Final = 4000


class ReferralStatus(StrEnum):
    ISSUED = "issued"
    UNKNOWN_OUTCOME = "unknown_outcome"  # a clinic was asked to book and has not answered clearly
    SCHEDULED = "scheduled"
    NO_SHOW = "no_show"
    EXAMINED = "examined"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REFUSED = "refused"


class ReferralEvent(StrEnum):
    ASK_CLINIC = "ask_clinic"
    CLINIC_BOOKED = "clinic_booked"
    CLINIC_REFUSED = "clinic_refused"
    SCHEDULE = "schedule"
    LOSE_APPOINTMENT = "lose_appointment"  # the clinic cancelled, or the person gave the slot back
    MISS = "miss"
    EXAMINE = "examine"  # a certificate was issued, here or elsewhere
    REVOKE = "revoke"
    EXPIRE = "expire"
    REFUSE = "refuse"


_S, _E = ReferralStatus, ReferralEvent
OPEN: Final = (_S.ISSUED, _S.UNKNOWN_OUTCOME, _S.SCHEDULED, _S.NO_SHOW)
_WAITING: Final = (_S.ISSUED, _S.NO_SHOW)
_ENDS: Final = {_E.REVOKE: _S.REVOKED, _E.EXPIRE: _S.EXPIRED, _E.REFUSE: _S.REFUSED}

TRANSITIONS: Final[Mapping[tuple[ReferralStatus, ReferralEvent], ReferralStatus]] = {
    **{(state, _E.ASK_CLINIC): _S.UNKNOWN_OUTCOME for state in (*_WAITING, _S.SCHEDULED)},
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_BOOKED): _S.SCHEDULED,
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_REFUSED): _S.ISSUED,
    **{(state, _E.SCHEDULE): _S.SCHEDULED for state in (*_WAITING, _S.SCHEDULED)},
    (_S.SCHEDULED, _E.LOSE_APPOINTMENT): _S.ISSUED,
    (_S.SCHEDULED, _E.MISS): _S.NO_SHOW,
    **{(state, _E.EXAMINE): _S.EXAMINED for state in (*_WAITING, _S.SCHEDULED)},
    **{(state, event): end for state in (*_WAITING, _S.SCHEDULED) for event, end in _ENDS.items()},
    (_S.UNKNOWN_OUTCOME, _E.REVOKE): _S.REVOKED,
}


class ExaminationType(StrEnum):
    """Also the name of the service in a package that pays for it."""

    PRE_EMPLOYMENT = "pre_employment"
    PERIODIC = "periodic"
    CONTROL = "control"


class ReferredPerson(Value):
    """As the referral names them, frozen at issue: what is printed stays what was said."""

    given_name: Sealed
    family_name: Sealed
    birth_date: SealedDay
    identifier_system: str = ""
    identifier: Sealed = ""
    address: Sealed = ""


class ReferringEmployer(Value):
    """As the referral names them: a company that merges or moves changes no paper that is out."""

    name: str
    address: str = ""
    numbers: tuple[EmployerNumber, ...] = ()


class Referral(Stateful):
    """`issued_on` and `valid_until` are days on the calendar of `zone`.

    `revision` counts reissues: the doctor sees which one the paper is. `epoch` rises with every outcome:
    notices of an older one have nothing to say. `look_at`: when to ask what became of a clinic's booking.
    `attention`: why a person should look, or "". `entitlement_id` is "" where the employer pays otherwise.
    """

    kind: ClassVar[str] = "referrals"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: ReferralStatus = ReferralStatus.ISSUED
    number: str
    employer_id: str
    employee_id: str
    patient_id: str
    name_keys: tuple[str, ...] = ()  # names.py
    person: ReferredPerson
    employer: ReferringEmployer
    standing: str  # what the person was on the day of issue
    examination_type: ExaminationType
    positions: tuple[PositionTitle, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    department: Department = ""
    work_description: Annotated[str, Field(max_length=DESCRIPTION_MAX)] = ""
    exposures: Exposures = Exposures()
    jurisdiction: str = "PL"
    zone: str = "Europe/Warsaw"
    language: str = "pl"
    package_id: str = ""
    entitlement_id: str = ""
    examination: Examination | None = None
    clinic_ask: ClinicAsk | None = None
    link_round: int = 0  # how many personal links were made; only the newest opens
    units_taken: int = 1  # how often a unit was reserved: again after each time that nobody came
    certificate_id: str = ""
    reissue_of: str = ""
    reissued_as: str = ""
    arranged_for: str = ""  # the referral whose appointment this one took over
    revision: int = 1
    epoch: int = 1
    told_epoch: int = 0
    employer_told_epoch: int = 0
    look_at: datetime | None = None
    attention: str = ""
    ways: tuple[str, ...] = ()  # reaching.py
    is_unreached: bool = False
    end_reason: str = ""
    paper_generation: int | None = None
    paper_sha256: str = ""
    issued_at: datetime
    issued_on: Day
    valid_until: Day
    issued_by: str

    def index_fields(self) -> Mapping[str, Any]:
        return {
            "position_titles": sorted(set(self.positions)),
            "exposure_groups": [group.value for group in self.exposures.met],
            "has_certificate": self.certificate_id != "",
            "doctor_ids": list(self.examination.doctor_ids) if self.examination else [],
            "clinic_id": self.examination.clinic_id if self.examination else "",
            "starts_at": self.examination.starts_at if self.examination else None,
            "unprinted": self.paper_generation is None and self.is_open,
            "is_open": self.is_open,
            "waits_for_person": self.attention != "",
            "unreached": self.is_unreached and self.is_open,
        }

    def beside(self) -> tuple[Record, ...]:
        return (shelf_of(self),)

    def admits(self, actor: Actor, scope: Scope) -> bool:
        match actor.role:
            case Role.EMPLOYER:
                return scope == Scope.OWN and actor.record_id == self.employer_id
            case Role.PATIENT:
                return scope == Scope.OWN and actor.record_id == self.patient_id != ""
            case Role.DOCTOR:
                return scope == Scope.ASSIGNED and self.is_examined_by(actor.record_id)
        return actor.is_staff

    def is_examined_by(self, doctor_id: str) -> bool:
        """Whether that doctor has the person in their diary, or had."""
        named = self.examination.doctor_ids if self.examination else ()
        return doctor_id != "" and doctor_id in named

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def file_name(self) -> str:
        """In storage: ids only."""
        return f"referrals/{self.tenant_id}/{self.id}.pdf"

    def day_of(self, instant: datetime) -> date:
        """The day that the calendar on the wall shows at that instant, where the work is."""
        return instant.astimezone(ZoneInfo(self.zone)).date()
