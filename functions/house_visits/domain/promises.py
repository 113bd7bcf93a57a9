"""What the record of a visit and its log must never show, whatever failed on the way.

Asked of every visit each night, of every history in the simulator, and on the emulators. Each promise looks
at what is kept and says what is wrong with it, or nothing. The numbers are those of the domain's invariants.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.records import Activity

Lines = Sequence[Activity]

TAKEN: Final = (VisitStatus.BOOKED, VisitStatus.COMPLETED, VisitStatus.NO_SHOW)
BY_OFFER: Final = (Channel.SMS, Channel.APP)
GIVEN_BACK: Final = frozenset({"winner_withdrew", "rescheduled", "cancelled", "no_show"})
SLACK: Final = timedelta(minutes=5)
"""How late a step may be while nothing has failed for good: a sweeper looks every minute."""


def broken(visit: Visit, lines: Lines, now: datetime) -> tuple[str, ...]:
    """What is wrong, "promise: what", in ids only; empty for a visit that keeps its promises."""
    return tuple(f"{one.__name__}: {what}" for one in PROMISES for what in one(visit, lines, now))


def has_one_winner_at_most(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """1: whatever the channel. Between two bookings the first was given back."""
    accepted = [one.id for one in visit.offers if one.status == OfferStatus.ACCEPTED]
    winner = visit.winner
    if (winner is not None) != (visit.status in TAKEN) and visit.status != VisitStatus.CANCELLED:
        yield f"{visit.status} with{'' if winner else 'out'} a winner"
    if len(accepted) > 1:
        yield f"accepted offers: {', '.join(accepted)}"
    booked = winner if visit.status == VisitStatus.BOOKED else None
    if booked is not None and booked.channel in BY_OFFER and accepted != [booked.offer_id]:
        yield f"won by {booked.offer_id}, accepted {accepted}"
    taken = False
    for line in lines:
        if line.did == "booked" and taken:
            yield f"booked again in line {line.number}"
        taken = (taken or line.did == "booked") and line.did not in GIVEN_BACK


def asks_nobody_twice(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """2: one text to one doctor in one search, and none once the visit is over."""
    asked: Counter[tuple[int, object]] = Counter()
    search, over = 0, False
    for line in lines:
        search += line.did in ("search_started", "winner_withdrew")
        over = over or line.did in ("cancelled", "completed")
        if line.did == "doctor_asked":
            asked[search, line.details.get("doctor_id")] += 1
            if over:
                yield f"asked in line {line.number}, after the end"
    for (_, doctor_id), times in asked.items():
        if times > 1:
            yield f"{doctor_id} was asked {times} times"


def hears_a_text_once(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """3: whoever brings it, and however often."""
    heard = Counter(text for line in lines if (text := line.details.get("text_id")))
    yield from (f"{text} in {times} lines" for text, times in heard.items() if times > 1)


def has_a_whole_log(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """5: one line for each change, numbered without a gap."""
    numbers = [line.number for line in lines]
    if numbers != list(range(1, visit.version + 1)):
        yield f"version {visit.version}, lines {numbers[:1]}..{numbers[-1:]}, {len(numbers)} in all"


def is_looked_after(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """6: what waits has a time at which it is looked at, or a person who knows of it."""
    match visit.status:
        case VisitStatus.OFFERING if visit.cascade is None or not visit.cascade.is_live:
            yield "searching without a search"
        case VisitStatus.OFFERING | VisitStatus.UNKNOWN_OUTCOME:
            yield from _overdue(visit, now)
        case VisitStatus.OUTSIDE if visit.outside is None or visit.outside.closed_at is not None:
            yield "people search, and nobody owns it"


def _overdue(visit: Visit, now: datetime) -> Iterator[str]:
    if visit.due_at is None:
        yield "nobody looks at it again"
    elif visit.due_at < now - SLACK:
        yield f"should have been looked at {(now - visit.due_at).total_seconds() / 60:.0f} minutes ago"


def leaves_no_offer_open(visit: Visit, lines: Lines, now: datetime) -> Iterator[str]:
    """2: nobody may still say yes to what is decided."""
    if visit.status == VisitStatus.OFFERING:
        return
    still_open = [one.id for one in visit.offers if one.is_open]
    if still_open:
        yield f"{visit.status}, open offers: {', '.join(still_open)}"


PROMISES: Final[tuple[Callable[[Visit, Lines, datetime], Iterator[str]], ...]] = (
    has_one_winner_at_most,
    asks_nobody_twice,
    hears_a_text_once,
    has_a_whole_log,
    is_looked_after,
    leaves_no_offer_open,
)
