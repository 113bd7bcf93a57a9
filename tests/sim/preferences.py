"""Doctors who change what they want to be told while notices are due, and what must hold of them in the end.

A choice holds, for whoever asks afterwards, from the moment that the app has shown it as kept. One that the
app never saw kept may hold at any time after it was asked for; one that is under way may hold or not yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from functions.messaging.set_notice_preferences import SetNoticePreferences, set_notice_preferences
from shared.contracts.notice_rules import CLOCK_SLACK
from shared.contracts.notices import NOTICES
from shared.kernel.times import QuietHours
from shared.runtime.letters import Letter
from tests.people import as_doctor
from tests.sim.chat import Talk
from tests.sim.judge import all_of
from tests.sim.people import phone_of

NOTICE: Final = NOTICES["chat.unread"]
SKEW: Final = CLOCK_SLACK + timedelta(seconds=30)
"""How far the clock by which a letter is dated may differ from the story's, and how early a timer may be."""


@dataclass(frozen=True)
class Choice:
    """`kept_at`: when the app showed it as kept; None where it gave up."""

    wanted: SetNoticePreferences
    asked_at: datetime
    kept_at: datetime | None

    @property
    def refuses(self) -> bool:
        return any(one.notice == NOTICE.name for one in self.wanted.refused)

    @property
    def quiet(self) -> QuietHours:
        """A doctor's usual ones are those of the directory."""
        return self.wanted.quiet_hours or QuietHours()


@dataclass
class Choosers:
    """`choices`: of each doctor, in the order of their asking."""

    talk: Talk
    choices: dict[str, list[Choice]] = field(default_factory=dict)

    def choose(self, doctor_id: str, wanted: SetNoticePreferences) -> None:
        machine = self.talk.cast.machine
        asked_at = machine.timeline.now()
        answer = machine.call(set_notice_preferences, wanted, as_doctor(doctor_id))
        is_kept = answer is not None and answer.status == 200
        choice = Choice(wanted, asked_at, machine.timeline.now() if is_kept else None)
        self.choices.setdefault(doctor_id, []).append(choice)


def breaches(choosers: Choosers) -> list[str]:
    machine = choosers.talk.cast.machine
    letters = [one for one in all_of(machine, Letter) if one.sms and one.sms.notice == NOTICE.name]
    found: list[str] = []
    for doctor_id, choices in choosers.choices.items():
        for one in letters:
            if one.sms is not None and one.sms.to == phone_of(doctor_id):
                found += [f"{one.id} {what}" for what in _against(choices, one.written_at)]
    return [*found, *_twice(choosers, letters)]


def _against(choices: list[Choice], at: datetime) -> Iterator[str]:
    """What a letter of that instant is at odds with, whichever of the choices it may have gone by."""
    may_hold = _may_hold(choices, at)
    if may_hold and all(one.refuses for one in may_hold):
        yield f"was written at {at}, and they had refused it"
    if may_hold and all(_is_quiet(one.quiet, at) for one in may_hold):
        yield f"was written at {at}, in their quiet hours"


def _may_hold(choices: list[Choice], at: datetime) -> list[Choice]:
    """Empty while what was before the first choice may hold."""
    kept = [one for one in choices if one.kept_at is not None and one.kept_at < at - SKEW]
    if not kept:
        return []
    last = kept[-1]
    later = choices[choices.index(last) + 1 :]
    lost = [one for one in choices if one.kept_at is None]
    return [last, *(one for one in (*later, *lost) if one.asked_at < at + SKEW)]


def _is_quiet(quiet: QuietHours, at: datetime) -> bool:
    """Clearly: not within the slack of a timer."""
    return all(quiet.next_allowed(moment) > moment for moment in (at - SKEW, at, at + SKEW))


def _twice(choosers: Choosers, letters: list[Letter]) -> Iterator[str]:
    """Each notice was carried once at most, and nothing that was never written."""
    machine = choosers.talk.cast.machine
    for doctor_id in choosers.choices:
        phone = phone_of(doctor_id)
        written = [one for one in letters if one.sms is not None and one.sms.to == phone]
        bodies = {one.sms.body for one in written if one.sms is not None}
        sent = sum(1 for one in machine.provider.sent if one.sms.to == phone and one.sms.body in bodies)
        if sent > len(written):
            yield f"{doctor_id} was told {sent} times of {len(written)} notices"
