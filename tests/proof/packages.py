"""A thousand operations on one package at once while replies of Firestore are lost: its units always add up.

HR users refer people, revoke and reissue, each asking again with their key until they have an answer. There
are fewer units than people. What a hand does follows from the seed; who gets the last unit does not.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Any, Final

from functions.referrals.domain.package import Allowance, Entitlement
from functions.referrals.domain.promises import counts_its_units, has_a_whole_log, pays_as_it_stands
from functions.referrals.domain.referral import Referral
from shared.kernel.ports import Query
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.functions.referrals.people import EXPOSED, as_employer, employee, employer, package
from tests.proof.lossy import Fate, hardly_lost
from tests.proof.lossy_world import LossyWorld
from tests.proof.progress import bar, carried_out, end, need, without_log

OPERATIONS: Final = 1000
HANDS: Final = 16
UNITS: Final = 40
PEOPLE: Final = 120
LOSS: Final = 0.1
ASKED_AGAIN_MAX: Final = 30
SHOWN_MAX: Final = 20
BUSY: Final = 503
ANSWERS: Final = {200, 404, 409}
ORDER: Final[dict[str, Any]] = {
    "examination_type": "periodic",
    "exposures": EXPOSED.model_dump(mode="json"),
}


@dataclass
class Hand:
    """One HR user: their own chance, and the referrals that they were told they have.

    `done` hears of each operation that has its answer."""

    world: LossyWorld
    number: int
    seed: int
    done: Callable[[], None]

    def work(self, operations: int) -> Counter[int]:
        chance = Random(f"{self.seed}/{self.number}")
        mine: list[str] = []
        statuses: Counter[int] = Counter()
        with self.world.losing(f"{self.seed}-{self.number}"):
            for step in range(operations):
                answer = self._step(chance, mine, f"hand-{self.number:03}-{step:05}")
                statuses[answer.status] += 1
                self.done()
        return statuses

    def _step(self, chance: Random, mine: list[str], key: str) -> Answer:
        name = chance.choice(("issue", "issue", "revoke", "reissue")) if mine else "issue"
        if name == "issue":
            answer = self._ask(
                "issue_referral", {"employee_id": f"em-{chance.randrange(PEOPLE)}", **ORDER}, key
            )
            if answer.status == 200:
                mine.append(json.loads(answer.body)["referral_id"])
            return answer
        chosen = mine.pop(chance.randrange(len(mine)))
        if name == "revoke":
            return self._ask("revoke_referral", {"referral_id": chosen, "reason": "other"}, key)
        answer = self._ask("reissue_referral", {"referral_id": chosen, **ORDER}, key)
        mine.append(json.loads(answer.body)["referral_id"] if answer.status == 200 else chosen)
        return answer

    def _ask(self, name: str, fields: dict[str, Any], key: str) -> Answer:
        """As an app does: with the same key until there is an answer."""
        action = catalog.find(f"referrals__{name}")
        for _ in range(ASKED_AGAIN_MAX):
            answer = self.world.answer(action, fields, as_employer(), key)
            if answer.status != BUSY:
                break
        return answer


@dataclass(frozen=True)
class Outcome:
    statuses: Counter[int]
    losses: Counter[Fate]
    referrals: int
    free: int
    violations: list[str]


def raced(operations: int, hands: int, seed: int, loss: float = LOSS) -> Outcome:
    world = LossyWorld(loss)
    world.given(employer(), package(units=UNITS), *(employee(f"em-{one}") for one in range(PEOPLE)))
    with bar("operations", operations) as done, without_log(), ThreadPoolExecutor(hands) as pool:
        shares = pool.map(lambda one: Hand(world, one, seed, done).work(operations // hands), range(hands))
        statuses = sum(shares, Counter[int]())
    return _judged(world, statuses)


def _judged(world: LossyWorld, statuses: Counter[int]) -> Outcome:
    units = _all(world, Entitlement)
    referrals = _all(world, Referral)
    account = world.record(Allowance, "pk-1.periodic")
    by_id = {one.id: one for one in units}
    found = [f"{count} answers of {status}" for status, count in statuses.items() if status not in ANSWERS]
    found += counts_its_units(account, units)
    for one in referrals:
        found += pays_as_it_stands(one, by_id.get(one.entitlement_id))
    found += has_a_whole_log(account, world.lines_of(account))
    return Outcome(statuses, world.losses, len(referrals), account.included.free, found)


def _all(world: LossyWorld, kind: type[Any]) -> list[Any]:
    found = world.wiring.documents.query(Query(kind.kind, order=(("id", "asc"),), limit=10_000))
    return [world.wiring.codec.decode(kind, one.fields) for one in found]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("packages", description=__doc__)
    parser.add_argument("--operations", type=int, default=OPERATIONS)
    parser.add_argument("--hands", type=int, default=HANDS)
    parser.add_argument("--loss", type=float, default=LOSS, help="the share of commits whose reply is lost")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(words)
    need("FIRESTORE_EMULATOR_HOST")
    began = perf_counter()
    it = raced(arguments.operations, arguments.hands, arguments.seed, arguments.loss)
    told = ", ".join(f"{count} x {status}" for status, count in sorted(it.statuses.items()))
    return end(
        [*it.violations[:SHOWN_MAX], *hardly_lost(it.losses, arguments.loss)],
        f"packages: {it.statuses.total()} operations by {arguments.hands} hands on {UNITS} units ({told}),"
        f" {it.losses.total()} commits ({it.losses[Fate.REPLY_LOST]} replies and"
        f" {it.losses[Fate.REQUEST_LOST]} requests lost), seed {arguments.seed},"
        f" {len(it.violations)} violations, {perf_counter() - began:.0f} s",
    )


if __name__ == "__main__":
    sys.exit(carried_out(main))
