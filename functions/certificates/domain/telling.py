"""What the patient is told, and when: one message per turn of the case."""

from datetime import datetime
from typing import Literal

from functions.certificates.domain.case import CertificateCase
from shared.kernel.effects import Later, Message

News = Literal["appointment", "appointment_cancelled"]


class NotifyPatient(Message):
    case_id: str
    epoch: int
    news: News


def tell_patient(case: CertificateCase, news: News, now: datetime) -> Later:
    message = NotifyPatient(case_id=case.id, epoch=case.epoch, news=news)
    return Later(key=f"case-patient-{case.id}-{case.epoch}-{news}", message=message, at=now)
