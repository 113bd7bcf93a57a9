"""What happened, as a person reads it; and what our own log said while it did."""

import json
from collections.abc import Mapping
from typing import Final

from greenlet import getcurrent

from tests import leaks
from tests.sim.timeline import Timeline

BAD: Final = ('{"severity":"ERROR"', '{"severity":"CRITICAL"')
FORESEEN: Final = "NoAnswer"
"""What an action stumbles over that meets a fault. All else is a mistake of ours, even if it heals."""


class Story:
    """`is_told` only for one that somebody will read: ten thousand are not."""

    def __init__(self, timeline: Timeline, *, is_told: bool) -> None:
        self._timeline = timeline
        self._is_told = is_told
        self.lines: list[str] = []

    def note(self, what: str) -> None:
        if self._is_told:
            self.lines.append(
                f"{self._timeline.now():%H:%M:%S}.{self._timeline.seconds % 1 * 1000:03.0f}  {what}"
            )


class LogSink:
    """Stands for standard output: keeps the lines that call for a person, but those that a fault explains."""

    def __init__(self, *, is_watched: bool) -> None:
        self._is_watched = is_watched
        self.is_calm = False
        self.alarms: list[str] = []

    def write(self, text: str) -> int:
        if text.startswith(BAD):
            self._heard(json.loads(text))
        if self._is_watched:
            leaks.look("log", text)
        return len(text)

    def _heard(self, line: Mapping[str, object]) -> None:
        process = getattr(getcurrent(), "process", None)
        late = process is not None and process.met_fault  # before the calm; it comes to say so only now
        if line.get("error") != FORESEEN or (self.is_calm and not late):
            facts = (line.get(name) for name in ("message", "function", "error", "at", "code"))
            self.alarms.append(" ".join(str(one) for one in facts if one))

    def flush(self) -> None:
        pass
