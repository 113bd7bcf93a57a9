"""The smoke test, asked of a gateway that serves every function: what it finds right, and what it catches."""

from collections.abc import Iterator

import pytest

from infra import smoke
from infra.local.gateway import Gateway
from infra.smoke import Answer, wrong_with
from shared.runtime import wiring
from tests.world import World

ONE = {"method": "POST", "path": "/v1/house-visits/{visit_id}:cancel", "trigger": "http"}
OURS = {"trace_id": "0" * 32}


@pytest.fixture
def served() -> Iterator[Gateway]:
    gateway = Gateway()
    wiring.use(World().wiring)
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()
        wiring.use(None)


def test_whoever_serves_what_is_declared_passes(served: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    code = smoke.main([served.url, "--release", "local"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert (code, last) == (0, f"{len(smoke.functions()) + 1} asked of release local, 0 wrong")


def test_another_release_than_the_one_deployed_is_told(served: Gateway) -> None:
    _, wrong = smoke.run(served.url, "0123456789ab")
    assert wrong == ["platform__health: ok, release local, not 0123456789ab"]


def test_a_system_that_is_away_fails_everywhere() -> None:
    asked, wrong = smoke.run("http://127.0.0.1:9")
    assert len(wrong) == asked


@pytest.mark.parametrize(
    ("trigger", "answer"),
    [
        ("http", Answer(404, None)),  # the load balancer knows no rule
        ("http", Answer(401, None)),  # the platform's own refusal: the function was not reached
        ("http", Answer(200, {})),
        ("webhook", Answer(200, OURS)),
        ("webhook", Answer(404, None)),
        ("public", Answer(404, None)),
        ("public", Answer(500, OURS)),
        ("task", Answer(200, {})),
        ("schedule", Answer(500, OURS)),
    ],
)
def test_what_must_not_be_is_told(trigger: str, answer: Answer) -> None:
    assert wrong_with("one", {**ONE, "trigger": trigger}, lambda _method, _path: answer)


def test_a_function_that_refuses_in_our_words_is_right() -> None:
    heard: list[tuple[str, str]] = []

    def ask(method: str, path: str) -> Answer:
        heard.append((method, path))
        return Answer(401, OURS)

    assert wrong_with("one", ONE, ask) == ""
    assert heard == [("POST", f"/v1/house-visits/{smoke.NOBODY}:cancel")]
