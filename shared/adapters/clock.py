"""Clocks: the real one, and the one of the local cloud that can be stopped and moved."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)


class FileClock(SystemClock):
    """Reads the file that the local cloud shares; production never names one."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def now(self) -> datetime:
        try:
            told = json.loads(self._path.read_text())
        except FileNotFoundError:
            return super().now()
        if "stopped_at" in told:
            return datetime.fromtimestamp(told["stopped_at"], UTC)
        return super().now() + timedelta(seconds=told["offset_seconds"])
