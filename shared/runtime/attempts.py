"""What the attempts of one call share, and what is said once one of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.ports import Snapshot
from shared.runtime import log, spans
from shared.runtime.ids import Tape

PAUSE_SECONDS = 0.02
PAUSE_SECONDS_MAX = 2.0


@dataclass
class Attempts:
    """What is the same in all attempts: the instant, the ids, and the token that marks our writes.

    `known` is what was found after a lost race: one round trip tells whether the race was lost at all,
    whether the key was used meanwhile, and what the next attempt will read.
    """

    now: datetime
    tape: Tape
    token: str
    known: Mapping[str, Snapshot | None] | None = None
    figures: dict[str, float] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)

    def begin(self) -> None:
        """What an attempt said is forgotten with it."""
        self.tape.rewind()
        self.figures.clear()
        self.answers.clear()
        self.broken.clear()

    def say(self, decided: Mapping[str, float]) -> None:
        """What is to be said once the commit holds; `decided`: the figures of what was decided in it."""
        spans.answer(spans.asked_in(self.answers))
        if figures := {**decided, **self.figures}:
            log.figures(figures)
        for about, promises in self.broken:
            log.promise_broken(about, promises)

    def pause_seconds(self, number: int) -> float:
        """Longer each time, and not the same for two callers: who waits in step collides again."""
        share = ord(self.token[number % len(self.token)]) % 32 / 32
        return min(PAUSE_SECONDS_MAX, PAUSE_SECONDS * 2.0**number) * (0.5 + share)
