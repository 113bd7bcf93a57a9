"""What texts that came in, and the desks by which they find their offers, must never show.

Asked every night of the texts of the last days and of the desks of the visits that are looked at. Numbers are
those of the domain's invariants; what is wrong is said in ids and codes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.reply_facts import Outcome
from functions.house_visits.domain.visit import Visit
from shared.contracts.messaging import InboundText
from shared.kernel.promises import told

READ_WITHIN: Final = timedelta(hours=1)
"""A text is brought for so long, again and again, while whoever reads it fails."""
ENDS: Final = frozenset({*Outcome, "settled"})


def ends_once(text: InboundText, now: datetime) -> Iterator[str]:
    """3: bound, asked back, handed to a person or ignored, for a reason. There is room for one end alone."""
    if not text.outcome and text.received_at < now - READ_WITHIN:
        yield "nobody has read it"
    if text.outcome and text.outcome not in ENDS:
        yield f"ended as {text.outcome}"
    if text.outcome and not text.reason:
        yield f"{text.outcome} for no reason"


def desks_of(visit: Visit) -> tuple[str, ...]:
    """The desks of the phones that were asked."""
    return tuple(dict.fromkeys(one.phone_key for one in visit.offers if one.was_asked))


def desks_broken(visit: Visit, desks: Sequence[Desk]) -> tuple[str, ...]:
    """What is wrong, "promise: what". `desks` are those of the phones that were asked, where there are."""
    return (
        *(what for one in desks for what in told(holds_each_code_once, one)),
        *told(finds_its_open_offers, visit, desks),
    )


def holds_each_code_once(desk: Desk) -> Iterator[str]:
    """4: in quarantine as well. So no two open offers to one phone share a code, on whatever number."""
    times = Counter(one.code for one in desk.entries)
    yield from (f"{code} {count} times on {desk.id}" for code, count in times.items() if count > 1)


def finds_its_open_offers(visit: Visit, desks: Sequence[Desk]) -> Iterator[str]:
    """4: each lies once on the desk of its phone, under the number and the code that were texted."""
    entries = {one.id: one.entries for one in desks}
    for offer in visit.offers:
        lies = [one for one in entries.get(offer.phone_key, ()) if one.offer_id == offer.id]
        if offer.is_open and [(one.sender, one.code) for one in lies] != [(offer.sender, offer.code)]:
            yield f"{offer.id} as {', '.join(one.code for one in lies) or 'nothing'}, texted as {offer.code}"
