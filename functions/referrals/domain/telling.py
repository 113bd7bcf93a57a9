"""Telling a referred person: by a text and a mail with the calendar's file, or else by an operator.

One notice for each epoch of the referral. A late notice speaks of an epoch that is over and is not sent; a
repeated one finds that the person has been told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.letters import News, TellEmployee
from functions.referrals.domain.reaching import NOT_TOLD, reached_by
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.texts import employee_mail, employee_text
from shared.contracts.calendar import CalendarEvent, CalendarMethod
from shared.contracts.directory import Clinic
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import NoticePreferences, Verdict, decide, ways_of
from shared.contracts.notice_words import Mail, speech_of
from shared.contracts.notices import NOTICES, Channel
from shared.contracts.patients import Patient
from shared.kernel.effects import Attachment, Effect, Guard, SendMail, SendSms
from shared.kernel.plurals import Speech
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)
FILE_NAME: Final = "examination.ics"
STOPPED: Final = "employee_wants_no_texts"
"""They have a mail; it may be read too late."""
WITH_LINK: Final[tuple[News, ...]] = ("invited", "scheduled", "missed")


@dataclass(frozen=True)
class Means:
    """What a notice is sent with; `calendar_file` writes an event as a file, `page` is where links lead."""

    senders: tuple[str, ...]
    organizer: str
    calendar_file: Callable[[CalendarEvent], str]
    page: str


@dataclass(frozen=True)
class Whom:
    """The person, as their own record and as the employer's list know them. `clinic`: where they go.
    `stopped`: their phone wants no texts."""

    employee: Employee
    patient: Patient | None
    clinic: Clinic | None
    preferences: NoticePreferences | None = None
    stopped: bool = False

    @property
    def phone(self) -> str:
        own = self.patient.phone if self.patient else ""
        return own or self.employee.phone

    @property
    def email(self) -> str:
        own = self.patient.email if self.patient else ""
        return own or self.employee.email

    @property
    def speech(self) -> Speech:
        return speech_of(self.patient.language if self.patient else self.employee.language)

    @property
    def where(self) -> str:
        return f"{self.clinic.name}, {self.clinic.address}" if self.clinic else ""


def is_due(referral: Referral, message: TellEmployee) -> bool:
    return message.epoch == referral.epoch and referral.told_epoch < message.epoch


def verdict_on(referral: Referral, whom: Whom, news: News, means: Means, now: datetime) -> Verdict:
    """By which ways the person hears of it, and when."""
    ways = ways_of(whom.phone if means.senders else "", whom.email)
    quiet = QuietHours(zone=referral.zone)
    kept, notice = whom.preferences, NOTICES[f"referrals.{news}"]
    return decide(notice, ways, now, preferences=kept, quiet=quiet, stopped=whom.stopped)


def told(
    referral: Referral, whom: Whom, news: News, code: str, means: Means, now: datetime
) -> Decision[Referral]:
    """`code` opens the personal link, "" where nothing is to be chosen. The older links open no more."""
    if whom.patient is not None and whom.patient.is_deceased:
        return _untold(referral, news, "deceased")
    link = f"{means.page}#{code}" if code else ""
    verdict = verdict_on(referral, whom, news, means, now)
    effects: list[Effect] = []
    if Channel.SMS in verdict.by:
        effects.append(_text(referral, whom, news, link, means, now))
    if Channel.MAIL in verdict.by:
        effects.append(_mail(referral, whom, news, link, means, now))
    if not effects:
        return _untold(referral, news, verdict.unreached)
    known = referral.but(told_epoch=referral.epoch, link_round=referral.link_round + 1)
    reached = reached_by(known, tuple(one.key for one in effects))
    after = reached.but(attention=reached.attention or (STOPPED if verdict.needs_person else ""))
    details = {"news": news, "letters": len(effects), **verdict.reasons}
    return Decision(after, "employee_told", details, tuple(effects))


def _untold(referral: Referral, news: News, reason: str) -> Decision[Referral]:
    """Nothing can be sent: an operator calls, or the employer hands it over."""
    known = referral.but(told_epoch=referral.epoch, link_round=referral.link_round + 1)
    return Decision(reached_by(known, ()), NOT_TOLD, {"news": news, "reason": reason})


def _text(referral: Referral, whom: Whom, news: News, link: str, means: Means, now: datetime) -> SendSms:
    starts_at = referral.examination.starts_at if referral.examination else None
    return text_letter(
        employee_text(news, whom.speech, starts_at, _zone(referral, whom), link),
        key=f"referral-text-{referral.id}-{referral.epoch}",
        to=whom.phone,
        sender=means.senders[sum(referral.id.encode()) % len(means.senders)],
        valid_until=now + VALID,
        about=referral.id,
        guard=_guard(referral),
    )


def _mail(referral: Referral, whom: Whom, news: News, link: str, means: Means, now: datetime) -> SendMail:
    starts_at = referral.examination.starts_at if referral.examination else None
    mail = employee_mail(news, whom.speech, starts_at, _zone(referral, whom), link, whom.where)
    event = _event(referral, whom, news, means, mail, now)
    files = () if event is None else (_file(event, means),)
    return mail_letter(
        mail,
        key=f"referral-mail-{referral.id}-{referral.epoch}",
        to=whom.email,
        attachments=files,
        about=referral.id,
        guard=_guard(referral),
    )


def _event(
    referral: Referral, whom: Whom, news: News, means: Means, mail: Mail, now: datetime
) -> CalendarEvent | None:
    """What the calendar should show now; None where there is no time to show."""
    held = referral.examination
    if held is None or news not in ("scheduled", "called_off"):
        return None
    return CalendarEvent(
        uid=f"{referral.arranged_for or referral.id}@visita",
        sequence=referral.epoch,
        method=CalendarMethod.REQUEST if news == "scheduled" else CalendarMethod.CANCEL,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        title=mail.subject,
        description=f"{mail.lead} {whom.where}".strip() if news == "called_off" else whom.where,
        language=whom.speech,
        organizer=means.organizer,
        attendee=whom.email,
        made_at=now,
    )


def _file(event: CalendarEvent, means: Means) -> Attachment:
    kind = f"text/calendar; method={event.method.value}; charset=utf-8"
    return Attachment(name=FILE_NAME, content_type=kind, text=means.calendar_file(event))


def _zone(referral: Referral, whom: Whom) -> str:
    return whom.clinic.zone if whom.clinic else referral.zone


def _guard(referral: Referral) -> Guard:
    return Guard(kind=Referral.kind, record_id=referral.id, epoch=referral.epoch)
