"""Brings the local cloud up and down: starts parts in order, waits for real answers, ends only its own."""

import fcntl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from infra.local.stack import process
from infra.local.stack.part import Absent, Part, Setting
from infra.local.stack.places import ROOT, Places
from infra.local.stack.process import Process

POLL_SECONDS = 0.05
LOG_LINES_MAX = 15
"""How much of a part's log is shown when it does not come up."""


class State(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    SILENT = "does not answer"
    ELSEWHERE = "elsewhere"
    ABSENT = "absent"


@dataclass(frozen=True)
class Seen:
    """One part as it is now."""

    part: Part
    state: State
    url: str = ""
    pid: int | None = None
    note: str = ""


class DidNotComeUp(Exception):
    """A part ended or stayed silent; the message holds the end of its log."""


@dataclass(frozen=True)
class Supervisor:
    """Looks after one local cloud, the one whose files are in `setting.places`."""

    setting: Setting
    parts: Sequence[Part]
    base_env: Mapping[str, str]
    """What the parts inherit; the setting's own table goes over it."""
    elsewhere: frozenset[str] = frozenset()
    """Names of parts that the user runs himself: never started, never ended."""
    end_with_us: bool = False
    """For a private cloud: nothing of it outlives this process, however it ends."""

    def start(self) -> list[Seen]:
        """Starts what does not run yet; all of it is up, or nothing is left. Raises DidNotComeUp."""
        started: list[Part] = []
        try:
            for wave in _waves(self.parts):
                for part in wave:
                    with process.undisturbed():
                        started += [part] if self._start_one(part) else []
                self._wait_for([part for part in wave if part in started])
        except BaseException:  # Ctrl-C too: what this call began, it takes away again
            self.stop([part.name for part in started])
            raise
        return self.look()

    def stop(self, names: Sequence[str] | None = None) -> list[str]:
        """Ends the gateway first, then the rest together; tells who was ended."""
        chosen = [part for part in reversed(self.parts) if names is None or part.name in names]
        running = {part.name: found for part in chosen if (found := self.process_of(part.name))}
        callers = [found for name, found in running.items() if name == "gateway"]
        process.end_all(callers)
        process.end_all([found for found in running.values() if found not in callers])
        for part in chosen:
            self._pid_file(part.name).unlink(missing_ok=True)
        return list(running)

    def look(self) -> list[Seen]:
        return [self._look_at(part) for part in self.parts]

    def process_of(self, name: str) -> Process | None:
        return process.load(self._pid_file(name))

    def _start_one(self, part: Part) -> bool:
        """True when this call started it."""
        if part.name in self.elsewhere or self.process_of(part.name):
            return False
        try:
            command = part.command(self.setting)
        except Absent:
            return False  # look() tells why
        part.prepare(self.setting)
        begun = process.start(
            command,
            env={**self.base_env, **self.setting.env, **part.env},
            log=self.setting.places.log_of(part.name),
            cwd=ROOT,
            end_with_parent=self.end_with_us,
        )
        process.save(begun, self._pid_file(part.name))
        return True

    def _wait_for(self, parts: Sequence[Part]) -> None:
        began = time.monotonic()
        waiting = list(parts)
        while waiting:
            waiting = [part for part in waiting if not part.probe(self.setting.ports)]
            for part in waiting:
                self._complain_if_late(part, time.monotonic() - began)
            time.sleep(POLL_SECONDS if waiting else 0)

    def _complain_if_late(self, part: Part, seconds: float) -> None:
        if self.process_of(part.name) is None:
            raise DidNotComeUp(f"{part.name} ended while starting\n{self._end_of_log(part)}")
        if seconds > part.ready_seconds_max:
            raise DidNotComeUp(
                f"{part.name} did not answer on {part.url(self.setting.ports)} "
                f"within {part.ready_seconds_max:.0f} s\n{self._end_of_log(part)}"
            )

    def _look_at(self, part: Part) -> Seen:
        url = part.url(self.setting.ports)
        if part.name in self.elsewhere:
            return Seen(part, State.ELSEWHERE, self.setting.env[part.replaced_by or ""])
        found = self.process_of(part.name)
        if found:
            answers = part.probe(self.setting.ports)
            state = State.RUNNING if answers else State.SILENT
            return Seen(part, state, url, found.pid, part.note(self.setting))
        try:
            part.command(self.setting)
        except Absent as reason:
            return Seen(part, State.ABSENT, note=str(reason))
        return Seen(part, State.STOPPED)

    def _end_of_log(self, part: Part) -> str:
        file = self.setting.places.log_of(part.name)
        lines = file.read_text(errors="replace").splitlines() if file.exists() else []
        return "\n".join(f"    {line}" for line in [*lines[-LOG_LINES_MAX:], f"({file})"])

    def _pid_file(self, name: str) -> Path:
        return self.setting.places.pids / f"{name}.json"


@contextmanager
def only_one_at_a_time(places: Places) -> Iterator[None]:
    """Two `up` in two terminals: the second waits, then finds everything running."""
    places.make()
    with (places.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _waves(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Groups of parts that may start together, each after what it needs."""
    names = {part.name for part in parts}
    done: set[str] = set()
    left = list(parts)
    while left:
        wave = [part for part in left if not (set(part.after) & names) - done]
        if not wave:
            raise ValueError(f"parts wait for each other: {[part.name for part in left]}")
        yield wave
        done |= {part.name for part in wave}
        left = [part for part in left if part not in wave]
