"""The nightly look at the visits, a page at a time: what is asked for, where it goes on, what is said."""

from datetime import date

from functions.house_visits.domain.checking import PAGE, CheckVisits, next_page, page, verdict
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.effects import Later
from shared.kernel.ports import Query
from shared.kernel.records import Activity
from tests.functions.house_visits.domain.a_visit import MINUTE, NOW, at, visit
from tests.functions.house_visits.domain.told import said, told

ROUND = CheckVisits(since=at("00:00", 21), until=at("00:00", 28), day=date(2026, 11, 24))
WITHOUT_SEARCH = "is_looked_after: searching without a search"
NO_WINNER = "has_one_winner_at_most: booked without a winner"


def line(number: int, did: str, **details: str) -> Activity:
    return Activity(
        record_id="v1", number=number, at=NOW, by_role="system", by_user="", did=did, details=details
    )


def test_a_page_holds_the_visits_of_its_time_after_the_last_one_seen() -> None:
    asked = Query(
        "visits",
        (("window_starts_at", ">=", at("00:00", 21)), ("window_starts_at", "<", at("00:00", 28))),
        (("window_starts_at", "asc"), ("id", "asc")),
        (),
        PAGE,
    )
    assert page(ROUND) == asked
    assert page(ROUND.but(after="v7")).after == (at("00:00", 21), "v7")


def test_the_next_page_begins_after_the_last_visit_of_a_full_one() -> None:
    visits = [
        visit(id=f"v{number}", window_starts_at=at("10:00") + number * MINUTE) for number in range(PAGE)
    ]
    last = at("10:49")
    assert next_page(ROUND, visits, NOW) == (
        Later(key="check-visits-2026-11-24-v49", message=ROUND.but(since=last, after="v49"), at=NOW),
    )
    assert next_page(ROUND, visits[1:], NOW) == ()


def broken() -> Visit:
    return visit(VisitStatus.OFFERING, version=1)


def test_what_is_broken_is_a_line_in_the_log_and_waits_for_a_person() -> None:
    before = broken()
    assert told(before, verdict(before, [line(1, "requested")], (), NOW)) == said(
        f"""
        promise_broken what="{WITHOUT_SEARCH}" promises=is_looked_after
          attention: "" > promise_broken
        """
    )


def test_what_waits_for_a_person_already_goes_on_waiting_for_the_first_reason() -> None:
    decision = verdict(broken().but(attention="late_yes"), [line(1, "requested")], (), NOW)
    assert decision is not None
    assert decision.record.attention == "late_yes"


def test_of_several_broken_promises_each_is_told() -> None:
    decision = verdict(visit(VisitStatus.BOOKED, version=2), [line(1, "requested")], (), NOW)
    assert decision is not None
    assert decision.details == {
        "what": f"{NO_WINNER}; has_a_whole_log: version 2, lines [1]..[1], 1 in all",
        "promises": "has_one_winner_at_most, has_a_whole_log",
    }


def test_what_is_known_is_told_once_and_what_is_new_is_told() -> None:
    before = broken().but(version=2)
    assert (
        verdict(before, [line(1, "requested"), line(2, "promise_broken", what=WITHOUT_SEARCH)], (), NOW)
        is None
    )
    for other in (line(2, "promise_broken", what=NO_WINNER), line(2, "noted", what=WITHOUT_SEARCH)):
        decision = verdict(before, [line(1, "requested"), other], (), NOW)
        assert decision is not None
        assert decision.details["what"] == WITHOUT_SEARCH


def test_a_visit_that_keeps_its_promises_is_left_alone() -> None:
    assert verdict(visit(version=1), [line(1, "requested")], (), NOW) is None
