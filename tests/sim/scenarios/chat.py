"""Conversations while everything fails: about a visit that somebody takes, and about several at once."""

from functools import partial
from typing import Final

from functions.chat.domain.thread import Thread
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from tests.people import as_doctor
from tests.sim import house_visits
from tests.sim.chat import Talk, breaches
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.people import Cast
from tests.sim.post import MODULES
from tests.sim.scenario import Scenario

FIRST, SECOND, THIRD = "d-1", "d-2", "d-3"
VISITS: Final = 3
TURNS: Final = 12
QUESTION: Final = "A jaki adres?"
AFTER_ALL: Final = "Jednak nie mogę"
WITH_CHAT: Final = (*MODULES, "chat")


def _cast(machine: Machine) -> Talk:
    cast = Cast(machine)
    for one in (FIRST, SECOND, THIRD):
        cast.doctor(one)
    return Talk(cast)


def asked_unread_and_answered_by_text(talk: Talk) -> None:
    visit_id = talk.cast.asks_for_visit(1)
    talk.cast.starts(visit_id, FIRST)
    talk.cast.says(FIRST, "Tak")
    talk.cast.machine.wait(minutes=2)
    talk.opens(visit_id)
    talk.writes(visit_id)
    talk.writes(visit_id)
    talk.cast.machine.wait(minutes=17)
    talk.cast.says(FIRST, "Zadzwonię do niej za godzinę")
    talk.cast.machine.wait(minutes=3)
    talk.reads_all(visit_id, as_doctor(FIRST))
    talk.writes(visit_id, as_doctor(FIRST))


def two_are_let_in_and_one_wins(talk: Talk) -> None:
    visit_id = talk.cast.asks_for_visit(1)
    talk.cast.starts(visit_id, FIRST, SECOND, intervals=(2,))
    talk.cast.machine.wait(minutes=4)
    talk.opens(visit_id, FIRST, SECOND)
    for one in (FIRST, SECOND):
        talk.cast.machine.timeline.start(partial(talk.writes, visit_id, as_doctor(one)), 1.0)
        talk.cast.machine.timeline.start(partial(talk.cast.takes_in_app, one, visit_id), 2.0)
    talk.cast.machine.timeline.start(partial(talk.writes, visit_id), 1.0)
    talk.cast.machine.wait(minutes=3)
    for one in (FIRST, SECOND):
        talk.writes(visit_id, as_doctor(one))


def asked_by_text_and_given_back_in_the_chat(talk: Talk) -> None:
    visit_id = talk.cast.asks_for_visit(1)
    talk.cast.starts(visit_id, FIRST, SECOND, intervals=(30,))
    talk.cast.machine.wait(minutes=2)
    talk.cast.says(FIRST, QUESTION)
    talk.cast.machine.wait(minutes=2)
    talk.opens(visit_id, FIRST)
    talk.writes(visit_id)
    talk.cast.takes_in_app(FIRST, visit_id)
    talk.cast.machine.wait(minutes=2)
    talk.writes(visit_id, as_doctor(FIRST), text=AFTER_ALL)
    talk.cast.machine.wait(minutes=4)
    talk.cast.says(SECOND, "Tak")


def a_day_of_chats(talk: Talk) -> None:
    """Several visits; whoever may, or may not, writes and reads at random; some visits are called off."""
    for number in range(1, VISITS + 1):
        talk.cast.machine.timeline.start(partial(_conversation, talk, number), number * 7.0)


def _conversation(talk: Talk, number: int) -> None:
    machine, dice = talk.cast.machine, talk.cast.machine.dice
    visit_id = talk.cast.asks_for_visit(number, begins=9 + 3 * number, hours=2)
    if not visit_id:
        return
    doctors = dice.order(f"visit {number}", [FIRST, SECOND, THIRD])
    talk.cast.starts(visit_id, *doctors[:2], intervals=(1,))
    machine.wait(minutes=2)
    talk.opens(visit_id)
    talk.opens(visit_id, doctors[0])
    machine.timeline.start(
        partial(talk.cast.takes_in_app, doctors[0], visit_id), dice.between(f"t {number}", 1, 600)
    )
    for turn in range(TURNS):
        machine.wait(minutes=dice.between(f"visit {number} turn {turn} after", 0, 3))
        who = dice.one_of(
            f"visit {number} turn {turn}",
            ("operator", *doctors[:2], "reads", "cancels", "texts", "asks", "gives back"),
        )
        if who == "operator":
            talk.writes(visit_id)
        elif who == "reads":
            talk.reads_all(visit_id, as_doctor(doctors[0]))
        elif who == "texts":
            talk.cast.says(doctors[0], f"Jadę, będę za {turn} minut")
        elif who == "asks":
            talk.cast.says(doctors[1], QUESTION)
        elif who == "gives back":
            talk.writes(visit_id, as_doctor(doctors[0]), text=AFTER_ALL)
        elif who == "cancels":
            if turn > TURNS // 2:
                talk.cast.operator(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))
        else:
            talk.writes(visit_id, as_doctor(who))


def _play(act: object, machine: Machine) -> Talk:
    talk = _cast(machine)
    machine.timeline.start(lambda: act(talk), 5.0)  # type: ignore[operator]  # one of those above
    return talk


def _broken(talk: Talk) -> list[str]:
    return [*breaches(talk), *house_visits.breaches(talk.cast)]


SCENARIOS = (
    *(
        Scenario(act.__name__, partial(_play, act), _broken, modules=WITH_CHAT)
        for act in (
            asked_unread_and_answered_by_text,
            two_are_let_in_and_one_wins,
            asked_by_text_and_given_back_in_the_chat,
        )
    ),
    Scenario(
        "a day of chats",
        partial(_play, a_day_of_chats),
        _broken,
        subjects=VISITS,
        ends=records(Thread),
        is_random=True,
        modules=WITH_CHAT,
    ),
)
