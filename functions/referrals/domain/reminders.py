"""Reminders: what an employer is to hear of a date on a certificate, once for each threshold.

A reminder is the ledger's line: its id names certificate, reason, date and threshold, so that it is written
once however often the certificates are looked through. It waits until a digest takes it, or a rule drops it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, NextDueReason
from functions.referrals.domain.look_days import THRESHOLDS, Threshold, reached
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Message
from shared.kernel.ports import Query
from shared.kernel.records import Decision, Record, Sealed, Value
from shared.kernel.times import Day

PAGE: Final = 150
"""Certificates in one commit: each is a write, a line of its log and a reminder for each of its reasons."""
CONTACTS_MAX: Final = 5

Dropped = Literal["", "renewed", "left", "not_chosen", "employer_gone"]


def _largest_first(days: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
    return tuple(sorted(set(days), reverse=True))


Thresholds = Annotated[
    tuple[Threshold, ...], Field(max_length=len(THRESHOLDS)), AfterValidator(_largest_first)
]
"""Days before the date, the largest first; none: no reminders at all."""


Address = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,60}$")]


class Contact(Value):
    email: Sealed


class ReminderChoice(Value):
    """`thresholds`: days before a date, among 60, 30, 14, 7 and 0; none: no reminders. `contacts`: tried in
    turn, then the company's own address. `language`: of the mails, "" for the company's own."""

    thresholds: Thresholds = THRESHOLDS
    contacts: tuple[Address, ...] = Field(default=(), max_length=CONTACTS_MAX)
    language: Literal["", "pl", "en"] = ""


class ReminderSettings(Record):
    """What an employer chose; its id is the employer's."""

    kind: ClassVar[str] = "reminder_settings"

    thresholds: Thresholds = THRESHOLDS
    contacts: tuple[Contact, ...] = Field(default=(), max_length=CONTACTS_MAX)
    language: Literal["", "pl", "en"] = ""

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.id
        return actor.is_staff


class Reminder(Record):
    """`reached`: the thresholds that were passed at once, the nearest first; the employer hears of one.

    `digest_id`: the digest that told it, "" until then. `dropped`: why nobody needs to hear it, or "".
    """

    kind: ClassVar[str] = "reminders"
    logged: ClassVar[bool] = False

    employer_id: str
    employee_id: str
    certificate_id: str
    reason: NextDueReason
    due_on: Day
    reached: tuple[int, ...] = Field(min_length=1)
    found_on: Day
    digest_id: str = ""
    dropped: Dropped = ""

    def index_fields(self) -> Mapping[str, Any]:
        return {"waiting": self.is_waiting}

    @property
    def is_waiting(self) -> bool:
        return self.digest_id == "" and self.dropped == ""


def choice_of(settings: ReminderSettings) -> ReminderChoice:
    return ReminderChoice(
        thresholds=settings.thresholds,
        contacts=tuple(one.email for one in settings.contacts),
        language=settings.language,
    )


def chosen(settings: ReminderSettings, choice: ReminderChoice) -> Decision[ReminderSettings] | None:
    """None where that was chosen before."""
    if choice == choice_of(settings):
        return None
    contacts = tuple(Contact(email=one) for one in choice.contacts)
    after = settings.but(thresholds=choice.thresholds, contacts=contacts, language=choice.language)
    return Decision(after, "chosen", {"contacts": len(contacts), "thresholds": len(choice.thresholds)})


class ScanShard(Message):
    """Look through a share of the certificates, from behind `after_day` and `after_id` on."""

    day: date
    shard: int = Field(ge=0)
    after_day: str = ""
    after_id: str = ""


def due_in_shard(message: ScanShard) -> Query:
    """Those whose day has come, also one that was missed; the longest waiting first."""
    return Query(
        FitnessCertificate.kind,
        where=(("shard", "==", message.shard), ("look_on", "<=", message.day.isoformat())),
        order=(("look_on", "asc"), ("id", "asc")),
        after=(message.after_day, message.after_id) if message.after_id else (),
        limit=PAGE,
    )


def looked_at(
    certificate: FitnessCertificate, today: date
) -> tuple[Decision[FitnessCertificate], list[Reminder]]:
    """One reminder for each reason of which a threshold was passed, however many were passed at once."""
    until = certificate.reminded_until
    found = [
        _reminder(certificate, one, days, today)
        for one in certificate.next_dues
        if (days := reached(one.due_on, until, today))
    ]
    after = certificate.but(reminded_until=today if until is None else max(until, today))
    nearest: dict[str, int] = {one.reason.value: one.reached[0] for one in found}
    return Decision(after, "date_came_nearer", nearest), found


def _reminder(certificate: FitnessCertificate, due: NextDue, days: Sequence[int], today: date) -> Reminder:
    return Reminder(
        id=f"{certificate.id}.{due.reason.value}.{due.due_on.isoformat()}.{days[0]}",
        tenant_id=certificate.tenant_id,
        employer_id=certificate.employer_id,
        employee_id=certificate.employee_id,
        certificate_id=certificate.id,
        reason=due.reason,
        due_on=due.due_on,
        reached=tuple(days),
        found_on=today,
    )


def told_threshold(reminder: Reminder, chosen: Thresholds) -> int | None:
    """The nearest of those passed that the employer wants to hear of."""
    return next((days for days in reminder.reached if days in chosen), None)
