"""`outage`: a service is away for hours while people go on working, then back; soon everything is at rest.

At rest means: no step is overdue, no letter waits, no text is unread, no search is held up by the provider.
Searches that have time left go on; those whose time came meanwhile have ended with the people who search
outside.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import perf_counter
from typing import IO, Final, cast

from functions.house_visits.domain.cascade import CascadeStatus
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.turns import PROVIDER_OUT
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.sms import SmsThrottled, SmsUnknown
from shared.kernel.ports import OutcomeUnknown
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.letters import Letter
from shared.runtime.problem import Answer
from tests import leaks
from tests.sim.faults import Calm
from tests.sim.judge import all_of, every_text_has_one_end, log_of
from tests.sim.machine import Machine
from tests.sim.people import Cast, phone_of, tomorrow
from tests.sim.ports import NoAnswer
from tests.sim.running import in_parallel
from tests.sim.told import OFFER

SERVICES: Final[Mapping[str, Mapping[str, Callable[[], Exception]]]] = {
    "Twilio that says no": {"sms": SmsThrottled},
    "Twilio that says nothing": {"sms": SmsUnknown},
    "Cloud Tasks": {"queue": NoAnswer},
    "Firestore": {"documents.commit": OutcomeUnknown, "documents": NoAnswer},
}
VISITS: Final = 24
DOCTORS: Final = 8
REST_MINUTES: Final = 5
MINUTES_BEFORE: Final = 20
"""Half of the searches are begun in these, the others while the service is away."""
UNDER_WAY_MIN: Final = VISITS // 3
A_MOMENT: Final = timedelta(seconds=10)
"""Searches go on: a letter may be on its way just now."""


@dataclass(frozen=True)
class Drill:
    """`visits` there were in the end; `under_way` when the service went, `held_up` when it came back."""

    service: str
    visits: int
    under_way: int
    held_up: int
    restless: tuple[str, ...]

    def wrong(self) -> Iterator[str]:
        yield from self.restless
        if self.visits != VISITS:
            yield f"{self.visits} visits of {VISITS}"
        if self.under_way < UNDER_WAY_MIN:
            yield f"{self.under_way} searches were under way when it went, {UNDER_WAY_MIN} are wanted"
        if not self.held_up:
            yield "nothing was held up by it"

    def figures(self) -> str:
        return f"{self.service} ({self.visits} visits, {self.under_way} under way, {self.held_up} held up)"


def run(hours: float) -> int:
    """0 when every visit is at rest five minutes after the service is back."""
    began = perf_counter()
    told = sorted(in_parallel(partial(_drill, hours), list(SERVICES), "outages"), key=lambda one: one.service)
    wrong = [f"{one.service}: {what}" for one in told for what in one.wrong()]
    for one in wrong[:40]:
        print(one)
    print(
        f"{', '.join(one.figures() for one in told)} away for {hours:g} h each: "
        f"{sum(len(one.restless) for one in told)} not at rest {REST_MINUTES} minutes later, "
        f"{perf_counter() - began:.0f} s"
    )
    return 1 if wrong else 0


def _drill(hours: float, service: str) -> Drill:
    machine = Machine(1, Calm(), is_watched=True)
    _people(machine, hours)
    with redirect_stdout(cast(IO[str], machine.sink)):
        machine.post.start_schedules()
        machine.run(MINUTES_BEFORE)
        under_way = sum(one.status == VisitStatus.OFFERING for one in all_of(machine, Visit))
        machine.away |= SERVICES[service]
        machine.run(hours * 60)
        held_up = sum(1 for _ in _restless(machine))
        machine.calm_down()
        machine.run(REST_MINUTES)
        visits = len(all_of(machine, Visit))
        restless = [*_restless(machine), *(f"personal data in {one}" for one in leaks.taken())]
        return Drill(service, visits, under_way, held_up, tuple(restless))


def _people(machine: Machine, hours: float) -> None:
    """Calls come all the time, also while the service is away: who gets no answer tries again and again."""
    people = Cast(machine)
    doctors = [f"d-{number}" for number in range(1, DOCTORS + 1)]
    for one in doctors:
        people.doctor(one)
        machine.provider.hears[phone_of(one)] = partial(_hears, people, hours, one)
    for number in range(VISITS):
        half, place = divmod(number, VISITS // 2)
        minutes = (MINUTES_BEFORE, hours * 60)[half] * place / (VISITS // 2)
        asked = machine.dice.order(f"visit {number}", doctors)[:5]
        after = (half * MINUTES_BEFORE + minutes) * 60
        machine.timeline.start(partial(_call, people, number, tuple(asked)), after)


def _call(people: Cast, number: int, asked: tuple[str, ...]) -> None:
    def begins() -> str:
        return people.asks_for_visit(number, day=tomorrow(), begins=8 + number % 10, hours=2)

    while not (visit_id := begins()):
        people.machine.wait(minutes=1)
    while not _is_heard(people.starts(visit_id, *asked, intervals=(20,))):
        people.machine.wait(minutes=1)


def _is_heard(answer: Answer | None) -> bool:
    return answer is not None and answer.status < 500


def _hears(people: Cast, hours: float, doctor_id: str, body: str, sender: str) -> None:
    """One offer in three is taken, minutes or hours later."""
    match, dice = OFFER.search(body), people.machine.dice
    if match and dice.share(f"{doctor_id} {match[1]}") < 1 / 3:
        after = dice.between(f"{doctor_id} {match[1]} after", 30, hours * 1800)
        says = partial(people.machine.provider.text_from, phone_of(doctor_id), f"tak {match[1]}", sender)
        people.machine.timeline.start(says, after)


def _restless(machine: Machine) -> Iterator[str]:
    now = machine.timeline.now()
    for buried in all_of(machine, DeadLetter):
        yield f"{buried.entry_point} buried a message"
    for letter in all_of(machine, Letter):
        if letter.is_open and letter.written_at < now - A_MOMENT:
            yield f"letter {letter.id} waits"
    for visit in all_of(machine, Visit):
        yield from (f"{visit.id} {what}" for what in broken(visit, log_of(machine, visit), now))
        cascade = visit.cascade
        if cascade and cascade.status == CascadeStatus.PAUSED and cascade.pause_reason == PROVIDER_OUT:
            yield f"{visit.id} is still held up by the provider"
    yield from every_text_has_one_end(machine)
