"""Telling the patient: by a text, by a mail with an invitation, or by a person where neither is possible.

One notice for each epoch of the visit. A late notice speaks of an epoch that is over and is not sent; a
repeated one finds that the patient has been told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from functions.house_visits.domain.patient_texts import name_of, patient_mail, patient_text
from functions.house_visits.domain.patient_times import agreed
from functions.house_visits.domain.telling import NotifyPatient
from functions.house_visits.domain.visit import Visit
from shared.contracts.calendar import CalendarEvent, CalendarMethod
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import decide, ways_of
from shared.contracts.notice_words import Mail, speech_of
from shared.contracts.notices import NOTICES, Channel
from shared.contracts.patients import Patient
from shared.kernel.effects import Attachment, Effect, Guard, SendMail, SendSms
from shared.kernel.records import Decision

VALID_AT_LEAST: Final = timedelta(hours=2)
CALENDAR_NEWS: Final = ("booked", "searching_again", "cancelled", "rescheduled", "unfilled")
"""News that change what a calendar should show."""
TAKES_OUT: Final = ("cancelled", "unfilled")
FILE_NAME: Final = "visit.ics"
STOPPED: Final = "patient_wants_no_texts"
"""They have a mail; it may be read too late."""
NOT_REACHED: Final = "patient_not_reached"
NOT_ARRIVED: Final = (SmsStatus.FAILED, SmsStatus.UNDELIVERED)


@dataclass(frozen=True)
class Means:
    """What a notice is sent with; `calendar_file` writes an event as a file."""

    senders: tuple[str, ...]
    organizer: str
    calendar_file: Callable[[CalendarEvent], str]


def notify(
    visit: Visit,
    patient: Patient,
    told: NotifyPatient,
    means: Means,
    now: datetime,
    stopped: bool = False,
) -> Decision[Visit] | None:
    """None where the notice is out of date or has been given. `stopped`: their phone wants no texts."""
    if told.epoch != visit.epoch or visit.told_epoch >= told.epoch:
        return None
    if patient.is_deceased:
        return _untold(visit, told, "deceased")
    notice = NOTICES[f"house_visits.{name_of(told.news, visit)}"]
    verdict = decide(notice, ways_of(phone_of(visit, patient), patient.email), now, stopped=stopped)
    mail = _mail(visit, patient, told, means, now) if Channel.MAIL in verdict.by else None
    effects: list[Effect] = [_text(visit, patient, told, means, now)] if Channel.SMS in verdict.by else []
    effects += [mail] if mail is not None else []
    if not effects:
        return _untold(visit, told, verdict.unreached)
    invited = told.news not in TAKES_OUT and (visit.invited or (mail is not None and bool(mail.attachments)))
    person = STOPPED if verdict.needs_person else ""
    after = visit.but(told_epoch=told.epoch, invited=invited, attention=visit.attention or person)
    details = {"news": told.news, "letters": len(effects), "by_mail": mail is not None, **verdict.reasons}
    return Decision(after, "patient_told", details, tuple(effects))


def not_reached(visit: Visit, report: SmsStatusChanged) -> Decision[Visit] | None:
    """The patient's text did not arrive, so somebody should phone; None for any other report."""
    if report.letter_id != _text_key(visit, visit.told_epoch) or report.status not in NOT_ARRIVED:
        return None
    if visit.attention == NOT_REACHED:
        return None
    after = visit.but(attention=visit.attention or NOT_REACHED)
    return Decision(after, NOT_REACHED, {"error_code": report.error_code})


def _untold(visit: Visit, told: NotifyPatient, reason: str) -> Decision[Visit]:
    """Nothing can be sent: somebody must look, unless they look already."""
    after = visit.but(told_epoch=told.epoch, attention=visit.attention or "patient_not_told")
    return Decision(after, "patient_not_told", {"news": told.news, "reason": reason})


def _text(visit: Visit, patient: Patient, told: NotifyPatient, means: Means, now: datetime) -> SendSms:
    return text_letter(
        patient_text(name_of(told.news, visit), patient.language, visit),
        key=_text_key(visit, told.epoch),
        to=phone_of(visit, patient),
        sender=means.senders[sum(visit.id.encode()) % len(means.senders)],
        valid_until=max(visit.window.ends_at, now + VALID_AT_LEAST),
        about=visit.id,
        guard=_guard(visit),
    )


def _text_key(visit: Visit, epoch: int) -> str:
    return f"patient-text-{visit.id}-{epoch}"


def phone_of(visit: Visit, patient: Patient) -> str:
    """The guardian's where there is one; a caller's only if the patient agreed that they are told."""
    if patient.guardian is not None and patient.guardian.phone:
        return patient.guardian.phone
    caller = visit.caller
    return patient.phone or (caller.phone if caller is not None and caller.has_consent else "")


def _mail(visit: Visit, patient: Patient, told: NotifyPatient, means: Means, now: datetime) -> SendMail:
    mail = patient_mail(name_of(told.news, visit), patient.language, visit)
    event = _event(visit, patient, told, means.organizer, mail, now)
    return mail_letter(
        mail,
        key=f"patient-mail-{visit.id}-{told.epoch}",
        to=patient.email,
        attachments=(_file(event, means.calendar_file(event)),) if event is not None else (),
        about=visit.id,
        guard=_guard(visit),
    )


def _guard(visit: Visit) -> Guard:
    return Guard(kind=Visit.kind, record_id=visit.id, epoch=visit.epoch)


def _event(
    visit: Visit,
    patient: Patient,
    told: NotifyPatient,
    organizer: str,
    mail: Mail,
    now: datetime,
) -> CalendarEvent | None:
    """What the calendar should show now; None where it holds nothing of this visit and need not."""
    if told.news not in CALENDAR_NEWS or not (told.news == "booked" or visit.invited):
        return None
    time = agreed(visit)
    return CalendarEvent(
        uid=f"{visit.id}@visita",
        sequence=told.epoch,
        method=CalendarMethod.CANCEL if told.news in TAKES_OUT else CalendarMethod.REQUEST,
        tentative=visit.winner is None,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        title=mail.subject,
        description=mail.lead,
        language=speech_of(patient.language),
        organizer=organizer,
        attendee=patient.email,
        made_at=now,
    )


def _file(event: CalendarEvent, text: str) -> Attachment:
    return Attachment(
        name=FILE_NAME,
        content_type=f"text/calendar; charset=utf-8; method={event.method.value}",
        text=text,
    )
