"""A text to a number on which a conversation waits and offers were made: which of them it speaks of."""

from dataclasses import replace
from datetime import datetime

import pytest

from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.reading import read_text
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus, Winner
from shared.contracts.chat import AnswerWindow, AnswerWindows
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    SENDER,
    cascade,
    offer,
    searched_outside,
    searching,
    visit,
)
from tests.functions.house_visits.domain.test_reading import (
    asked,
    desk,
    entry,
    facts,
    read,
    seen,
    won_by_other,
)
from tests.functions.house_visits.domain.told import said
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT

WROTE_AT = NOW - 15 * MINUTE
EXPIRED = searched_outside(offer(ANNA, OfferStatus.EXPIRED))


def window(thread_id: str = "t-1", doctor_id: str = ANNA, **facts: object) -> AnswerWindow:
    """We told Anna a quarter of an hour ago that something waits."""
    return AnswerWindow(
        sender=SENDER, thread_id=thread_id, doctor_id=doctor_id, since=WROTE_AT, until=NOW + 60 * MINUTE,
        origin=f"told-{thread_id}-{doctor_id}",
    ).but(**facts)  # fmt: skip


def told_of(
    body: str, *visits: Visit, on: Desk | None = None, windows: tuple[AnswerWindow, ...] = (window(),)
) -> Facts:
    known = facts(body, *visits, on=on)
    return replace(known, windows=AnswerWindows(id=known.desk.id, tenant_id=TENANT, windows=windows))


def reason(known: Facts) -> str:
    return read_text(known).reason


def lost_at(won_at: datetime) -> Visit:
    """Anna was offered it, and somebody else took it then."""
    taken = won_by_other()
    assert taken.winner is not None
    return taken.but(winner=taken.winner.but(won_at=won_at))


@pytest.mark.parametrize("body", ["tak", "nie", "dziekuje", "moge o 19?", "Bede za godzine"])
def test_on_a_number_without_offers_every_text_joins_the_conversation(body: str) -> None:
    known = told_of(body, on=desk())
    reading = read_text(known)
    assert seen(known, reading) == said(
        """
        bound chat
          Publish key=chat-answer-SM1 message=ChatAnswered(text_id=SM1 thread_id=t-1 doctor_id=d-anna)
        """
    )
    assert reading.answers == ("told-t-1-d-anna",)


def test_a_text_that_says_nothing_joins_nothing() -> None:
    assert reason(told_of("  ", on=desk())) == "empty"


def test_where_no_conversation_waits_any_more_nothing_is_joined() -> None:
    over = window(until=NOW)
    elsewhere = window(sender="+48732230002")
    assert reason(told_of("tak", on=desk(), windows=(over, elsewhere))) == "no_offer_on_this_phone"


def test_an_open_offer_and_a_code_come_before_every_conversation() -> None:
    assert reason(told_of("tak", asked())) == "won_by_sole_open"
    assert reason(told_of("tak 7KJ", lost_at(WROTE_AT - MINUTE))) == "taken_by_code"
    assert reason(told_of("TAK W7J", asked())) == "unknown_code"


@pytest.mark.parametrize(
    ("won_at", "is_meant"),
    [(WROTE_AT - MINUTE, "chat"), (WROTE_AT, "taken_by_closed"), (WROTE_AT + MINUTE, "taken_by_closed")],
)
def test_a_yes_joins_the_conversation_only_if_the_visit_was_taken_before_we_wrote(
    won_at: datetime, is_meant: str
) -> None:
    assert reason(told_of("tak", lost_at(won_at))) == is_meant


def test_a_yes_to_a_visit_that_nobody_has_taken_is_never_lost_in_a_conversation() -> None:
    reading = read_text(told_of("tak", EXPIRED))
    assert reading.reason == "outside_by_closed"
    assert [one.record.attention for one in reading.decisions] == ["late_yes"]


def test_a_no_may_always_be_one_of_who_was_to_come() -> None:
    assert reason(told_of("nie", lost_at(WROTE_AT - MINUTE))) == "decline_by_closed"


@pytest.mark.parametrize("body", ["dziekuje", "moge o 19?", "Bede za godzine"])
def test_other_words_on_a_number_whose_offers_are_over_join_the_conversation(body: str) -> None:
    for over in (lost_at(WROTE_AT - MINUTE), lost_at(NOW), EXPIRED):
        assert reason(told_of(body, over)) == "chat"


@pytest.mark.parametrize(
    "windows",
    [
        (window(), window("t-2")),
        (window(), window(doctor_id=PIOTR)),
    ],
    ids=["two threads", "two doctors with one phone"],
)
def test_of_several_conversations_a_person_says_which(windows: tuple[AnswerWindow, ...]) -> None:
    reading = read_text(told_of("Bede za godzine", on=desk(), windows=windows))
    assert reading == Reading(
        Outcome.TO_OPERATOR, "several_conversations", answers=tuple(one.origin for one in windows)
    )


def test_a_question_of_who_was_phoned_and_comes_is_asked_and_marks_no_offer() -> None:
    """They were texted in an earlier search, which is forgotten or was another one."""
    winner = Winner(channel=Channel.OUTSIDE, doctor_id=ANNA, won_at=NOW - MINUTE)
    booked = visit(VisitStatus.BOOKED, winner=winner)
    for search in (None, cascade(offer(EWA, OfferStatus.EXPIRED), status="exhausted", next_at=None)):
        assert read(facts("a jaki adres?", booked.but(cascade=search))) == said(
            """
            bound chat
            doctor_wrote doctor_id=d-anna reason=question text_id=SM1
              attention: "" > doctor_wrote
            desk answers=1
              SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
                Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
              Publish key=chat-question-SM1 message=ChatAsked(text_id=SM1 thread_id=v1 doctor_id=d-anna)
            """
        )


def test_a_question_about_what_somebody_else_has_is_a_persons() -> None:
    for no_more_theirs in (won_by_other(), searching(offer(ANNA, OfferStatus.DECLINED), offer(EWA))):
        reading = read_text(facts("a jaki adres?", no_more_theirs, on=desk(entry())))
        assert (reading.outcome, reading.reason) == ("to_operator", "question")
