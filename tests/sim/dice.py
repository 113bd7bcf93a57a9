"""Chance without a state: what happens at a place depends on the seed and the name of the place alone.

So a fault that is taken out of a history leaves the rest of it as it was, and histories can be shrunk.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
SIDES = 2**32


class Dice:
    def __init__(self, seed: int | str) -> None:
        self._key = str(seed).encode()

    def roll(self, name: str) -> int:
        """0 to 2**64."""
        return int.from_bytes(blake2b(name.encode(), key=self._key, digest_size=8).digest(), "big")

    def share(self, name: str) -> float:
        """0 up to 1."""
        return (self.roll(name) >> 32) / SIDES

    def between(self, name: str, low: float, high: float) -> float:
        return low + (high - low) * self.share(name)

    def one_of(self, name: str, choices: Sequence[T]) -> T:
        return choices[self.roll(name) % len(choices)]

    def order(self, name: str, items: Sequence[T]) -> list[T]:
        """The items in some order."""
        rolled = [(self.roll(f"{name}/{place}"), place) for place in range(len(items))]
        return [items[place] for _, place in sorted(rolled)]
