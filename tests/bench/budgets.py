"""What each action may ask of Firestore, one after another. `python -m tests.bench.budgets`

An answer is as quick as its longest chain of round trips. A chain ends with the commit that decides, or,
where `whole` is said, with the last call at all: letters are posted and recorded after the commit.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from itertools import count, cycle, islice
from typing import Final

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.list_visits import ListVisits, list_visits
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.bench.around import rows_found, settle_in
from tests.bench.certificates import listing_work, reserving
from tests.bench.figure import Figure, show
from tests.bench.measured_world import MeasuredWorld
from tests.bench.meter import Tally, depth_by_delay
from tests.bench.offered import Asked, ask, look_around, yes_by_text, yes_in_the_app
from tests.bench.signing import issuing
from tests.people import AFTERNOON, ANNA, HOME, PIOTR, doctor, patient

OFFERS: Final = 10
VISITS: Final = 120
PAGE: Final = 50
CLINICS: Final = 1_000
DELAY_SECONDS: Final = 0.1
ROUNDS: Final = 5
DISAGREEMENT_MAX: Final = 0.5

Acts = Iterator[Callable[[], object]]


@dataclass(frozen=True)
class Budget:
    """`acts` yields the same act again and again, each time on a subject that is ready for it."""

    name: str
    depth_max: int
    acts: Callable[[MeasuredWorld], Acts]
    whole: bool = False

    def of(self, tally: Tally) -> Tally:
        return tally if self.whole else tally.until_first_commit()


def wishes(world: MeasuredWorld) -> Iterator[RequestVisit]:
    """Each for another patient."""
    for number in count():
        world.given(patient(f"p-{number}"))
        yield RequestVisit(
            patient_id=f"p-{number}", address=HOME, window=AFTERNOON, specialization="internal_medicine"
        )


def creating(world: MeasuredWorld) -> Acts:
    for wish in wishes(world):
        yield partial(world.call, request_visit, wish)


def asking(world: MeasuredWorld) -> Acts:
    world.given(doctor(world, ANNA), doctor(world, PIOTR))
    for wish in wishes(world):
        visit_id = world.call(request_visit, wish).visit_id
        world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
        (task,) = world.queue.take_due(world.clock.now())
        yield partial(_deliver, world, task.entry_point, task.body)


def receiving(world: MeasuredWorld) -> Acts:
    (asked,) = ask(world, "v-0", 1)
    while True:
        yield partial(_answered, 200, yes_by_text, world, asked)


def winning_by_text(world: MeasuredWorld) -> Acts:
    for number in count():
        asked = ask(world, f"v-{number}", OFFERS, first=number * OFFERS)
        yield _reading(world, asked[0])


def winning_in_the_app(world: MeasuredWorld, *, known: bool = True) -> Acts:
    """`known`: the instance has read their member record within 45 seconds, as when they open their list."""
    for number in count():
        asked = ask(world, f"v-{number}", OFFERS, first=number * OFFERS)
        if known:
            look_around(world, asked[0])
        yield partial(_answered, 200, yes_in_the_app, world, f"v-{number}", asked[0])


def late_by_text(world: MeasuredWorld) -> Acts:
    for one in cycle(_won(world)):
        yield _reading(world, one)


def late_in_the_app(world: MeasuredWorld) -> Acts:
    for one in cycle(_won(world)):
        look_around(world, one)
        yield partial(_answered, 409, yes_in_the_app, world, "v-0", one)


def listing(world: MeasuredWorld) -> Acts:
    for wish in islice(wishes(world), VISITS):
        world.call(request_visit, wish)
    while True:
        yield partial(world.call, list_visits, ListVisits(page_size=PAGE))


def finding(world: MeasuredWorld) -> Acts:
    visit_id = settle_in(world, CLINICS)
    while True:
        yield partial(rows_found, world, visit_id)


BUDGETS: Final = (
    Budget("create a visit", 2, creating, whole=True),
    Budget("ask the next doctor, text recorded", 3, asking, whole=True),
    Budget("take in a text", 1, receiving),
    Budget("yes by text wins", 3, winning_by_text),
    Budget("yes in the app wins", 3, winning_in_the_app),
    Budget("yes in the app of somebody new wins", 4, partial(winning_in_the_app, known=False)),
    Budget("yes by text comes too late", 3, late_by_text),
    Budget("yes in the app comes too late", 2, late_in_the_app, whole=True),
    Budget("list a page of visits", 2, listing, whole=True),
    Budget("find candidates", 5, finding, whole=True),
    Budget("list a doctor's worklist", 2, listing_work, whole=True),
    Budget("reserve a certificate", 2, reserving),
    Budget("issue a certificate", 4, issuing),
)


def measured(budget: Budget, world: MeasuredWorld) -> Tally:
    """The second act: the first one pays for connecting, and for what an instance keeps."""
    acts = budget.acts(world)
    next(acts)()
    act = next(acts)
    with world.meter.counting() as tally:
        act()
    return tally()


def run() -> list[Figure]:
    with redirect_stdout(StringIO()):  # the log of every call
        return [figure(budget) for budget in BUDGETS]


def figure(budget: Budget) -> Figure:
    """Both ways of counting must say the same."""
    whole = measured(budget, MeasuredWorld())
    decided = budget.of(whole)
    world = MeasuredWorld()
    acts = budget.acts(world)
    next(acts)()
    by_delay = depth_by_delay(acts, world.meter, DELAY_SECONDS, ROUNDS)
    after = "" if budget.whole else f", {whole.depth} with its letters"
    return Figure(
        f"round trips in a row: {budget.name}",
        f"<= {budget.depth_max}",
        f"{decided.depth}{after} (by delay {by_delay:.1f}); {decided.reads} reads, {decided.writes} writes",
        decided.depth <= budget.depth_max and abs(by_delay - whole.depth) < DISAGREEMENT_MAX,
    )


def _won(world: MeasuredWorld) -> list[Asked]:
    """Those who did not."""
    asked = ask(world, "v-0", OFFERS)
    _answered(200, yes_in_the_app, world, "v-0", asked[0])
    return asked[1:]


def _reading(world: MeasuredWorld, asked: Asked) -> Callable[[], object]:
    _answered(200, yes_by_text, world, asked)
    (body,) = (body for topic, body in world.topics.take() if topic == "sms-received")
    return partial(_deliver, world, "house_visits__read_reply", body)


def _deliver(world: MeasuredWorld, entry_point: str, body: bytes) -> None:
    _answered(200, world.deliver, catalog.find(entry_point), body)


def _answered(status: int, call: Callable[..., Answer], *given: object) -> None:
    answer = call(*given)
    assert answer.status == status, answer.body


if __name__ == "__main__":
    sys.exit(show(run()))
