"""Moves the clock through everything that waits, in order, so that an hour goes by in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import urllib3
from urllib3.exceptions import HTTPError

from infra.local.clock import MovableClock
from infra.local.due import Drained, NextDue, Patience

STEPS_MAX = 20_000
"""A week of a job that runs every minute, and room for as many tasks."""
ROUNDS_MAX = 50
"""How often the parts may hand each other something new to do within one instant."""
DRAIN_SECONDS_MAX = 60.0

_POOL = urllib3.PoolManager(retries=False)


class AdvanceError(Exception):
    """The clock stands where it got to; the message says what it could not get past."""


@dataclass(frozen=True)
class Advanced:
    """The moments at which the clock was halted, each with the part that was due then."""

    moments: tuple[tuple[datetime, str], ...]

    @property
    def steps(self) -> int:
        return len(self.moments)


def advance_clock(delta: timedelta, clock: MovableClock, parts: Sequence[str]) -> Advanced:
    """Goes from due time to due time up to now + delta; each time all is done before the next.

    `parts` are base URLs that answer GET /next and POST /drain. The clock stands still on the way, and
    runs on afterwards if it ran before. Raises AdvanceError.
    """
    was_running = not clock.is_stopped()
    clock.stop()
    try:
        return _walk(clock.now() + delta, clock, parts)
    finally:
        if was_running:
            clock.go()


def _walk(target: datetime, clock: MovableClock, parts: Sequence[str]) -> Advanced:
    moments: list[tuple[datetime, str]] = []
    _settle(clock.now(), parts)
    while due := _earliest(parts):
        instant, part = due
        if instant > target:
            break
        if len(moments) >= STEPS_MAX:
            raise AdvanceError(f"{STEPS_MAX} steps were not enough: at {clock.now()} on the way to {target}")
        clock.set(instant)
        _settle(instant, parts)
        moments.append((instant, part))
    clock.set(target)
    _settle(target, parts)
    return Advanced(tuple(moments))


def _settle(now: datetime, parts: Sequence[str]) -> None:
    """Drains all until none has anything due: what one part does may give work to another."""
    for _ in range(ROUNDS_MAX):
        for part in parts:
            _drain(part)
        due = _earliest(parts)
        if due is None or due[0] > now:
            return
    raise AdvanceError(f"after {ROUNDS_MAX} rounds something is still due at {now}: {due}")


def _earliest(parts: Sequence[str]) -> tuple[datetime, str] | None:
    answers = ((_next(part), part) for part in parts)
    return min(((instant, part) for instant, part in answers if instant), default=None)


def _next(part: str) -> datetime | None:
    return NextDue.model_validate_json(_ask("GET", f"{part}/next")).next


def _drain(part: str) -> None:
    patience = Patience(seconds=DRAIN_SECONDS_MAX)
    if not Drained.model_validate_json(_ask("POST", f"{part}/drain", patience.model_dump_json())).drained:
        raise AdvanceError(f"{part} was still busy after {DRAIN_SECONDS_MAX:g} s")


def _ask(method: str, url: str, body: str | None = None) -> bytes:
    try:
        answer = _POOL.request(method, url, body=body, timeout=DRAIN_SECONDS_MAX + 10)
    except HTTPError as broken:
        raise AdvanceError(f"{url} does not answer: {type(broken).__name__}") from broken
    if answer.status != 200:
        raise AdvanceError(f"{url} answered {answer.status}")
    return answer.data
