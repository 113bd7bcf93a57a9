"""A release before had other functions: what is deployed of them, and what stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra import going_back, smoke
from infra.going_back import GENERATED, gone_back

NOW: dict[str, Any] = {
    "functions": {"kept": {"service": "kept", "memory_mb": 512}, "new": {"service": "new"}},
    "queues": ["old", "new"],
    "topics": ["said"],
    "routes": [{"template": "/kept", "service": "kept"}, {"template": "/new", "service": "new"}],
    "deliveries_max": 5,
}
BEFORE: dict[str, Any] = {
    "functions": {"kept": {"service": "kept", "memory_mb": 256}, "removed": {"service": "removed"}},
    "queues": ["old", "older"],
    "topics": ["said", "whispered"],
    "routes": [{"template": "/kept", "service": "kept"}, {"template": "/removed", "service": "removed"}],
    "deliveries_max": 3,
}


def test_a_function_that_the_release_before_had_not_goes_and_one_it_had_comes_back() -> None:
    """The archive of then holds no code for the new one: it would not start, and the apply would fail."""
    found = gone_back(NOW, BEFORE)
    assert found["functions"] == {
        "kept": {"service": "kept", "memory_mb": 512},
        "removed": {"service": "removed"},
    }
    assert found["routes"] == BEFORE["routes"]


def test_no_queue_and_no_topic_is_taken_away() -> None:
    found = gone_back(NOW, BEFORE)
    assert found["queues"] == ["new", "old", "older"]
    assert found["topics"] == ["said", "whispered"]
    assert found["deliveries_max"] == 5


def test_going_back_to_ourselves_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert going_back.main([str(GENERATED)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(GENERATED.read_text())


def test_after_a_rollback_the_routes_of_then_are_asked(tmp_path: Path) -> None:
    declared = tmp_path / "back.tfvars.json"
    kept = {"trigger": "http", "method": "GET", "path": "/v1/kept"}
    declared.write_text(json.dumps({"functions": {"kept": kept}}))
    assert smoke.run("http://127.0.0.1:9", "bbb", declared)[0] == len(smoke.functions(declared)) + 1 == 2
