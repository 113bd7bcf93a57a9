"""A certificate case: what was asked for, who works on it, and the table of its states.

remote       pending -> reserved -> issued        released or expired: reserved -> pending
stationary   pending -> (unknown_outcome while a clinic's own system is asked) -> scheduled -> issued
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self
from zoneinfo import ZoneInfo

from functions.certificates.domain.appointment import Appointment, ClinicRequest
from functions.certificates.domain.circle import circle_of
from functions.certificates.domain.closeness import Closeness
from functions.certificates.domain.insurer import Insurer
from functions.certificates.domain.wanted import CertificateKind as CertificateKind
from functions.certificates.domain.wanted import Purpose as Purpose
from shared.contracts.circles import turned
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Effect
from shared.kernel.records import Record, Value
from shared.kernel.states import Stateful
from shared.kernel.times import local_instant

ANY_DOCTOR: Final = "*"  # stands in `open_to` where any doctor may reserve
LATE: Final = "late"  # stands in `attention`


class CaseStatus(StrEnum):
    PENDING = "pending"  # remote: in the pool; stationary: without an appointment yet
    RESERVED = "reserved"  # a doctor works on it until the lease ends
    UNKNOWN_OUTCOME = "unknown_outcome"  # a clinic was asked to book and has not answered clearly
    SCHEDULED = "scheduled"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class CaseEvent(StrEnum):
    RESERVE = "reserve"
    RELEASE = "release"
    EXPIRE = "expire"
    ASK_CLINIC = "ask_clinic"
    CLINIC_BOOKED = "clinic_booked"
    CLINIC_REFUSED = "clinic_refused"
    SCHEDULE = "schedule"  # an appointment agreed outside any system, or moved there
    LOSE_APPOINTMENT = "lose_appointment"  # the clinic cancelled
    ISSUE = "issue"
    CANCEL = "cancel"


_S, _E = CaseStatus, CaseEvent
OPEN: Final = (_S.PENDING, _S.RESERVED, _S.UNKNOWN_OUTCOME, _S.SCHEDULED)

TRANSITIONS: Final[Mapping[tuple[CaseStatus, CaseEvent], CaseStatus]] = {
    (_S.PENDING, _E.RESERVE): _S.RESERVED,
    (_S.RESERVED, _E.RELEASE): _S.PENDING,
    (_S.RESERVED, _E.EXPIRE): _S.PENDING,
    (_S.PENDING, _E.ASK_CLINIC): _S.UNKNOWN_OUTCOME,
    (_S.RESERVED, _E.ASK_CLINIC): _S.UNKNOWN_OUTCOME,
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_BOOKED): _S.SCHEDULED,
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_REFUSED): _S.PENDING,
    (_S.SCHEDULED, _E.ASK_CLINIC): _S.UNKNOWN_OUTCOME,
    (_S.PENDING, _E.SCHEDULE): _S.SCHEDULED,
    (_S.RESERVED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.LOSE_APPOINTMENT): _S.PENDING,
    (_S.RESERVED, _E.ISSUE): _S.ISSUED,
    (_S.SCHEDULED, _E.ISSUE): _S.ISSUED,
    **{(state, _E.CANCEL): _S.CANCELLED for state in OPEN},
}


class Modality(StrEnum):
    STATIONARY = "stationary"  # the doctor examines, at a clinic
    REMOTE = "remote"  # from the documents


class Priority(StrEnum):
    ROUTINE = "routine"
    URGENT = "urgent"
    ASAP = "asap"
    STAT = "stat"


FIRST: Final = (Priority.STAT, Priority.ASAP, Priority.URGENT, Priority.ROUTINE)


class Reservation(Value):
    """A doctor's claim to a remote case."""

    doctor_id: str
    since: datetime
    lease_until: datetime
    extensions: int = 0


class CertificateCase(Stateful):
    """`due_on` is a day on the calendar of `zone`; the certificate is late from the midnight that ends it.

    `epoch` rises with every outcome: notices of an older one have nothing to say. `arm` numbers the leases:
    a timer made for an earlier one does nothing. `look_at`: when to ask what became of a clinic's booking.
    `alarmed_for`: the due day whose breach was reported. `attention`: why a person should look, or "".
    """

    kind: ClassVar[str] = "certificate_cases"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: CaseStatus = CaseStatus.PENDING
    modality: Modality
    certificate_kind: CertificateKind
    purpose: Purpose
    priority: Priority = Priority.ROUTINE
    patient_id: str
    language: str = "pl"
    closeness: Closeness = Closeness()  # by what the patient is told to be a doctor, or of their household
    excluded_doctors: tuple[str, ...] = ()  # who said that they must not judge this patient
    specialization: str = ""  # that whoever signs must have; "" for any
    insurer: Insurer | None = None
    country: str = "PL"
    zone: str = "Europe/Warsaw"
    due_on: date
    alarmed_for: date | None = None
    reservation: Reservation | None = None
    appointment: Appointment | None = None
    clinic_request: ClinicRequest | None = None
    epoch: int = 1
    arm: int = 0
    look_at: datetime | None = None
    attention: str = ""
    told_epoch: int = 0  # the last epoch of which the patient was told
    certificate_id: str = ""  # the newest issued one
    issued_at: datetime | None = None
    requested_at: datetime
    requested_by: str

    def index_fields(self) -> Mapping[str, Any]:
        return {
            "doctor_id": self.doctor_id,
            "open_to": self.open_to,
            "rank": self.rank,
            "lease_until": self.reservation.lease_until if self.reservation else None,
            "watch_at": self.due_at if self.is_open and self.alarmed_for != self.due_on else None,
            "waits_for_person": self.attention != "",
        }

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """OFFERED: what a doctor may reserve, also while another holds it; ASSIGNED: what they work on."""
        if actor.role == Role.DOCTOR:
            mine = self.doctor_id == actor.record_id != "" and self.status != CaseStatus.CANCELLED
            return mine if scope == Scope.ASSIGNED else scope == Scope.OFFERED and (mine or self.is_in_pool)
        if actor.role == Role.PATIENT:
            return scope == Scope.OWN and actor.record_id == self.patient_id
        return actor.is_staff

    def beside(self) -> tuple[Record, ...]:
        return (circle_of(self),)

    def says(self, before: Self | None) -> tuple[Effect, ...]:
        return turned(circle_of(self), circle_of(before) if before else None, self.version)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_in_pool(self) -> bool:
        """Remote, and neither finished nor being turned into an examination."""
        return self.modality == Modality.REMOTE and self.status in (CaseStatus.PENDING, CaseStatus.RESERVED)

    @property
    def doctor_id(self) -> str:
        """Who works on it, or has: by reservation or by appointment; "" for nobody."""
        if self.reservation is not None:
            return self.reservation.doctor_id
        has_lost_it = self.status == CaseStatus.PENDING  # then it is kept to tell the patient which one
        return self.appointment.doctor_id if self.appointment and not has_lost_it else ""

    @property
    def open_to(self) -> list[str]:
        """On whose worklist the case stands: one doctor's, everybody's, or nobody's."""
        if self.status in (CaseStatus.RESERVED, CaseStatus.SCHEDULED):
            return [self.doctor_id]
        return [ANY_DOCTOR] if self.status == CaseStatus.PENDING and self.is_in_pool else []

    @property
    def rank(self) -> str:
        """Sorts a worklist: the most urgent priority first, then the earliest due day."""
        return f"{FIRST.index(self.priority)}-{self.due_on.isoformat()}"

    @property
    def due_at(self) -> datetime:
        """The instant from which the certificate is late."""
        return local_instant(self.due_on + timedelta(days=1), time(0), self.zone)

    def day_of(self, instant: datetime) -> date:
        """The day that the calendar on the wall shows at that instant, where the case belongs."""
        return instant.astimezone(ZoneInfo(self.zone)).date()
