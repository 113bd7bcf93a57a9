"""On which days somebody looks at a certificate: when one of its dates comes nearer by a threshold."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Final, Literal

Threshold = Literal[60, 30, 14, 7, 0]
THRESHOLDS: Final[tuple[Threshold, ...]] = (60, 30, 14, 7, 0)
"""Days before a date on which an employer may be reminded; each employer chooses among them."""
SHARDS: Final = 16
"""The looking is shared by so many, whoever the employer: 100,000 certificates of one come to 6,250 each."""


def next_look(dues: Iterable[date], until: date | None) -> date | None:
    """`until`: all that fell on that day or before has been done; None where nobody has looked yet."""
    days = (due - timedelta(days=days) for due in dues for days in THRESHOLDS)
    return min((day for day in days if until is None or day > until), default=None)


def reached(due: date, until: date | None, today: date) -> tuple[int, ...]:
    """The thresholds that have been passed since somebody looked last, the nearest to the date first."""
    passed = {days: due - timedelta(days=days) for days in THRESHOLDS}
    return tuple(
        sorted(days for days, day in passed.items() if day <= today and (until is None or day > until))
    )


def shard_of(certificate_id: str) -> int:
    return sha256(certificate_id.encode()).digest()[0] % SHARDS
