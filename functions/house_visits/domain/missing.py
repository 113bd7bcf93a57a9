"""Somebody was not there: the doctor did not come, or nobody opened."""

from datetime import datetime
from typing import Literal

from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Visit, VisitEvent
from shared.kernel.records import Decision

Who = Literal["doctor", "patient"]


def missed(visit: Visit, who: Who, now: datetime) -> Decision[Visit]:
    """The visit did not take place. The patient is told, and a person should phone them."""
    after = visit.after(VisitEvent.MISS, epoch=visit.epoch + 1, attention=f"{who}_was_not_there", due_at=None)
    news = tell_patient(after, "patient_absent" if who == "patient" else "doctor_absent", now)
    return Decision(after, "no_show", {"who": who}, (news,))
