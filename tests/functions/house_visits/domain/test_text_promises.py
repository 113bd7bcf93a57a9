"""Small desks and texts: what each promise says of what is wrong."""

import pytest

from functions.house_visits.domain.checking import PAGE, CheckTexts, handed_over, next_texts, texts_page
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.text_promises import READ_WITHIN, desks_broken, desks_of, ends_once
from shared.contracts.messaging import InboundText
from shared.kernel.effects import Later
from shared.kernel.ports import Query
from tests.functions.house_visits.domain.a_visit import CODES, MINUTE, NOW, SENDER, offer, searching
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT

ASKED = searching(offer(ANNA, OfferStatus.SENT), offer(PIOTR, OfferStatus.DECLINED), offer(EWA))
ROUND = CheckTexts(since=NOW - 3 * 24 * 60 * MINUTE, day=NOW.date())


def entry(doctor_id: str = ANNA, **facts: object) -> DeskEntry:
    return DeskEntry(
        visit_id="v1", offer_id=f"offer-v1-1-{doctor_id}", doctor_id=doctor_id, sender=SENDER,
        code=CODES[doctor_id], offered_at=NOW,
    ).but(**facts)  # fmt: skip


def desk(*entries: DeskEntry) -> Desk:
    return Desk(id=f"key-{ANNA}", tenant_id=TENANT, entries=entries)


def text(**facts: object) -> InboundText:
    return InboundText(
        id="SM1", tenant_id=TENANT, sender="", phone_key="", recipient=SENDER, body="", received_at=NOW,
        found_by="webhook",
    ).but(**facts)  # fmt: skip


def test_the_desks_of_a_visit_are_those_of_whom_it_asked() -> None:
    assert desks_of(ASKED) == (f"key-{ANNA}", f"key-{PIOTR}")
    twice = searching(offer(ANNA, OfferStatus.SENT), offer(PIOTR, OfferStatus.SENT, phone_key=f"key-{ANNA}"))
    assert desks_of(twice) == (f"key-{ANNA}",)


def test_an_open_offer_lies_on_its_desk_as_it_was_texted() -> None:
    older = entry(offer_id="offer-v0-1-anna", code="WR6")
    assert desks_broken(ASKED, [desk(entry(), older)]) == ()


@pytest.mark.parametrize(
    ("entries", "lies"),
    [
        ((), "nothing"),
        ((entry(offer_id="offer-v0-1-anna"),), "nothing"),
        ((entry(code="WR6"),), "WR6"),
        ((entry(sender="+48732230002"),), "7KJ"),
        ((entry(), entry(code="WR6")), "7KJ, WR6"),
    ],
)
def test_an_open_offer_that_no_answer_would_find_is_said(entries: tuple[DeskEntry, ...], lies: str) -> None:
    what = f"finds_its_open_offers: offer-v1-1-{ANNA} as {lies}, texted as 7KJ"
    assert desks_broken(ASKED, [desk(*entries)]) == (what,)


def test_an_offer_that_is_over_may_have_been_forgotten() -> None:
    assert desks_broken(searching(offer(ANNA, OfferStatus.DECLINED), offer(EWA)), []) == ()


def test_a_code_that_is_issued_again_in_quarantine_is_said() -> None:
    again = entry(offer_id="offer-v0-1-anna", sender="+48732230002")
    assert desks_broken(ASKED, [desk(entry(), again)]) == (
        f"holds_each_code_once: 7KJ 2 times on key-{ANNA}",
    )


@pytest.mark.parametrize("outcome", ["bound", "asked_back", "to_operator", "ignored", "settled"])
def test_a_text_ends_in_one_of_these_ways_and_for_a_reason(outcome: str) -> None:
    assert list(ends_once(text(outcome=outcome, reason="plain_yes"), NOW)) == []
    assert list(ends_once(text(outcome=outcome), NOW)) == [f"{outcome} for no reason"]


def test_no_text_ends_otherwise() -> None:
    assert list(ends_once(text(outcome="guessed", reason="perhaps"), NOW)) == ["ended as guessed"]


def test_a_text_is_read_after_a_while() -> None:
    assert list(ends_once(text(), NOW + READ_WITHIN)) == []
    assert list(ends_once(text(), NOW + READ_WITHIN + MINUTE)) == ["nobody has read it"]


def test_a_text_that_came_to_no_end_is_given_to_a_person() -> None:
    late = text(received_at=NOW - READ_WITHIN - MINUTE)
    handed = late.but(outcome="to_operator", reason="promise_broken")
    assert handed_over(late, NOW) == handed
    assert handed_over(handed, NOW) is None


def test_a_page_holds_the_texts_after_the_last_one_seen() -> None:
    asked = Query(
        "inbound_texts",
        (("received_at", ">=", ROUND.since),),
        (("received_at", "asc"), ("id", "asc")),
        (),
        PAGE,
    )
    assert texts_page(ROUND) == asked
    assert texts_page(ROUND.but(after="SM7")).after == (ROUND.since, "SM7")
    texts = [text(id=f"SM{number}", received_at=NOW + number * MINUTE) for number in range(PAGE)]
    again = ROUND.but(since=NOW + 49 * MINUTE, after="SM49")
    key = f"check-texts-{ROUND.day}-SM49"
    assert next_texts(ROUND, texts, NOW) == (Later(key=key, message=again, at=NOW),)
    assert next_texts(ROUND, texts[1:], NOW) == ()
