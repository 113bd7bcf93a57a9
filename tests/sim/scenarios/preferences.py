"""Doctors say what they want to be told, and take it back, while something waits to be read."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Final

from functions.messaging.set_notice_preferences import SetNoticePreferences
from shared.contracts.notice_rules import NoticePreferences, Refused
from shared.contracts.notices import Channel
from shared.kernel.times import QuietHours
from tests.people import as_doctor
from tests.sim import chat
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.people import Cast
from tests.sim.preferences import NOTICE, Choosers, breaches
from tests.sim.scenario import Scenario
from tests.sim.scenarios.chat import WITH_CHAT

WHO: Final = ("d-1", "d-2")
NO_TEXTS: Final = SetNoticePreferences(refused=(Refused(notice=NOTICE.name, channel=Channel.SMS),))
ALL: Final = SetNoticePreferences()
BEFORE_NOON: Final = SetNoticePreferences(quiet_hours=QuietHours(begins=time(9), ends=time(11, 30)))
TURNS: Final = 10


def _cast(machine: Machine) -> Choosers:
    cast = Cast(machine)
    for one in WHO:
        cast.doctor(one)
    return Choosers(chat.Talk(cast))


def refused_wanted_again_and_put_off(choosers: Choosers) -> None:
    """The story begins at ten in Warsaw."""
    talk, (who, _) = choosers.talk, WHO
    visit_id = _taken(choosers, 1, who)
    choosers.choose(who, NO_TEXTS)
    talk.writes(visit_id)
    talk.cast.machine.wait(minutes=18)
    choosers.choose(who, BEFORE_NOON)
    talk.writes(visit_id)
    talk.cast.machine.wait(minutes=18)
    choosers.choose(who, ALL)
    talk.reads_all(visit_id, as_doctor(who))
    talk.writes(visit_id)
    talk.cast.machine.wait(minutes=18)


def a_day_of_choices(choosers: Choosers) -> None:
    """Two doctors, each with a visit of their own; somebody writes, reads or chooses anew at random."""
    for number, who in enumerate(WHO, 1):
        choosers.talk.cast.machine.timeline.start(partial(_day, choosers, number, who), number * 5.0)


def _day(choosers: Choosers, number: int, who: str) -> None:
    machine, dice = choosers.talk.cast.machine, choosers.talk.cast.machine.dice
    visit_id = _taken(choosers, number, who)
    if not visit_id:
        return
    for turn in range(TURNS):
        does = dice.one_of(f"{who} turn {turn}", ("writes", "writes", "reads", "no", "quiet", "all"))
        if does == "writes":
            choosers.talk.writes(visit_id)
        elif does == "reads":
            choosers.talk.reads_all(visit_id, as_doctor(who))
        else:
            choosers.choose(who, {"no": NO_TEXTS, "quiet": BEFORE_NOON, "all": ALL}[does])
        machine.wait(minutes=dice.between(f"{who} turn {turn} after", 0, 16))


def _taken(choosers: Choosers, number: int, who: str) -> str:
    """A visit that is this doctor's, and its conversation; "" where an app gave up."""
    talk = choosers.talk
    visit_id = talk.cast.asks_for_visit(number)
    if visit_id:
        talk.cast.starts(visit_id, who)
        talk.cast.says(who, "Tak")
        talk.cast.machine.wait(minutes=2)
        talk.opens(visit_id)
    return visit_id


def _play(act: Callable[[Choosers], None], machine: Machine) -> Choosers:
    choosers = _cast(machine)
    machine.timeline.start(lambda: act(choosers), 5.0)
    return choosers


def _broken(choosers: Choosers) -> list[str]:
    return [*breaches(choosers), *chat.breaches(choosers.talk)]


SCENARIOS = (
    Scenario(
        "refused_wanted_again_and_put_off",
        partial(_play, refused_wanted_again_and_put_off),
        _broken,
        modules=WITH_CHAT,
    ),
    Scenario(
        "a day of choices",
        partial(_play, a_day_of_choices),
        _broken,
        subjects=len(WHO),
        ends=records(NoticePreferences),
        share=0.02,
        is_random=True,
        modules=WITH_CHAT,
    ),
)
