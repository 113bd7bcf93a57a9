"""The tasks by which a case speaks to a clinic's own system, and the keys by which the clinic knows it."""

from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.appointment import ClinicRequest
from functions.certificates.domain.case import CaseStatus, CertificateCase
from shared.kernel.effects import Later, Message

MARK: Final = "cert"
RELEASE_FIRST_DELAY: Final = timedelta(minutes=1)
RELEASE_LONGEST_DELAY: Final = timedelta(minutes=30)
RELEASES_MAX: Final = 50  # a day


class BookAppointment(Message):
    case_id: str
    key: str


class ResolveAppointment(Message):
    """`tries` names the one try it was made for: copies and late ones find another number."""

    case_id: str
    key: str
    tries: int


class ReleaseAppointment(Message):
    case_id: str
    clinic_id: str
    key: str
    tries: int = 0


def booking_key(case_id: str, epoch: int) -> str:
    """Ends otherwise than a visit's key, so that what clinics say finds its module."""
    return f"{MARK}-{case_id}-e{epoch}"


def case_of(key: str) -> str:
    """The case that a booking key was made for; "" where it is none of ours."""
    mark, _, rest = key.partition("-")
    case_id, _, epoch = rest.rpartition("-e")
    return case_id if mark == MARK and epoch.isdecimal() else ""


def book_letter(case: CertificateCase, now: datetime) -> Later:
    request = requested(case)
    return Later(key=f"book-{request.key}", message=BookAppointment(case_id=case.id, key=request.key), at=now)


def resolve_timer(case: CertificateCase, at: datetime) -> Later:
    """The next look at a request whose outcome is unknown; also what the sweeper sends again."""
    request = requested(case)
    message = ResolveAppointment(case_id=case.id, key=request.key, tries=request.tries)
    return Later(key=f"resolve-{request.key}-{request.tries}", message=message, at=at)


def release_letters(case: CertificateCase, now: datetime) -> tuple[Later, ...]:
    """Lets the case's clinic go; none where no clinic's system holds anything of it.

    To be sent by whatever decision ends an appointment, also one whose outcome is not known yet.
    """
    request, appointment = case.clinic_request, case.appointment
    if case.status == CaseStatus.UNKNOWN_OUTCOME and request is not None:
        return (_release(case.id, request.clinic_id, request.key, now),)
    if appointment is not None and appointment.key:
        return (_release(case.id, appointment.clinic_id, appointment.key, now),)
    return ()


def released_again(asked: ReleaseAppointment, now: datetime) -> tuple[Later, ...]:
    """The next try; none after the last."""
    if asked.tries >= RELEASES_MAX:
        return ()
    at = now + min(RELEASE_FIRST_DELAY * 2 ** min(asked.tries, 10), RELEASE_LONGEST_DELAY)
    message = asked.but(tries=asked.tries + 1)
    return (Later(key=f"release-{asked.key}-{message.tries}", message=message, at=at),)


def is_asked(case: CertificateCase, key: str) -> bool:
    """Whether this very request still has an unknown outcome."""
    request = case.clinic_request
    return case.status == CaseStatus.UNKNOWN_OUTCOME and request is not None and request.key == key


def is_due(case: CertificateCase, message: ResolveAppointment) -> bool:
    return is_asked(case, message.key) and requested(case).tries == message.tries


def requested(case: CertificateCase) -> ClinicRequest:
    assert case.clinic_request is not None
    return case.clinic_request


def _release(case_id: str, clinic_id: str, key: str, now: datetime) -> Later:
    message = ReleaseAppointment(case_id=case_id, clinic_id=clinic_id, key=key)
    return Later(key=f"release-{key}-0", message=message, at=now)
