"""The tasks that follow a certificate of fitness: its paper, and who hears of it."""

from datetime import datetime
from typing import Literal

from functions.referrals.domain.fitness import FitnessCertificate
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
    at = QuietHours(zone=certificate.zone).next_allowed(now)
    key = f"tell-fitness-{certificate.id}" if news == "ready" else f"tell-fitness-{news}-{certificate.id}"
    return Later(key=key, message=message, at=at)
