"""Looking through visits for broken promises, a page at a time."""

from collections.abc import Sequence
from datetime import date, datetime

from functions.house_visits.domain.listing import VisitFilter, visits_where
from functions.house_visits.domain.promises import Lines, broken
from functions.house_visits.domain.visit import Visit
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.records import Decision

PAGE = 50
LINES_MAX = 1_000
FOUND = "promise_broken"
PROMISES = "promises"
"""Which ones, by name: the detail that is said in the log of the program too."""


class CheckVisits(Message):
    """A page of visits whose window begins in this time, after the visit named. `day` names the round."""

    since: datetime
    until: datetime
    day: date
    after: str = ""


def page(message: CheckVisits) -> Query:
    found = visits_where(VisitFilter(since=message.since, until=message.until))
    after = (message.since, message.after) if message.after else ()
    return Query(found.collection, found.where, found.order, after, PAGE)


def next_page(message: CheckVisits, visits: Sequence[Visit], now: datetime) -> tuple[Later, ...]:
    """The look at the page after this one; none where this was the last."""
    if len(visits) < PAGE:
        return ()
    last = visits[-1]
    again = message.but(since=last.window_starts_at, after=last.id)
    return (Later(key=f"check-visits-{message.day}-{last.id}", message=again, at=now),)


def verdict(visit: Visit, lines: Lines, now: datetime) -> Decision[Visit] | None:
    """None for a visit that keeps its promises, or of which this is known."""
    wrong = broken(visit, lines, now)
    found = "; ".join(wrong)
    known = any(line.did == FOUND and line.details.get("what") == found for line in lines)
    if not found or known:
        return None
    details = {"what": found, PROMISES: ", ".join(dict.fromkeys(one.partition(":")[0] for one in wrong))}
    return Decision(visit.but(attention=visit.attention or FOUND), FOUND, details)
