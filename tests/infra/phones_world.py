"""What tests of the phones begin with: a noon that stands still, an application, time that passes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.clock import MovableClock
from infra.local.phones.twin import PhonesTwin
from tests.infra.phone_app import PhoneApp

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    clock.set(NOON)
    return clock


@pytest.fixture
def app() -> Iterator[PhoneApp]:
    app = PhoneApp()
    yield app
    app.stop()


def let_pass(phones: PhonesTwin, clock: MovableClock, by: timedelta = timedelta(seconds=5)) -> None:
    """As the local cloud does it: from one due thing to the next."""
    end = clock.now() + by
    while (due := phones.next_due()) is not None and due <= end:
        clock.set(max(due, clock.now()))
        assert phones.drain()
    clock.set(end)
