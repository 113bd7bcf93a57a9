"""Calls that nobody should be able to make: each is refused, and no store and no queue hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from shared.runtime import catalog
from tests.authorization.stand import Stand

FORGED_MIN: Final = 60
"""Fewer kinds of forged calls show little."""


@dataclass(frozen=True)
class Sent:
    """One request, letter by letter."""

    body: bytes
    headers: Mapping[str, str]
    query: str = ""
    path: str = ""


@dataclass(frozen=True)
class Attack:
    """`owed`: the status it gets; 200 for what is genuine, without which refusing all would pass."""

    name: str
    entry_point: str
    owed: int
    make: Callable[[Stand], Sent]

    def __str__(self) -> str:
        return f"{self.entry_point}: {self.name}"


def wrong(attack: Attack, stand: Stand) -> str:
    """What is wrong with the answer; "" when nothing is."""
    world, sent = stand.world(), attack.make(stand)
    answer = world.send(catalog.find(attack.entry_point), sent.body, sent.headers, sent.query, sent.path)
    moved = [*world.watched.written, *world.queue.pending, *world.topics.waiting, *world.phones.sent]
    found = [f"{answer.status} instead of {attack.owed}"] if answer.status != attack.owed else []
    if attack.owed != 200 and moved:
        found.append(f"and yet {moved}")
    return f"{attack}: {'; '.join(found)}: {answer.body[:200]!r}" if found else ""
