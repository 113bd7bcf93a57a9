"""Which of a clinic's free slots a visit takes."""

from datetime import datetime

from functions.house_visits.domain.clinic_request import ClinicRequest
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_booking import ClinicRefused, ClinicUnknown, Slot
from shared.contracts.ports import Clinics

NO_SLOT = "no_slot"
NO_ANSWER = "no_answer"


def choose_slot(
    clinics: Clinics, visit: Visit, request: ClinicRequest, now: datetime
) -> tuple[Slot | None, str]:
    """The earliest free slot in what is left of the window, or why there is none. Only reads."""
    begins = max(now, visit.window.starts_at)
    try:
        slots = clinics.find_slots(request.clinic_id, visit.specialization, begins, visit.window.ends_at)
    except ClinicRefused as no:
        return None, no.reason
    except ClinicUnknown:
        return None, NO_ANSWER
    free = [one for one in slots if one.id not in request.slots_refused]
    return (free[0], "") if free else (None, NO_SLOT)
