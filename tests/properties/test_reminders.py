"""Reminders on random histories: whoever looks when, late, twice or not at all, each is told once."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, NextDueReason
from functions.referrals.domain.look_days import THRESHOLDS, next_look, reached
from functions.referrals.domain.reminder_promises import tells_once
from functions.referrals.domain.reminders import Reminder, looked_at
from tests.functions.referrals.people import TODAY, certificate

DAY = timedelta(days=1)
DUES = some.lists(
    some.tuples(some.sampled_from(NextDueReason), some.integers(-400, 200)),
    min_size=1, max_size=4, unique_by=lambda one: one[0],
)  # fmt: skip
LOOKS = some.lists(some.integers(0, 250), min_size=1, max_size=40)


def held(dues: Sequence[tuple[NextDueReason, int]]) -> FitnessCertificate:
    return certificate(
        next_dues=tuple(NextDue(reason=reason, due_on=TODAY + days * DAY) for reason, days in dues)
    )


def looked_through(it: FitnessCertificate, days: Sequence[date]) -> tuple[FitnessCertificate, list[Reminder]]:
    """On those days, in that order, as the scan does: only when the certificate says that somebody should."""
    found: list[Reminder] = []
    for day in days:
        if it.look_on is not None and it.look_on <= day:
            decision, new = looked_at(it, day)
            it, found = decision.record, found + new
    return it, found


@given(DUES, LOOKS)
@settings(max_examples=200, deadline=None)
def test_each_threshold_is_passed_once_whenever_somebody_looks(
    dues: list[tuple[NextDueReason, int]], looks: list[int]
) -> None:
    """Late, twice, out of order: a scan of an older day that comes after a newer one finds nothing."""
    _, found = looked_through(held(dues), [TODAY + days * DAY for days in looks])
    assert list(tells_once(found)) == []
    assert len({one.id for one in found}) == len(found)


@given(DUES, LOOKS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_forgotten_however_many_days_are_missed(
    dues: list[tuple[NextDueReason, int]], looks: list[int]
) -> None:
    """In the end every threshold of every date has been passed, and nobody needs to look again."""
    days = [*sorted(TODAY + number * DAY for number in looks), TODAY + 300 * DAY]
    it, found = looked_through(held(dues), days)
    assert it.look_on is None
    for due in it.next_dues:
        passed = [days for one in found if one.reason == due.reason for days in one.reached]
        assert sorted(passed, reverse=True) == list(THRESHOLDS)


@given(some.integers(-400, 400), some.none() | some.integers(-400, 400))
def test_the_day_to_look_is_the_first_with_something_to_say(days: int, until: int | None) -> None:
    due, looked = TODAY + days * DAY, None if until is None else TODAY + until * DAY
    at = next_look([due], looked)
    if at is None:
        assert looked is not None
        assert reached(due, looked, due + 1000 * DAY) == ()
    else:
        assert reached(due, looked, at)
        assert reached(due, looked, at - DAY) == ()
