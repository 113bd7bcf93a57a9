"""The tasks that follow a certificate of fitness: its paper, and who hears of it."""

from datetime import datetime
from typing import Literal

from functions.referrals.domain.fitness import FitnessCertificate
from shared.contracts.notice_rules import earliest
from shared.contracts.notices import NOTICES
from shared.kernel.effects import Later, Message
from shared.kernel.times import QuietHours

FitnessNews = Literal["ready", "void"]


class PrintFitness(Message):
    certificate_id: str


class TellFitness(Message):
    certificate_id: str
    news: FitnessNews = "ready"


class FileFitness(Message):
    certificate_id: str


def fitness_letters(certificate: FitnessCertificate, now: datetime) -> tuple[Later, ...]:
    """It is filed with the person, and printed where it is ours."""
    return (
        file_fitness(certificate, now),
        *(() if certificate.outside else (print_fitness(certificate, now),)),
    )


def file_fitness(certificate: FitnessCertificate, now: datetime) -> Later:
    message = FileFitness(certificate_id=certificate.id)
    return Later(key=f"file-fitness-{certificate.id}-{certificate.status}", message=message, at=now)


def print_fitness(certificate: FitnessCertificate, now: datetime) -> Later:
    message = PrintFitness(certificate_id=certificate.id)
    return Later(key=f"print-fitness-{certificate.id}", message=message, at=now)


def tell_fitness(certificate: FitnessCertificate, now: datetime, news: FitnessNews = "ready") -> Later:
    """Not at night: a doctor may sign whenever they like."""
    message = TellFitness(certificate_id=certificate.id, news=news)
    at = earliest(NOTICES[f"referrals.fitness_{news}"], now, QuietHours(zone=certificate.zone))
    return Later(key=_key(message), message=message, at=at)


def told_later(message: TellFitness, at: datetime) -> Later:
    """The person wants quiet now."""
    return Later(key=f"{_key(message)}-{at.isoformat()}", message=message, at=at)


def _key(message: TellFitness) -> str:
    news = "" if message.news == "ready" else f"{message.news}-"
    return f"tell-fitness-{news}{message.certificate_id}"
