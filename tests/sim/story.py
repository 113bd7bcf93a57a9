"""What happened, as a person reads it; and what our own log said while it did."""

import json
from typing import Final

from tests.sim.timeline import Timeline

BAD: Final = ('"severity":"ERROR"', '"severity":"CRITICAL"')


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
    """Stands for standard output: lines that call for a person are kept while nothing is going wrong."""

    def __init__(self) -> None:
        self.is_calm = False
        self.alarms: list[str] = []

    def write(self, text: str) -> int:
        if self.is_calm and any(one in text for one in BAD):
            line = json.loads(text)
            facts = (line.get(name) for name in ("message", "function", "error", "at", "code"))
            self.alarms.append(" ".join(str(one) for one in facts if one))
        return len(text)

    def flush(self) -> None:
        pass
