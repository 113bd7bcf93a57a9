"""What people change about a case that goes on: its day, its priority, a comment; or they call it off."""

from datetime import datetime
from typing import Final, Literal

from functions.certificates.domain.booking_letters import release_letters
from functions.certificates.domain.case import (
    LATE,
    CaseEvent,
    CaseStatus,
    CertificateCase,
    Modality,
    Priority,
)
from functions.certificates.domain.due import DueDay
from functions.certificates.domain.telling import tell_patient
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision
from shared.kernel.states import NotPossibleNow

CancelReason = Literal["no_longer_needed", "patient_asked", "duplicate", "insurer_withdrew", "other"]
COMMENT_LENGTH_MAX: Final = 2000
Details = dict[str, str | int | float | bool]


class DueIsAppointment(Conflict):
    """This certificate is due on the day of the examination: move the appointment instead."""


def due_changed(
    case: CertificateCase, due: DueDay | None, priority: Priority | None, reason: str
) -> Decision[CertificateCase] | None:
    """None where both are so already. Who has reserved the case keeps it."""
    _check_open(case)
    if due is not None and case.modality == Modality.STATIONARY:
        raise DueIsAppointment
    due_on = due.kept if due else case.due_on
    is_new_day = case.attention == LATE and due_on != case.due_on
    after = case.but(
        due_on=due_on,
        priority=priority or case.priority,
        attention="" if is_new_day else case.attention,
    )
    if after == case:
        return None
    details: Details = {
        "due_on": after.due_on.isoformat(),
        "due_before": case.due_on.isoformat(),
        "priority": after.priority.value,
        "priority_before": case.priority.value,
        **({"due_asked": due.asked.isoformat(), "moved_because": due.why} if due and due.why else {}),
    }
    return Decision(after, "due_changed", details, note=reason, manual=True)


def cancelled(case: CertificateCase, reason: CancelReason, now: datetime) -> Decision[CertificateCase]:
    """Whoever has reserved it has it no longer; a clinic is told, and so is a patient who expects to go."""
    after = case.after(
        CaseEvent.CANCEL,
        reservation=None,
        clinic_request=None,
        epoch=case.epoch + 1,
        arm=case.arm + 1,
        look_at=None,
        attention="",
    )
    expects_to_go = case.status == CaseStatus.SCHEDULED
    told = (tell_patient(after, "appointment_cancelled", now),) if expects_to_go else ()
    return Decision(after, "cancelled", {"reason": reason}, (*release_letters(case, now), *told))


def commented(case: CertificateCase, text: str, *, settled: bool = False) -> Decision[CertificateCase]:
    """A person's own words, sealed, in the log. `settled`: what the case waited for has been seen to."""
    after = case.but(attention="") if settled else case
    return Decision(after, "commented", {"settled": settled}, note=text, manual=True)


def _check_open(case: CertificateCase) -> None:
    if not case.is_open:
        raise NotPossibleNow(f"The case is {case.status}.")
