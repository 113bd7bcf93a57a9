"""The one decision about a notice: by which ways it goes now, or when to ask again, and why not.

It is asked where the notice is about to be written, so what holds then counts: preferences, the word STOP,
quiet hours, and whether it was told before.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import Field

from shared.contracts.notices import NOTICES, Channel, Haste, Notice, Reader, Refusing
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Value
from shared.kernel.times import QuietHours

REFUSED_MAX: Final = 50
CLOCK_SLACK: Final = timedelta(seconds=30)
"""Clocks of two machines differ; a timer this early is on time."""
READERS: Final[Mapping[Role, frozenset[Reader]]] = {
    Role.DOCTOR: frozenset({Reader.DOCTOR}),
    Role.PATIENT: frozenset({Reader.PATIENT, Reader.EMPLOYEE}),
    Role.EMPLOYER: frozenset({Reader.EMPLOYER}),
}
"""Who a person is to us when we tell them something. A patient may be a referred person, too."""


class Why(StrEnum):
    """Why a notice does not go by some way."""

    NO_ADDRESS = "no_address"
    STOPPED = "stopped"
    REFUSED = "refused"
    TOLD = "told_before"


class Refused(Value):
    """A notice that somebody does not want by that way."""

    notice: str = Field(max_length=80)
    channel: Channel


class NoticePreferences(Record):
    """What a person wants to be told. `quiet_hours` None: the usual ones, where the notice's case is."""

    kind: ClassVar[str] = "notice_preferences"

    role: Role
    record_id: str
    refused: tuple[Refused, ...] = Field(default=(), max_length=REFUSED_MAX)
    quiet_hours: QuietHours | None = None

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role in READERS:
            mine = (actor.role, actor.record_id) == (self.role, self.record_id)
            return scope == Scope.OWN and mine and actor.record_id != ""
        return super().admits(actor, scope)

    def refuses(self, notice: Notice, channel: Channel) -> bool:
        """What may not be refused is not, whatever stands here from times when it might be."""
        said = any((one.notice, one.channel) == (notice.name, channel) for one in self.refused)
        return said and notice.refusing == Refusing.PREFERENCES


@dataclass(frozen=True)
class Verdict:
    """`by`: the ways it goes, at `at`; later than now, ask again then. `why_not`: the other ways.
    `must_hear`: the reader may not refuse it."""

    by: tuple[Channel, ...]
    at: datetime
    why_not: Mapping[Channel, Why] = field(default_factory=dict)
    must_hear: bool = False

    def waits(self, now: datetime) -> bool:
        return bool(self.by) and self.at > now + CLOCK_SLACK

    @property
    def is_refused(self) -> bool:
        """Nothing goes, because the reader wants it so: nobody has to phone them."""
        return not self.by and Why.REFUSED in self.why_not.values()

    @property
    def needs_person(self) -> bool:
        """Their phone wants no texts, and yet they must hear of it: a mail may be read too late."""
        return self.must_hear and Why.STOPPED in self.why_not.values()

    @property
    def unreached(self) -> str:
        """Why nothing at all goes, in a word for the log."""
        return "phone_wants_no_texts" if Why.STOPPED in self.why_not.values() else "no_phone_or_mail"

    @property
    def reasons(self) -> dict[str, str]:
        """For the log, once the reader has said no by any way: which ways are not taken, and why."""
        said_no = {Why.STOPPED, Why.REFUSED} & set(self.why_not.values())
        return {f"no_{channel}": why.value for channel, why in self.why_not.items()} if said_no else {}


def preferences_id(tenant_id: str, role: Role, record_id: str) -> str:
    """Ids of doctors, patients and employers are the customers', and may be the same."""
    return f"{tenant_id}.{role}.{record_id}"


def decide(
    notice: Notice,
    ways: Collection[Channel],
    now: datetime,
    *,
    preferences: NoticePreferences | None = None,
    quiet: QuietHours | None = None,
    stopped: bool = False,
    told: bool = False,
) -> Verdict:
    """`ways`: by which the reader can be reached. `quiet`: of the place, or of a doctor in the directory.

    `stopped`: the phone wants no texts. `told`: this very notice has been given.
    """
    why_not: dict[Channel, Why] = {}
    for channel in notice.channels:
        if told:
            why_not[channel] = Why.TOLD
        elif channel == Channel.SMS and stopped:
            why_not[channel] = Why.STOPPED
        elif channel not in ways:
            why_not[channel] = Why.NO_ADDRESS
        elif preferences is not None and preferences.refuses(notice, channel):
            why_not[channel] = Why.REFUSED
    by = tuple(one for one in notice.channels if one not in why_not)
    at = earliest(notice, now, quiet, preferences)
    return Verdict(by, at, why_not, must_hear=notice.refusing == Refusing.NEVER)


def earliest(
    notice: Notice,
    now: datetime,
    quiet: QuietHours | None = None,
    preferences: NoticePreferences | None = None,
) -> datetime:
    """Now, or the end of the quiet hours that hold: the reader's own before those of the place."""
    if notice.haste != Haste.NOT_AT_NIGHT:
        return now
    own = preferences.quiet_hours if preferences is not None else None
    return (own or quiet or QuietHours()).next_allowed(now)


def ways_of(phone: str, mail: str) -> frozenset[Channel]:
    """`phone`, `mail`: "" where there is none."""
    found = {Channel.SMS: phone, Channel.MAIL: mail}
    return frozenset(channel for channel, address in found.items() if address)


def told_to(role: Role) -> tuple[Notice, ...]:
    """Every notice that somebody of that role may get."""
    return tuple(one for one in NOTICES.values() if one.reader in READERS[role])
