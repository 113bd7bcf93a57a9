"""What one story asks of everything outside, by action. `python -m tests.bench.story_counts [--write]`

Counted where the program meets the world: documents read and written, round trips, tasks, messages, texts and
their segments, mails, commits (each is a line of the audit log), numbers of certificates taken. Counts are
the same on every machine and in both bodies of the world (tests/emulator/test_story_counts.py asks the
emulator). infra/capacity multiplies them. A new module joins by
a story in STORIES; an action that no story tells is counted by its timetable only.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from shared.contracts.numbering import NumberSeries
from shared.kernel.gsm import segments
from shared.kernel.ports import Documents, Query, Snapshot, Write
from shared.runtime import log
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests.bench import module_stories, stories
from tests.world import World

FILE: Final = Path(__file__).resolve().parents[2] / "infra" / "capacity" / "measured.json"
STORIES: Final[Mapping[str, Callable[[World], None]]] = {
    "visit": stories.visit,
    "certificate": stories.certificate,
    "document": stories.document,
    "referral": module_stories.referral,
    "partner": module_stories.partner,
    "talk": module_stories.talk,
}
SAID: Final = ("done", "refused", "crashed")


@dataclass
class Counts:
    calls: int = 0
    round_trips: int = 0
    reads: int = 0
    writes: int = 0
    deletes: int = 0
    tasks: int = 0
    messages: int = 0
    texts: int = 0
    segments: int = 0
    mails: int = 0
    commits: int = 0
    numbers: int = 0


class CountingDocuments:
    """Who is running stands in the log's context: the door puts it there."""

    def __init__(self, inner: Documents, counts: Mapping[str, Counts]) -> None:
        self._inner = inner
        self._counts = counts

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        self._mine(reads=len(set(paths)))
        return self._inner.read(paths)

    def query(self, query: Query) -> list[Snapshot]:
        found = self._inner.query(query)
        self._mine(reads=max(1, len(found)))  # finding nothing is billed as one
        return found

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        gone = sum(one.fields is None for one in writes)
        numbers = sum(one.path.startswith(f"{NumberSeries.kind}/") for one in writes)
        self._mine(writes=len(writes) - gone, deletes=gone, commits=1, numbers=numbers)
        return self._inner.commit(writes)

    def _mine(self, **more: int) -> None:
        mine = self._counts[log.function.get()]
        for field, number in {"round_trips": 1, **more}.items():
            setattr(mine, field, getattr(mine, field) + number)


class Counting:
    """A socket of which only how often it is called is of interest."""

    def __init__(self, inner: Any, method: str, note: Callable[[Any], None]) -> None:
        self._inner, self._method, self._note = inner, method, note

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name != self._method:
            return found

        def noted(first: Any, *rest: Any) -> Any:
            self._note(first)
            return found(first, *rest)

        return noted


def counted(tell: Callable[[World], None], world: World | None = None) -> dict[str, Counts]:
    """By entry point. What the story arranges beforehand is not counted."""
    world = world or World()
    counts: dict[str, Counts] = defaultdict(Counts)
    plug(world, counts)
    log.function.set("")
    with redirect_stdout(StringIO()) as said:
        tell(world)
    for line in said.getvalue().splitlines():
        told = json.loads(line) if line.startswith("{") else {}
        if told.get("message") in SAID:
            counts[told["function"]].calls += 1
    counts.pop("", None)
    return {name: counts[name] for name in sorted(counts)}


def plug(world: World, counts: Mapping[str, Counts]) -> None:
    """From now on what the world asks is counted; under "" where no function runs."""
    plugged, through = world.wiring.__dict__, world.door

    def door(action: Declaration, incoming: Incoming) -> Answer:
        """What the story itself looks up between two requests is nobody's."""
        try:
            return through(action, incoming)
        finally:
            log.function.set("")

    world.door = door  # type: ignore[method-assign]  # of this world alone

    def add(field: str) -> Callable[[Any], None]:
        def note(_: Any) -> None:
            mine = counts[log.function.get()]
            setattr(mine, field, getattr(mine, field) + 1)

        return note

    def text(sms: Any) -> None:
        mine = counts[log.function.get()]
        mine.texts += 1
        mine.segments += segments(sms.body).segments

    plugged["documents"] = CountingDocuments(plugged["documents"], counts)
    plugged["queue"] = Counting(plugged["queue"], "add", add("tasks"))
    plugged["topics"] = Counting(plugged["topics"], "publish", add("messages"))
    plugged["mail"] = Counting(plugged["mail"], "send", add("mails"))
    plugged["sms"] = Counting(plugged["sms"], "send", text)


def all_counts() -> dict[str, Any]:
    return {
        name: {action: asdict(one) for action, one in counted(tell).items()} for name, tell in STORIES.items()
    }


def main(words: Sequence[str]) -> int:
    found = json.dumps(all_counts(), indent=1) + "\n"
    if "--write" in words:
        FILE.write_text(found)
    same = FILE.exists() and FILE.read_text() == found
    stories_told = json.loads(found)
    for name, actions in stories_told.items():
        whole = {field: sum(one[field] for one in actions.values()) for field in asdict(Counts())}
        print(f"{name}: {', '.join(f'{value} {field}' for field, value in whole.items())}")
    print(f"{len(stories_told)} stories counted; {FILE.name} is {'the same' if same else 'another: --write'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
