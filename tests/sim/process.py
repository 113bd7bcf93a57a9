"""A logical process: one call of a function, with its own clock and ports, that may die at any call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from greenlet import GreenletExit

from tests.sim.faults import Fault

if TYPE_CHECKING:
    from tests.sim.machine import Machine

T = TypeVar("T")
LATENCY_SECONDS_MAX = 0.06
FROZEN_SECONDS = (8.0, 200.0)
ID_LENGTH = 20
ACTS = ("queue.", "topics.", "sms.send", "mail.", "clinics.")
"""Calls by which something goes on; a schedule that made none of them has found nothing to do."""


class Process:
    """`name` says what it does; it is the same in every telling of the story."""

    def __init__(self, name: str, machine: Machine) -> None:
        self.name = name
        self.machine = machine
        self.skew = machine.faults.skew(name)
        self.is_dead = False
        self.has_acted = False
        self.met_fault = False
        self._calls = 0
        self._ids = 0

    def through(self, port: str, do: Callable[[], T], unknown: type[Exception]) -> T:
        """One call of a port. `unknown` is what is raised where no answer comes back."""
        self._calls += 1
        machine, place = self.machine, f"{self.name}/{self._calls}"
        fault = machine.faults.at(place)
        seconds = machine.dice.between(f"latency/{place}", 0.001, LATENCY_SECONDS_MAX)
        machine.timeline.sleep(seconds)
        if fault is not None:
            self.met_fault = True
            machine.story.note(f"! {self.name}: {port}: {fault} (its clock is {self.skew:+.0f} s)")
        self._live(fault is not Fault.CRASH_BEFORE)
        if (out := machine.outage(port)) is not None:
            self.met_fault = True
            raise out
        if fault is Fault.VANISHED:
            raise unknown
        result = do()
        machine.calls[port] += 1
        self.has_acted = self.has_acted or port.startswith(ACTS)
        if fault is Fault.FROZEN:
            machine.timeline.sleep(machine.dice.between(f"frozen/{place}", *FROZEN_SECONDS))
        self._live(fault is not Fault.CRASH_AFTER)
        if fault is Fault.LOST:
            raise unknown
        return result

    def _live(self, lives: bool) -> None:
        """What is dead runs no further: nothing of ours catches this but the end of the strand."""
        self.is_dead = self.is_dead or not lives
        if self.is_dead:
            raise GreenletExit

    def new(self) -> str:
        """The next id, the same in every telling."""
        self._ids += 1
        name = f"id/{self.name}/{self._ids}"
        return f"{self.machine.dice.roll(name):016x}{self.machine.dice.roll(f'{name}+'):016x}"[:ID_LENGTH]
