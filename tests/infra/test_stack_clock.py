"""How far the clock is told to go."""

from datetime import timedelta

import pytest

from infra.local.cli.clock import duration
from infra.local.stack.part import Refused


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("+90s", timedelta(seconds=90)),
        ("+10m", timedelta(minutes=10)),
        ("+1h30m", timedelta(hours=1, minutes=30)),
        ("+8d", timedelta(days=8)),
        ("+1w2d", timedelta(days=9)),
    ],
)
def test_a_span_of_time_is_understood(said: str, meant: timedelta) -> None:
    assert duration(said) == meant


@pytest.mark.parametrize("said", ["+", "+10", "+m", "+10 m", "+1y", "+1.5h", "+-5m", "+9999999s"])
def test_what_is_no_span_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="no span of time"):
        duration(said)
