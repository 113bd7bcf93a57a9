"""The clock of the local cloud: one file that every process reads and tests may move."""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

FILE_BYTES_MAX = 1_000
"""A clock file holds one small object; anything longer is not ours."""
SECONDS_MAX = 10_000_000_000.0
"""The year 2286: further on lies a mistake of units."""


class ClockFileError(Exception):
    """The clock file holds something else than a clock."""


class _Hands(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Running(_Hands):
    """Goes on like the real time, so many seconds before or behind it."""

    offset_seconds: float = Field(ge=-SECONDS_MAX, le=SECONDS_MAX)

    def at(self, real: float) -> datetime:
        return datetime.fromtimestamp(real + self.offset_seconds, UTC)

    def moved_to(self, instant: datetime, real: float) -> "Running":
        return Running(offset_seconds=instant.timestamp() - real)


class Stopped(_Hands):
    """Stands still at an instant, given in seconds since 1970."""

    stopped_at: float = Field(ge=0, le=SECONDS_MAX)

    def at(self, _real: float) -> datetime:
        return datetime.fromtimestamp(self.stopped_at, UTC)

    def moved_to(self, instant: datetime, _real: float) -> "Stopped":
        return Stopped(stopped_at=instant.timestamp())


Hands = Running | Stopped
REAL_TIME = Running(offset_seconds=0.0)
_ANY_HANDS: TypeAdapter[Hands] = TypeAdapter(Hands)

_Stamp = tuple[int, int, int] | None


class MovableClock:
    """Reads and moves the clock; one instance may be shared by threads, one file by processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[_Stamp, Hands] = (None, REAL_TIME)

    def now(self) -> datetime:
        """The instant, in UTC. Raises ClockFileError."""
        return self._hands().at(time.time())

    def is_stopped(self) -> bool:
        return isinstance(self._hands(), Stopped)

    def stop(self) -> None:
        """Stands still from now on; stopping twice changes nothing."""
        self._change(lambda hands, real: Stopped(stopped_at=hands.at(real).timestamp()))

    def go(self) -> None:
        """Runs on from where it stands."""
        self._change(lambda hands, real: REAL_TIME.moved_to(hands.at(real), real))

    def set(self, instant: datetime) -> None:
        """Shows this instant; a running clock runs on from it, a stopped one stays stopped."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        self._change(lambda hands, real: hands.moved_to(instant, real))

    def advance(self, by: timedelta) -> None:
        """Moves forward, running or stopped. To go back, say so with `set`."""
        if by < timedelta(0):
            raise ValueError("the clock is only advanced forwards")
        self._change(lambda hands, real: hands.moved_to(hands.at(real) + by, real))

    def reset(self) -> None:
        """Real time again."""
        with self._alone():
            self.path.unlink(missing_ok=True)

    def _hands(self) -> Hands:
        stamp = self._stamp()
        seen_stamp, seen = self._seen
        if stamp == seen_stamp:
            return seen
        hands = self._read()
        self._seen = (stamp, hands)  # replaced in between? then its stamp differs and it is read again
        return hands

    def _stamp(self) -> _Stamp:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def _read(self) -> Hands:
        try:
            with self.path.open("rb") as file:
                content = file.read(FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return REAL_TIME
        try:
            return _ANY_HANDS.validate_json(content[:FILE_BYTES_MAX])
        except ValidationError as unknown:
            wanted = '{"offset_seconds": x} or {"stopped_at": x}'
            raise ClockFileError(f"{self.path} must hold {wanted}; remove it for real time") from unknown

    def _change(self, moved: Callable[[Hands, float], Hands]) -> None:
        with self._alone():
            write_whole(self.path, moved(self._read(), time.time()).model_dump_json())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes that advance the clock at once must not lose one of the moves."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f"{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def write_whole(path: Path, content: str) -> None:
    """Replaces a file in one step, readable by its owner only; its time of change always grows."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(content)
        # File systems stamp with a clock of a few milliseconds: two quick writes would look alike.
        before = path.stat().st_mtime_ns if path.exists() else 0
        changed = max(time.time_ns(), before + 1)
        os.utime(new, ns=(changed, changed))
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
