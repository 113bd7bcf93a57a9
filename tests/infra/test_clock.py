"""The clock of the local cloud can be trusted by every process that reads it."""

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.clock import ClockFileError, MovableClock

NOON = datetime(2026, 11, 24, 12, 0, 0, 123457, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    return MovableClock(tmp_path / "clock.json")


def test_without_a_file_it_shows_the_real_time(clock: MovableClock) -> None:
    assert abs(clock.now() - datetime.now(UTC)) < A_MOMENT
    assert not clock.is_stopped()


def test_a_stopped_clock_stands_still_to_the_microsecond(clock: MovableClock) -> None:
    clock.stop()
    clock.set(NOON)

    assert clock.now() == clock.now() == NOON


def test_a_running_clock_runs_on_from_where_it_was_set(clock: MovableClock) -> None:
    clock.set(NOON)

    first = clock.now()
    assert NOON <= first < NOON + A_MOMENT
    assert clock.now() > first


@pytest.mark.parametrize("stopped", [True, False])
def test_it_advances_whether_it_runs_or_not(clock: MovableClock, stopped: bool) -> None:
    clock.set(NOON)
    if stopped:
        clock.stop()
    before = clock.now()

    clock.advance(timedelta(days=8))

    assert timedelta(0) <= clock.now() - before - timedelta(days=8) < A_MOMENT
    assert clock.is_stopped() is stopped


def test_a_thousand_small_steps_add_up_exactly(clock: MovableClock) -> None:
    clock.stop()
    clock.set(NOON)

    for _ in range(1_000):
        clock.advance(timedelta(microseconds=100_001))

    assert clock.now() == NOON + timedelta(microseconds=100_001_000)


def test_going_on_loses_no_time_and_skips_none(clock: MovableClock) -> None:
    clock.stop()
    clock.set(NOON)
    clock.go()

    assert NOON <= clock.now() < NOON + A_MOMENT


def test_reset_is_the_real_time_again(clock: MovableClock) -> None:
    clock.set(NOON)
    clock.reset()

    assert abs(clock.now() - datetime.now(UTC)) < A_MOMENT


def test_every_reader_sees_every_move_however_quick(clock: MovableClock) -> None:
    reader = MovableClock(clock.path)
    clock.stop()

    for minute in range(500):
        clock.set(NOON + timedelta(minutes=minute))
        assert reader.now() == clock.now() == NOON + timedelta(minutes=minute)


def test_moves_of_several_writers_all_count(clock: MovableClock) -> None:
    clock.stop()
    clock.set(NOON)
    writers = [threading.Thread(target=_advance_often, args=(clock.path,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert clock.now() == NOON + timedelta(seconds=4 * 50)


def _advance_often(path: Path) -> None:
    for _ in range(50):
        MovableClock(path).advance(timedelta(seconds=1))


def test_another_process_sees_the_same_instant(clock: MovableClock) -> None:
    clock.stop()
    clock.set(NOON)
    script = (
        "import sys; from pathlib import Path; from infra.local.clock import MovableClock;"
        "print(MovableClock(Path(sys.argv[1])).now().isoformat())"
    )
    told = subprocess.run([sys.executable, "-c", script, str(clock.path)], capture_output=True, check=True)

    assert told.stdout.decode().strip() == NOON.isoformat()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "noon",
        "[]",
        "3",
        '{"offset_seconds": "1"}',
        '{"stopped_at": null}',
        '{"stopped_at": 1, "offset_seconds": 1}',
        '{"frozen": true}',
        '{"stopped_at": 1800000000000}',
        '{"offset_seconds": NaN}',
    ],
)
def test_a_file_that_is_no_clock_is_named_and_never_guessed(clock: MovableClock, content: str) -> None:
    clock.path.write_text(content)

    with pytest.raises(ClockFileError, match=r"clock\.json"):
        clock.now()


def test_the_documented_file_forms_are_read(clock: MovableClock) -> None:
    clock.path.write_text('{"stopped_at": 1800000000}')
    assert clock.now() == datetime.fromtimestamp(1_800_000_000, UTC)

    clock.path.write_text('{"offset_seconds": 3600.5}')
    assert abs(clock.now() - datetime.now(UTC) - timedelta(seconds=3600.5)) < A_MOMENT


def test_the_clock_does_not_go_back_by_accident(clock: MovableClock) -> None:
    with pytest.raises(ValueError, match="forwards"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="zone"):
        clock.set(datetime(2026, 11, 24, 12))  # noqa: DTZ001 - the refusal is the point


def test_reading_is_cheap_enough_to_be_asked_often(clock: MovableClock) -> None:
    clock.stop()
    began = time.perf_counter()
    for _ in range(2_000):
        clock.now()

    assert (time.perf_counter() - began) / 2_000 < 0.000_5
