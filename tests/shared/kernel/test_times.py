"""Times as people send them: refused where they can only be a slip, so that no rule ever stumbles."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.kernel.times import Instant, PreferredWindow

AN_AFTERNOON: dict[str, Any] = {"day": "2026-11-24", "begins": "14:00", "ends": "18:00"}


def test_a_window_is_a_day_and_two_times_on_the_wall() -> None:
    window = PreferredWindow.model_validate(AN_AFTERNOON)

    assert (window.day, window.begins) == (date(2026, 11, 24), time(14))
    assert window.starts_at == datetime(2026, 11, 24, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"day": "0001-01-01"},  # there is no instant before it in which Warsaw's midnight could fall
        {"day": "9999-12-31", "zone": "America/New_York"},
        {"day": "1899-12-31"},
        {"begins": "14:00Z"},
        {"ends": "18:00+02:00"},
    ],
)
def test_a_window_at_the_end_of_time_or_of_another_zone_is_not_understood(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PreferredWindow.model_validate(AN_AFTERNOON | change)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-24T13:00:00"]
)
def test_an_instant_that_utc_cannot_tell_is_not_understood(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(text)


def test_an_instant_is_kept_in_utc() -> None:
    at: datetime = TypeAdapter(Instant).validate_python("2026-11-24T14:00:00+01:00")

    assert at.isoformat() == "2026-11-24T13:00:00+00:00"
