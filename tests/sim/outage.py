"""`outage`: a service is away for hours while people go on working, then back; soon everything is at rest.

At rest means: no step is overdue, no letter waits, no search is held up by the provider. Searches that have
time left go on; those whose time came meanwhile have ended with the people who search outside.
"""

from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import partial
from time import perf_counter
from typing import IO, Final, cast

from functions.house_visits.domain.cascade import CascadeStatus
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.turns import PROVIDER_OUT
from functions.house_visits.domain.visit import Visit
from shared.contracts.sms import SmsThrottled
from shared.kernel.ports import OutcomeUnknown
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.letters import Letter
from tests.sim.faults import Calm
from tests.sim.house_visits import OFFER
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.people import Cast, phone_of, tomorrow
from tests.sim.ports import NoAnswer
from tests.sim.running import in_parallel

SERVICES: Final[Mapping[str, Mapping[str, Callable[[], Exception]]]] = {
    "Twilio": {"sms": SmsThrottled},
    "Cloud Tasks": {"queue": NoAnswer},
    "Firestore": {"documents.commit": OutcomeUnknown, "documents": NoAnswer},
}
VISITS: Final = 24
DOCTORS: Final = 8
REST_MINUTES: Final = 5
MINUTES_BEFORE: Final = 20
"""Searches run, half of them begun, when the service goes."""


def run(hours: float) -> int:
    """0 when every visit is at rest five minutes after the service is back."""
    began = perf_counter()
    told = dict(in_parallel(partial(_drill, hours), list(SERVICES), "outages"))
    for service, found in told.items():
        for one in found[:20]:
            print(f"{service}: {one}")
    restless = sum(len(found) for found in told.values())
    print(
        f"{' and '.join(SERVICES)} away for {hours:g} h each, {VISITS} visits: {restless} not at rest "
        f"{REST_MINUTES} minutes later, {perf_counter() - began:.0f} s"
    )
    return 1 if restless else 0


def _drill(hours: float, service: str) -> tuple[str, list[str]]:
    machine = Machine(1, Calm())
    cast_of = _people(machine, hours)
    with redirect_stdout(cast(IO[str], machine.sink)):
        machine.post.start_schedules()
        machine.run(MINUTES_BEFORE)
        machine.away |= SERVICES[service]
        machine.run(hours * 60)
        machine.calm_down()
        machine.run(REST_MINUTES)
        found = _restless(machine)
    return service, found if cast_of.visits else ["nobody asked for a visit"]


def _people(machine: Machine, hours: float) -> Cast:
    """Calls come all the time, also while the service is away: their apps try again and again."""
    people = Cast(machine)
    doctors = [f"d-{number}" for number in range(1, DOCTORS + 1)]
    for one in doctors:
        people.doctor(one)
        machine.provider.hears[phone_of(one)] = partial(_answers, people, one)
    for number in range(VISITS):
        after = (MINUTES_BEFORE + hours * 60) * 60 * number / VISITS
        asked = machine.dice.order(f"visit {number}", doctors)[:5]
        machine.timeline.start(partial(_call, people, number, tuple(asked)), after)
    return people


def _call(people: Cast, number: int, asked: tuple[str, ...]) -> None:
    visit_id = people.asks_for_visit(number, day=tomorrow(), begins=8 + number % 10, hours=2)
    if visit_id:
        people.starts(visit_id, *asked, intervals=(20,))


def _answers(people: Cast, doctor_id: str, body: str, sender: str) -> None:
    """One offer in four is taken."""
    match = OFFER.search(body)
    if match and people.machine.dice.share(f"{doctor_id} {match[1]}") < 0.25:
        people.machine.provider.text_from(phone_of(doctor_id), f"tak {match[1]}", sender)


def _restless(machine: Machine) -> list[str]:
    now = machine.timeline.now()
    found = [f"{one.entry_point} buried a message" for one in all_of(machine, DeadLetter)]
    found += [
        f"letter {one.id} waits" for one in all_of(machine, Letter) if one.is_open and one.due_at <= now
    ]
    for visit in all_of(machine, Visit):
        found += [f"{visit.id} {what}" for what in broken(visit, log_of(machine, visit), now)]
        cascade = visit.cascade
        if cascade and cascade.status == CascadeStatus.PAUSED and cascade.pause_reason == PROVIDER_OUT:
            found.append(f"{visit.id} is still held up by the provider")
    return found
