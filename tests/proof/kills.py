"""Processes die hard at sampled points of a search or a talk; what the stores hold is enough to finish it.

A child serves all functions and ends with `os._exit` inside a call: before or after a commit of Firestore,
after a text, a mail, a task or a message has gone out, after something was carried to Rocket.Chat. Emulators
and twins keep what they hold; a new process takes over, the clock is moved, sweepers run. Then everything
that was promised must be true.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Final

from functions.house_visits.domain.visit import Visit
from tests.proof import kill_stories, kill_talks, verdict
from tests.proof.mortal_world import MortalCloud, MortalWorld, mortal_cloud
from tests.proof.progress import carried_out, end, need, with_bar, without_log

POINTS: Final = 40
SHARES: Final[Mapping[str, int]] = {"after a commit": 4, "before a commit": 2}
"""How many are taken in a turn; one of every other kind. Commits are many, and no two are alike."""


@dataclass(frozen=True)
class Kill:
    """At the `nth` point of that name in the story; where `nth` is 0, the process lives to its end."""

    story: str
    point: str = ""
    nth: int = 0

    def __str__(self) -> str:
        return f"{self.story}: {self.point}, number {self.nth}"


@dataclass(frozen=True)
class Outcome:
    """`died`: its hour came; else it was killed when the story had ended. `passed`: the points until then."""

    kill: Kill
    died: bool
    passed: tuple[str, ...]
    wrong: list[str]

    @property
    def is_broken(self) -> bool:
        """Where nobody died, nothing was proved."""
        return bool(self.wrong) or not self.died

    def __str__(self) -> str:
        alive = [] if self.died else ["its hour did not come"]
        return "\n".join([str(self.kill), *(f"    {one}" for one in (*alive, *self.wrong))])


@dataclass(frozen=True)
class Story:
    """`begin` gives the id of what it is about; `wrong` says what must not be so in the end."""

    begin: Callable[[MortalWorld], str]
    go_on: Callable[[MortalWorld, str], None]
    recover: Callable[[MortalWorld, str], None]
    wrong: Callable[[MortalWorld, str], list[str]]


def _of_search(world: MortalWorld, visit_id: str) -> list[str]:
    return verdict.in_the_end(world, world.record(Visit, visit_id))


STORIES: Final[Mapping[str, Story]] = {
    **{
        name: Story(kill_stories.request, act, kill_stories.recover, _of_search)
        for name, act in kill_stories.STORIES.items()
    },
    "a talk is carried over and back": Story(
        kill_talks.a_case, kill_talks.a_talk_is_carried_over_and_back, kill_talks.recover, kill_talks.wrong
    ),
}


class Executioner:
    def __init__(self, around: MortalCloud) -> None:
        self._around, self._gateway = around, around.gateway

    def outcome(self, kill: Kill) -> Outcome:
        """The story with that kill in it, recovered."""
        story = STORIES[kill.story]
        with without_log():
            world = MortalWorld(self._around, kill.point, kill.nth)
            try:
                about = story.begin(world)
                story.go_on(world, about)
                points = tuple(self._gateway.trace.read_text().splitlines())
                self._gateway.kill()
                died = self._gateway.has_died
                story.recover(world, about)
                wrong = story.wrong(world, about)
            finally:
                self._gateway.end()
        return Outcome(kill, died, points, wrong)

    def sample(self, points: int, seed: int) -> list[Kill]:
        """As many of each story and, while there are, of each kind of point that the story passes."""
        chance, kills = Random(seed), []
        for number, story in enumerate(with_bar(STORIES, "stories", len(STORIES))):
            passed = self.outcome(Kill(story)).passed
            share = points // len(STORIES) + (number < points % len(STORIES))
            kills += [Kill(story, *one) for one in sorted(_of_each_kind(passed, chance)[:share])]
        return kills


def _of_each_kind(passed: Sequence[str], chance: Random) -> list[tuple[str, int]]:
    """All points in turns: so many of each kind, then again so many of each, and so on."""
    times = sorted(Counter(passed).items())
    left = {point: chance.sample(range(1, number + 1), number) for point, number in times}
    chosen: list[tuple[str, int]] = []
    while any(left.values()):
        for point, numbers in left.items():
            share = SHARES.get(point, 1)
            chosen += [(point, nth) for nth in numbers[:share]]
            left[point] = numbers[share:]
    return chosen


def killed(points: int, seed: int) -> list[Outcome]:
    with mortal_cloud() as around:
        executioner = Executioner(around)
        kills = executioner.sample(points, seed)
        return [executioner.outcome(one) for one in with_bar(kills, "kills", len(kills))]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("kills", description=__doc__)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--seed", type=int, default=0, help="which points are taken")
    arguments = parser.parse_args(words)
    need("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "FIREBASE_AUTH_EMULATOR_HOST")
    began = perf_counter()
    outcomes = killed(arguments.points, arguments.seed)
    where = Counter(one.kill.point for one in outcomes if one.died)
    told = ", ".join(f"{times} {point}" for point, times in sorted(where.items()))
    broken = [str(one) for one in outcomes if one.is_broken]
    if len(outcomes) < arguments.points:
        broken.append(f"the stories pass {len(outcomes)} points only")
    return end(
        broken,
        f"kills: {where.total()} of {arguments.points} points ({told}), seed {arguments.seed},"
        f" {len(broken)} broken, {perf_counter() - began:.0f} s",
    )


if __name__ == "__main__":
    sys.exit(carried_out(main))
