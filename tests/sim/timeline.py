"""One timeline for all: who sleeps until when, and who is next. Strands are greenlets; one runs at a time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from greenlet import getcurrent, greenlet

from tests.outside import START

if TYPE_CHECKING:
    from tests.sim.process import Process


class Strand(greenlet):  # type: ignore[misc]  # its base is untyped
    """`task` is what it does, one after another: a new strand for each would cost more than most of them.
    `ticket` tells the sleep it is in from the ones before: an early waking outdates the alarm. `process`:
    whose work it does, where it serves a request."""

    ticket = 0
    task: Callable[[], object]
    process: Process | None = None


class Box:
    """Something that one strand waits for and another brings."""

    def __init__(self) -> None:
        self.is_full = False
        self.waiting: Strand | None = None


class Timeline:
    """Seconds since the start. Who is due at the same instant goes in the order in which they lay down."""

    def __init__(self, start: datetime = START) -> None:
        self.seconds = 0.0
        self._start = start
        self._hub = getcurrent()
        self._numbers = count()
        self._alarms: list[tuple[float, int, Strand, int]] = []
        self._idle: list[Strand] = []
        self._until = 0.0

    def at(self, skew_seconds: float = 0.0) -> datetime:
        """The instant, by a clock that is so far ahead."""
        return self._start + timedelta(seconds=self.seconds + skew_seconds)

    def now(self) -> datetime:
        return self.at()

    def start(self, task: Callable[[], object], after: float = 0.0) -> None:
        strand = self._idle.pop() if self._idle else Strand(self._work, parent=self._hub)
        strand.task, strand.process, strand.gr_context = task, None, None
        self._wake(strand, after)

    def _work(self) -> None:
        strand = getcurrent()
        while True:
            strand.task()
            strand.ticket += 1  # what it may still have been waiting for is over
            self._idle.append(strand)
            self._hub.switch()

    def sleep(self, seconds: float) -> None:
        due = self.seconds + seconds
        if due <= self._until and not (self._alarms and self._alarms[0][0] <= due):
            self.seconds = due  # nobody else wakes until then
            return
        strand = getcurrent()
        assert isinstance(strand, Strand)
        self._wake(strand, seconds)
        self._hub.switch()

    def wait(self, box: Box, seconds: float) -> bool:
        """Until the box is filled, or so long; whether it was."""
        if not box.is_full:
            strand = getcurrent()
            assert isinstance(strand, Strand)
            box.waiting = strand
            self.sleep(seconds)
            box.waiting = None
        return box.is_full

    def fill(self, box: Box) -> None:
        box.is_full = True
        if box.waiting is not None:
            self._wake(box.waiting, 0.0)

    def run(self, until: float) -> None:
        """Let everything happen that happens by then."""
        self._until = until
        while self._alarms and self._alarms[0][0] <= until:
            at, _, strand, ticket = heapq.heappop(self._alarms)
            if strand.ticket == ticket and not strand.dead:
                self.seconds = max(self.seconds, at)
                strand.switch()
        self.seconds = max(self.seconds, until)

    def end(self) -> None:
        """Nobody sleeps any longer: what a strand that never ends holds on to, no collector finds."""
        while strands := [*self._idle, *(alarm[2] for alarm in self._alarms)]:
            self._idle.clear()
            self._alarms.clear()
            for one in strands:
                if not one.dead:
                    one.throw()  # GreenletExit; whoever goes on after it is idle, or sleeps anew

    def _wake(self, strand: Strand, after: float) -> None:
        strand.ticket += 1
        heapq.heappush(self._alarms, (self.seconds + after, next(self._numbers), strand, strand.ticket))
