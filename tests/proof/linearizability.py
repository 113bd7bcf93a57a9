"""Eight doctors say yes at once while replies of Firestore are lost: one is told "yours", and it is true.

Half of them tap in the app, half have texted. An app asks again with its key until it has an answer, and
Pub/Sub brings a text again until it is digested. A doctor's losses follow from the seed; who is first does
not, so a seed that failed may have to be run a few times.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from time import perf_counter
from typing import Final

from functions.house_visits.accept_offer import accept_offer
from functions.house_visits.domain.visit import Visit
from functions.house_visits.read_reply import read_reply
from shared.contracts.messaging import SmsReceived
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.bench.offered import Asked, ask, yes_by_text
from tests.people import as_doctor
from tests.proof import verdict
from tests.proof.lossy import Fate, hardly_lost
from tests.proof.lossy_world import LossyWorld
from tests.proof.progress import carried_out, end, need, with_bar, without_log

VISITS: Final = 300
DOCTORS: Final = 8
LOSS: Final = 0.2
ASKED_AGAIN_MAX: Final = 10
SHOWN_MAX: Final = 20
SMS_RECEIVED: Final = catalog.topic_of(SmsReceived)
YOURS: Final = ("won", "already yours")
WORDS: Final = {
    "jest Twoja": "won",
    "juz Twoja": "already yours",
    "obsadzona": "closed",
    "ktos inny": "taken",
}
"""What tells the texts apart."""


@dataclass(frozen=True)
class Yes:
    """A doctor's yes, and how it is brought: `say` may be repeated and is the same yes."""

    of: Asked
    by_text: bool
    say: Callable[[], Answer]


@dataclass(frozen=True)
class Told:
    """What a doctor heard. `status`: of the app's last answer; of a text, that it was digested."""

    of: Asked
    by_text: bool
    status: int
    texts: Counter[str]

    @property
    def was_told_yours(self) -> bool:
        return any(self.texts[word] for word in YOURS) or (not self.by_text and self.status == 200)


@dataclass(frozen=True)
class Race:
    visit_id: str
    yeses: Sequence[Yes]
    statuses: Sequence[int]


def race(world: LossyWorld, number: int, doctors: int, seed: int) -> Race:
    """All at once. Texts have come in already; what is raced is their reading."""
    visit_id = f"v-{number}"
    asked = ask(world, visit_id, doctors, first=number * doctors)
    yeses = [*_by_text(world, asked[::2]), *(_in_the_app(world, visit_id, one) for one in asked[1::2])]
    start = Barrier(len(yeses))

    def bring(yes: Yes) -> int:
        start.wait()
        with world.losing(f"{seed}/{visit_id}/{yes.of.doctor_id}"):
            return _until_answered(yes.say)

    with ThreadPoolExecutor(len(yeses)) as pool:
        return Race(visit_id, yeses, list(pool.map(bring, yeses)))


def _by_text(world: LossyWorld, asked: Sequence[Asked]) -> Iterator[Yes]:
    for one in asked:
        assert yes_by_text(world, one).status == 200
        (body,) = (body for topic, body in world.topics.take() if topic == SMS_RECEIVED)
        yield Yes(one, True, partial(world.deliver, read_reply.declaration, body))  # type: ignore[attr-defined]  # every action carries one


def _in_the_app(world: LossyWorld, visit_id: str, one: Asked) -> Yes:
    key = f"tap-{one.offer_id}"

    def tap() -> Answer:
        me = as_doctor(one.doctor_id)
        return world.answer(accept_offer.declaration, {"visit_id": visit_id}, me, key)  # type: ignore[attr-defined]  # every action carries one

    return Yes(one, False, tap)


def _until_answered(say: Callable[[], Answer]) -> int:
    for _ in range(ASKED_AGAIN_MAX):
        status = say().status
        if status < 500:
            break
    return status


def violations(world: LossyWorld, raced: Race) -> list[str]:
    """What was not as it must be, once nothing is left in the outbox."""
    visit = world.record(Visit, raced.visit_id)
    told = [_told(world, yes, status) for yes, status in zip(raced.yeses, raced.statuses, strict=True)]
    yours = [one.of.doctor_id for one in told if one.was_told_yours]
    winner = visit.winner.doctor_id if visit.winner else "nobody"
    found = [f"{one.of.doctor_id} was answered {one.status}" for one in told if one.status not in (200, 409)]
    if yours != [winner]:
        found.append(f"told yours: {yours}, stored: {winner}")
    for one in told:
        due = _due(one, visit)
        if one.texts != due:
            found.append(f"{one.of.doctor_id} was texted {dict(one.texts)}, due was {dict(due)}")
    return [f"{raced.visit_id}: {one}" for one in (*found, *verdict.on(world, visit))]


def _due(one: Told, visit: Visit) -> Counter[str]:
    """The texts that this doctor must have had: no less, no more."""
    if visit.is_won_by(one.of.doctor_id):
        return Counter({"won": 1})
    return Counter({"closed": 1, "taken": int(one.by_text)}) + Counter()


def _told(world: LossyWorld, yes: Yes, status: int) -> Told:
    texts = (
        next((name for word, name in WORDS.items() if word in text), text)
        for text in world.texts_to(yes.of.phone)
    )
    return Told(yes.of, yes.by_text, status, Counter(texts))


@dataclass(frozen=True)
class Outcome:
    races: int
    yeses: int
    losses: Counter[Fate]
    violations: list[str]


def raced(visits: int, doctors: int, seed: int, loss: float = LOSS) -> Outcome:
    world = LossyWorld(loss)
    with without_log():
        races = [race(world, number, doctors, seed) for number in with_bar(range(visits), "visits", visits)]
        left = world.sweep()
        found = [one for race_ in races for one in violations(world, race_)]
    if left:
        found.append(f"{left} letters are left in the outbox")
    return Outcome(visits, visits * doctors, world.losses, found)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("linearizability", description=__doc__)
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--doctors", type=int, default=DOCTORS)
    parser.add_argument("--loss", type=float, default=LOSS, help="the share of commits whose reply is lost")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(words)
    need("FIRESTORE_EMULATOR_HOST")
    began = perf_counter()
    found = raced(arguments.visits, arguments.doctors, arguments.seed, arguments.loss)
    lost = found.losses
    return end(
        [*found.violations[:SHOWN_MAX], *hardly_lost(lost, arguments.loss)],
        f"linearizability: {found.races} visits x {arguments.doctors} doctors, {lost.total()} commits"
        f" ({lost[Fate.REPLY_LOST]} replies and {lost[Fate.REQUEST_LOST]} requests lost),"
        f" seed {arguments.seed}, {len(found.violations)} violations, {perf_counter() - began:.0f} s",
    )


if __name__ == "__main__":
    sys.exit(carried_out(main))
