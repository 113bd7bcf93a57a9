"""Looking through visits, and the texts of doctors, for broken promises, a page at a time."""

from collections.abc import Sequence
from datetime import date, datetime

from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.listing import VisitFilter, visits_where
from functions.house_visits.domain.promises import Lines, broken
from functions.house_visits.domain.reply_facts import Outcome
from functions.house_visits.domain.text_promises import desks_broken, ends_once
from functions.house_visits.domain.visit import Visit
from shared.contracts.messaging import InboundText
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.promises import FOUND, names_of, news
from shared.kernel.records import Decision

PAGE = 50
LINES_MAX = 1_000


class CheckVisits(Message):
    """A page of visits whose window begins in this time, after the visit named. `day` names the round."""

    since: datetime
    until: datetime
    day: date
    after: str = ""


class CheckTexts(Message):
    """A page of texts received since then, after the one named."""

    since: datetime
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


def verdict(visit: Visit, lines: Lines, desks: Sequence[Desk], now: datetime) -> Decision[Visit] | None:
    """None for a visit that keeps its promises, or of which this is known."""
    wrong = (*broken(visit, lines, now), *desks_broken(visit, desks))
    details = news(wrong, names_of(wrong), lines)
    return Decision(visit.but(attention=visit.attention or FOUND), FOUND, details) if details else None


def texts_page(message: CheckTexts) -> Query:
    return Query(
        InboundText.kind,
        where=(("received_at", ">=", message.since),),
        order=(("received_at", "asc"), ("id", "asc")),
        after=(message.since, message.after) if message.after else (),
        limit=PAGE,
    )


def next_texts(message: CheckTexts, texts: Sequence[InboundText], now: datetime) -> tuple[Later, ...]:
    if len(texts) < PAGE:
        return ()
    again = message.but(since=texts[-1].received_at, after=texts[-1].id)
    return (Later(key=f"check-texts-{message.day}-{again.after}", message=again, at=now),)


def handed_over(text: InboundText, now: datetime) -> InboundText | None:
    """A text that came to no end, as it is given to a person; None where nothing is wrong."""
    if not any(ends_once(text, now)):
        return None
    return text.but(outcome=Outcome.TO_OPERATOR.value, reason=FOUND)
