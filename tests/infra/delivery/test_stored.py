"""Two releases may share the store: what is told of a change that would part them, and what is let pass."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest

from infra import stored
from infra.rendering.stored import shape, shapes
from infra.stored import FILE, complaints
from shared.kernel.records import Sealed, Value


class Status(StrEnum):
    OPEN = "open"
    OVER = "over"


class Before(Value):
    id: str
    place: str
    status: Status = Status.OPEN
    kind: Literal["a", "b"] = "a"
    note: str = ""
    parts: tuple[str, ...] = ()


class WithADefault(Before):
    reason: str = ""


class Wider(Before):
    kind: Literal["a", "b", "c"] = "a"  # type: ignore[assignment]
    note: str | None = ""  # type: ignore[assignment]


class Without(Value):
    id: str
    place: str
    status: Status = Status.OPEN
    kind: Literal["a", "b"] = "a"


class Looser(Before):
    place: str = ""


class NewAndBare(Before):
    reason: str


class Bare(Before):
    note: str


class Gone(Value):
    id: str
    status: Status = Status.OPEN
    kind: Literal["a", "b"] = "a"
    note: str = ""
    parts: tuple[str, ...] = ()


class Narrower(Before):
    status: Literal[Status.OPEN] = Status.OPEN
    kind: Literal["b"] = "b"


class Another(Before):
    parts: tuple[int, ...] = ()  # type: ignore[assignment]


class Hidden(Before):
    note: Sealed = ""


def told(after: type[Value]) -> list[str]:
    return complaints({"things": shape(Before)}, {"things": shape(after)})


@pytest.mark.parametrize("after", [Before, WithADefault, Wider, Without, Looser])
def test_a_change_that_both_can_live_with_passes(after: type[Value]) -> None:
    assert told(after) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (NewAndBare, "things.reason is new and has no default"),
        (Bare, "things.note had a default and has none"),
        (Gone, "things.place is gone, and the release before cannot do without it"),
        (Narrower, "things.kind can no longer be 'a'"),
        (Another, "things.parts can no longer be tuple[str, ...]"),
        (Hidden, "things.note can no longer be str:"),
    ],
)
def test_a_change_that_parts_two_releases_is_told(after: type[Value], said: str) -> None:
    assert any(one.startswith(said) for one in told(after)), told(after)


def test_a_field_goes_in_two_releases() -> None:
    """First nobody needs it, then nobody writes it."""
    whole, may_lack, gone = ({"things": shape(one)} for one in (Before, Looser, Gone))
    assert complaints(whole, may_lack) == complaints(may_lack, gone) == []
    assert complaints(whole, gone) != []


def test_the_list_is_what_the_code_keeps_and_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Changed on purpose: `python -m infra.stored --write`, which refuses what would part two releases."""
    assert stored.main([]) == 0, capsys.readouterr().out


def test_the_list_holds_records_messages_and_what_is_within() -> None:
    known = json.loads(FILE.read_text())
    assert {
        "visits",
        "task:house_visits__ask_next_doctor",
        "topic:visit-booked",
        "runtime.Envelope",
    } <= known.keys()
    assert "null" in known["visits"]["may"]["cascade"]
    assert known["visits"]["may"]["reason"] == ["str sealed"]


def test_what_would_part_two_releases_is_not_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before: dict[str, Any] = shapes()
    del before["visits"]["must"]["address"]
    older = tmp_path / "stored.json"
    older.write_text(stored.as_text(before))
    monkeypatch.setattr(stored, "FILE", older)
    assert stored.main(["--write"]) == 1
    assert "visits.address is new and has no default" in capsys.readouterr().out
    assert older.read_text() == stored.as_text(before)
    older.write_text("{}")
    assert stored.main([]) == 1
    assert stored.main(["--write"]) == stored.main([]) == 0
    assert older.read_text() == FILE.read_text()


def test_the_release_that_runs_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = json.loads(FILE.read_text())
    running["visits"]["must"]["room"] = ["str"]
    (tmp_path / "running.json").write_text(json.dumps(running))
    assert stored.main(["--since", str(tmp_path / "running.json")]) == 1
    assert "visits.room is gone" in capsys.readouterr().out
    assert stored.main(["--since", str(FILE)]) == 0
