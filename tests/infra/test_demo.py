"""The demo of a house visit: what it shows has happened, and it says so when something has not."""

import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

from infra.local.demos import certificate, chat, partner
from infra.local.demos.cloud import Cloud
from infra.local.demos.house_visit import STORIES, USUAL, play
from infra.local.demos.stage import ZONE, Stage, next_morning
from infra.local.demos.timeline import WIDTH_MAX, Timeline
from shared.kernel.times import UTC


@pytest.mark.emulator
@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_every_story_keeps_its_promises_and_leaves_the_clock_running(seeded_cloud: Cloud, name: str) -> None:
    told = StringIO()

    assert play(seeded_cloud, name, told) == 0, told.getvalue()

    assert "✗" not in told.getvalue()
    assert not seeded_cloud.clock.is_stopped()


@pytest.mark.emulator
@pytest.mark.slow
def test_certificates_keep_their_promises_and_leave_their_papers(seeded_cloud: Cloud) -> None:
    told = StringIO()

    assert certificate.play(seeded_cloud, told) == 0, told.getvalue()

    assert "✗" not in told.getvalue()
    assert not seeded_cloud.clock.is_stopped()
    assert re.match(r"  3 papers, the last [A-Z]+-\d{4}-\d{6}\.pdf · ", told.getvalue().splitlines()[-1])


@pytest.mark.emulator
@pytest.mark.slow
def test_a_chat_keeps_its_promises_and_leaves_the_conversation(seeded_cloud: Cloud) -> None:
    told = StringIO()

    assert chat.play(seeded_cloud, told) == 0, told.getvalue()

    assert "✗" not in told.getvalue()
    assert not seeded_cloud.clock.is_stopped()
    assert told.getvalue().splitlines()[-1] == "  6 messages · 4 texts · 11 promises, 0 broken"


@pytest.mark.emulator
@pytest.mark.slow
def test_a_partner_keeps_its_promises_and_may_be_shown_again(
    seeded_cloud: Cloud, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [partner.play(seeded_cloud, tmp_path) for _ in range(2)] == [0, 0]

    told = capsys.readouterr().out
    assert "✗" not in told
    figures = r"  9 of 9 promises kept · 8 institutes compared · [5-8] fit · score \d+,\d+ %"
    assert re.fullmatch(figures, told.splitlines()[-1])


@pytest.mark.emulator
@pytest.mark.slow
def test_it_can_be_shown_again_and_ends_with_its_figures(seeded_cloud: Cloud) -> None:
    told = StringIO()

    assert [play(seeded_cloud, USUAL, told) for _ in range(2)] == [0, 0]

    lines = told.getvalue().splitlines()
    # A text whose delivery is reported before its sending writes one line less.
    figures = r"  booked in 21 min · 3 doctors asked · 6 texts, 6 segments · 1[2-5] log lines"
    assert re.fullmatch(figures, lines[-1])
    assert max(len(line) for line in lines) <= WIDTH_MAX
    assert "\x1b" not in told.getvalue()


@pytest.mark.emulator
@pytest.mark.slow
def test_a_promise_that_was_not_kept_is_shown_and_ends_with_1(seeded_cloud: Cloud) -> None:
    told = StringIO()
    stage = Stage(seeded_cloud, Timeline(ZONE, told))
    stage.begin()
    promises = STORIES["integrated"][0](stage)
    promises.add("it rained", False)

    assert promises.tell(stage) == 1

    assert "✗ it rained" in told.getvalue()
    seeded_cloud.clock.go()


def test_a_story_begins_on_a_working_day() -> None:
    friday_noon = datetime(2026, 11, 27, 11, tzinfo=UTC)

    assert next_morning(friday_noon) == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_text_is_shown_word_for_word_within_the_width() -> None:
    told = StringIO()
    body = "Visita: wizyta domowa, choroby wewnetrzne, Warszawa Mokotow. Odpisz TAK 7KJ albo NIE 7KJ."

    Timeline(ZONE, told).text(
        datetime(2026, 11, 24, 8, 3, tzinfo=UTC), "Visita → Dr Lis", body, "", ours=True
    )

    lines = told.getvalue().splitlines()
    assert " ".join(line.strip(" │") for line in lines if "│" in line) == body
    assert any(line.startswith("  09:03  Visita → Dr Lis") for line in lines)
