"""The figures of every minute, and the page that shows them to anybody."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from functions.platform.report_metrics import report_metrics
from functions.platform.status import status
from shared.runtime import entry
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.incoming import Incoming
from shared.runtime.letters import KEEP, Letter
from shared.runtime.problem import Answer
from tests.world import TENANT, World

PAGE = status.declaration  # type: ignore[attr-defined]  # every action carries one


def figures(said: str) -> list[dict[str, Any]]:
    lines = [json.loads(one) for one in said.splitlines() if one.startswith("{")]
    return [one for one in lines if one["message"] == "figures"]


def letter(world: World, due_ago: timedelta) -> Letter:
    now = world.clock.now()
    return Letter(
        id="l-1",
        tenant_id="another",
        target="topic:sms-received",
        written_at=now,
        due_at=now - due_ago,
        expires_at=now + KEEP,
    )


def shown(world: World) -> Answer:
    return entry.answer_to(PAGE, Incoming("GET", "/v1/status", "", {}, b""), world.wiring)


def test_nothing_waits_in_an_empty_system(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.tick(report_metrics)
    (line,) = figures(capsys.readouterr().out)
    assert (line["outbox_age_seconds"], line["dead_letters"]) == (0, 0)


def test_the_oldest_letter_of_any_tenant_counts(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.given(letter(world, timedelta(minutes=9)))
    world.tick(report_metrics)
    (line,) = figures(capsys.readouterr().out)
    assert line["outbox_age_seconds"] == 540


def test_a_letter_whose_time_has_not_come_is_not_old(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.given(letter(world, timedelta(minutes=-2)))
    world.tick(report_metrics)
    (line,) = figures(capsys.readouterr().out)
    assert line["outbox_age_seconds"] == 0


def test_what_was_replayed_is_not_buried_any_more(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    now = world.clock.now()
    facts = {"tenant_id": TENANT, "entry_point": "a__b", "target": "a__b", "envelope": "{}", "error": "E"}
    times = {"buried_at": now, "expires_at": now + KEEP}
    world.given(
        DeadLetter(id="one", **facts, **times), DeadLetter(id="two", **facts, **times, replayed_at=now)
    )
    world.tick(report_metrics)
    (line,) = figures(capsys.readouterr().out)
    assert line["dead_letters"] == 1


def test_the_page_says_that_all_is_well(world: World) -> None:
    world.tick(report_metrics)
    answer = shown(world)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "All is working." in answer.body.decode()
    HTMLParser().feed(answer.body.decode())


def test_the_page_says_what_is_slow(world: World) -> None:
    world.given(letter(world, timedelta(minutes=9)))
    world.tick(report_metrics)
    page = shown(world).body.decode()
    assert '<th scope="row">messages and texts</th><td>slow</td>' in page
    assert "Not all is well" in page


def test_old_news_is_no_news(world: World) -> None:
    assert "not known" in shown(world).body.decode()
    world.tick(report_metrics)
    world.advance(timedelta(minutes=6))
    assert "not known" in shown(world).body.decode()
