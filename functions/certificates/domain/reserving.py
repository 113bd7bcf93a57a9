"""A doctor's claim to a remote case: taken by one, for a while, made longer, and given back.

The lease ends by its timer; where the timer is lost, the sweeper finds the case by `lease_until`. A doctor's
draft is kept when the lease ends, for its author alone.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from functions.certificates.domain.bench import RESERVATIONS_MAX, Bench
from functions.certificates.domain.case import CaseEvent, CaseStatus, CertificateCase, Modality, Reservation
from functions.certificates.domain.closeness import refuse_conflict
from shared.contracts.directory import Doctor
from shared.kernel.effects import Later, Message
from shared.kernel.errors import Conflict, NotAllowed
from shared.kernel.records import Decision

LEASE: Final = timedelta(hours=2)
EXTENSIONS_MAX: Final = 6
"""With the first lease, a long working day on one case."""

ReleaseReason = Literal[
    "no_time",
    "conflict_of_interest",
    "needs_examination",
    "documents_missing",
    "other_specialization",
    "other",
]
FOR_THE_OPERATOR: Final = ("needs_examination", "documents_missing")
"""Somebody must do something before another doctor can do better."""

Details = dict[str, str | int | float | bool]


class AlreadyReserved(Conflict):
    """Another doctor has reserved this case: choose another one."""


class TooManyReservations(Conflict):
    """You have reserved as many cases as one doctor may: finish or give back one of them first."""


class NotReserved(Conflict):
    """You do not hold this case any more: its lease has ended or it was given back."""


class NotExtendedAgain(Conflict):
    """This reservation has been extended as often as it may: issue the certificate or give the case back."""


class NotForReserving(Conflict):
    """This case is not reserved by doctors: the patient is examined at a clinic."""


class NotPractising(NotAllowed):
    """You are not listed as a practising doctor: ask your administrator."""


class ExpireReservation(Message):
    """`arm` names the one lease it was made for: an extended or later one has another number."""

    case_id: str
    arm: int


def reserved(
    case: CertificateCase, doctor: Doctor, bench: Bench, now: datetime
) -> Decision[CertificateCase] | None:
    """None where it is theirs already. Raises Conflict, telling who has it and since when."""
    if _is_live(case, now) and case.doctor_id == doctor.id:
        return None
    if case.modality != Modality.REMOTE:
        raise NotForReserving
    if case.reservation is not None and case.status == CaseStatus.RESERVED:
        raise _taken(case.reservation)
    if not doctor.active:
        raise NotPractising
    refuse_conflict(case.closeness, case.excluded_doctors, doctor)
    if bench.is_full(now):
        raise TooManyReservations(f"At most {RESERVATIONS_MAX} at a time.")
    claim = Reservation(doctor_id=doctor.id, since=now, lease_until=now + LEASE)
    after = case.after(CaseEvent.RESERVE, reservation=claim, arm=case.arm + 1, epoch=case.epoch + 1)
    return Decision(after, "reserved", {"doctor_id": doctor.id}, (lease_timer(after),))


def extended(case: CertificateCase, doctor_id: str, now: datetime) -> Decision[CertificateCase]:
    """From now on as long as a new lease."""
    claim = held_by(case, doctor_id, now)
    if claim.extensions >= EXTENSIONS_MAX:
        raise NotExtendedAgain(f"It ends at {claim.lease_until:%Y-%m-%d %H:%M} UTC.")
    claim = claim.but(lease_until=now + LEASE, extensions=claim.extensions + 1)
    after = case.but(reservation=claim, arm=case.arm + 1)
    details: Details = {"doctor_id": doctor_id, "extensions": claim.extensions}
    return Decision(after, "reservation_extended", details, (lease_timer(after),))


def released(case: CertificateCase, reason: ReleaseReason, note: str) -> Decision[CertificateCase]:
    """Back into the pool. Who says that they must not judge this patient is not asked again."""
    before = case.reservation
    excluded = case.excluded_doctors
    if reason == "conflict_of_interest" and before is not None:
        excluded = (*excluded, before.doctor_id)
    after = case.after(
        CaseEvent.RELEASE,
        reservation=None,
        excluded_doctors=excluded,
        arm=case.arm + 1,
        epoch=case.epoch + 1,
        attention=reason if reason in FOR_THE_OPERATOR else case.attention,
    )
    details = {"doctor_id": before.doctor_id if before else "", "reason": reason}
    return Decision(after, "released", details, note=note, manual=bool(note))


def expired(case: CertificateCase, arm: int, now: datetime) -> Decision[CertificateCase] | None:
    """None where that lease is over already, or not yet."""
    claim = case.reservation
    if case.status != CaseStatus.RESERVED or claim is None or case.arm != arm or now < claim.lease_until:
        return None
    after = case.after(CaseEvent.EXPIRE, reservation=None, arm=case.arm + 1, epoch=case.epoch + 1)
    details: Details = {"doctor_id": claim.doctor_id, "extensions": claim.extensions}
    return Decision(after, "reservation_expired", details)


def held_by(case: CertificateCase, doctor_id: str, now: datetime) -> Reservation:
    """This doctor's reservation. Raises NotReserved where they have none, or its lease is over."""
    claim = case.reservation
    if claim is None or claim.doctor_id != doctor_id or not _is_live(case, now):
        raise NotReserved
    return claim


def lease_timer(case: CertificateCase) -> Later:
    assert case.reservation is not None
    message = ExpireReservation(case_id=case.id, arm=case.arm)
    return Later(key=f"lease-{case.id}-{case.arm}", message=message, at=case.reservation.lease_until)


def _is_live(case: CertificateCase, now: datetime) -> bool:
    claim = case.reservation
    return case.status == CaseStatus.RESERVED and claim is not None and now < claim.lease_until


def _taken(claim: Reservation) -> AlreadyReserved:
    since, until = f"{claim.since:%Y-%m-%d %H:%M}", f"{claim.lease_until:%Y-%m-%d %H:%M}"
    return AlreadyReserved(
        f"Reserved by {claim.doctor_id} since {since} UTC, until {until} UTC.", hint=claim.doctor_id
    )
