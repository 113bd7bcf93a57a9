"""What the patient is told, and when: one message per turn of the visit."""

from datetime import datetime
from typing import Literal

from functions.house_visits.domain.visit import Visit
from shared.kernel.effects import Later, Message

News = Literal[
    "booked",
    "searching_again",
    "cancelled",
    "rescheduled",
    "unfilled",  # nobody could be found
    "doctor_absent",
    "patient_absent",
]


class NotifyPatient(Message):
    visit_id: str
    epoch: int
    news: News


def tell_patient(visit: Visit, news: News, now: datetime) -> Later:
    message = NotifyPatient(visit_id=visit.id, epoch=visit.epoch, news=news)
    return Later(key=f"patient-{visit.id}-{visit.epoch}-{news}", message=message, at=now)
