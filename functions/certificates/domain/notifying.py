"""Telling the patient of an examination: by a text, by a mail, or by a person where neither is possible.

One notice for each epoch of the case. A late notice speaks of an epoch that is over and is not sent; a
repeated one finds that the patient has been told.
"""

from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.appointment import Appointment
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.telling import NotifyPatient
from functions.certificates.domain.texts import patient_mail, patient_text
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import decide, ways_of
from shared.contracts.notices import NOTICES, Channel
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, Guard, SendMail, SendSms
from shared.kernel.records import Decision

VALID_AT_LEAST: Final = timedelta(hours=2)
VALID_AT_MOST: Final = timedelta(days=3)
"""A provider tries no longer than a few days."""
STOPPED: Final = "patient_wants_no_texts"
"""They have a mail; it may be read too late."""


def notified(
    case: CertificateCase,
    patient: Patient | None,
    told: NotifyPatient,
    senders: tuple[str, ...],
    now: datetime,
    stopped: bool = False,
) -> Decision[CertificateCase] | None:
    """None where the notice is out of date or has been given. `patient`: None where the record is gone.
    `stopped`: their phone wants no texts."""
    appointment = case.appointment
    if told.epoch != case.epoch or case.told_epoch >= told.epoch or appointment is None:
        return None
    if patient is None:
        return _untold(case, told, "no_record")
    if patient.is_deceased:
        return _untold(case, told, "deceased")
    ways = ways_of(phone_of(patient) if senders else "", patient.email)
    verdict = decide(NOTICES[f"certificates.{told.news}"], ways, now, stopped=stopped)
    effects: list[Effect] = []
    if Channel.SMS in verdict.by:
        effects.append(_text(case, patient, told, appointment, senders, now))
    if Channel.MAIL in verdict.by:
        effects.append(_mail(case, patient, told, appointment))
    if not effects:
        return _untold(case, told, verdict.unreached)
    attention = case.attention or (STOPPED if verdict.needs_person else "")
    details = {"news": told.news, "letters": len(effects), **verdict.reasons}
    after = case.but(told_epoch=told.epoch, attention=attention)
    return Decision(after, "patient_told", details, tuple(effects))


def _untold(case: CertificateCase, told: NotifyPatient, reason: str) -> Decision[CertificateCase]:
    """Nothing can be sent: somebody must look, unless they look already."""
    after = case.but(told_epoch=told.epoch, attention=case.attention or "patient_not_told")
    return Decision(after, "patient_not_told", {"news": told.news, "reason": reason})


def _text(
    case: CertificateCase,
    patient: Patient,
    told: NotifyPatient,
    appointment: Appointment,
    senders: tuple[str, ...],
    now: datetime,
) -> SendSms:
    latest = max(appointment.ends_at, now + VALID_AT_LEAST)
    return text_letter(
        patient_text(told.news, patient.language, appointment),
        key=f"case-text-{case.id}-{told.epoch}",
        to=phone_of(patient),
        sender=senders[sum(case.id.encode()) % len(senders)],
        valid_until=min(latest, now + VALID_AT_MOST),
        about=case.id,
        guard=_guard(case),
    )


def _mail(case: CertificateCase, patient: Patient, told: NotifyPatient, appointment: Appointment) -> SendMail:
    return mail_letter(
        patient_mail(told.news, patient.language, appointment),
        key=f"case-mail-{case.id}-{told.epoch}",
        to=patient.email,
        about=case.id,
        guard=_guard(case),
    )


def phone_of(patient: Patient) -> str:
    """The guardian's, where there is one."""
    return patient.guardian.phone if patient.guardian and patient.guardian.phone else patient.phone


def _guard(case: CertificateCase) -> Guard:
    return Guard(kind=CertificateCase.kind, record_id=case.id, epoch=case.epoch)
