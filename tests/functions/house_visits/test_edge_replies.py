"""Answers that come at the wrong time, from the wrong mood, or to the wrong text."""

from datetime import timedelta

import pytest

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.change_cascade import ChangeCascade, Remove, change_cascade
from functions.house_visits.domain.desk import PASSIVE_REPLIES_MAX, Desk
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.domain.winning import OfferWithdrawn, SearchedOutside, VisitNotNeeded
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from shared.contracts.messaging import InboundText, SmsReceived
from shared.kernel.ports import Query
from tests.functions.house_visits.repeating import is_heard_again
from tests.people import AFTERNOON, ANNA, EWA, HOME, PHONES, PIOTR, as_doctor, doctor, patient, phone_key
from tests.stories.test_house_visit import TEN_MINUTES, says, start, texts
from tests.world import World


def offers(world: World, visit_id: str) -> tuple[Offer, ...]:
    return world.record(Visit, visit_id).offers


def cancels(world: World, visit_id: str) -> None:
    world.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    world.settle()


def gives_back(world: World, visit_id: str, doctor_id: str) -> None:
    world.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(doctor_id))
    world.settle()


def inbound(world: World) -> list[InboundText]:
    """Each text that came in, oldest first."""
    found = world.wiring.documents.query(Query(InboundText.kind, order=(("id", "asc"),)))
    return [world.wiring.codec.decode(InboundText, one.fields) for one in found]


def outcomes(world: World) -> list[tuple[str, str]]:
    """What became of each."""
    return [(one.outcome, one.reason) for one in inbound(world)]


def test_who_won_a_visit_that_was_cancelled_is_not_told_that_it_is_theirs(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, "tak")
    cancels(staffed, visit_id)
    says(staffed, ANNA, "tak")
    assert "nie jest" in texts(staffed, ANNA)[-1]
    with pytest.raises(VisitNotNeeded):
        staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))


@pytest.mark.parametrize("word", ["nie", "nie {code}", "CANCEL", "STOP"])
def test_a_no_from_who_was_to_come_reaches_a_person(staffed: World, visit_id: str, word: str) -> None:
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, "tak")
    says(staffed, ANNA, word.format(code=offers(staffed, visit_id)[0].code))
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.BOOKED, "winner_said_no")


def test_an_ok_after_a_no_does_not_take_the_no_back(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "nie")
    says(staffed, ANNA, "ok")
    assert staffed.record(Visit, visit_id).winner is None
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_a_machine_that_says_yes_for_ever_is_answered_a_few_times(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA)
    for _ in range(PASSIVE_REPLIES_MAX + 10):
        says(staffed, ANNA, "tak")
    assert len(texts(staffed, ANNA)) == 2 + PASSIVE_REPLIES_MAX


def test_thanks_for_the_news_that_it_is_over_calls_nobody(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA)
    cancels(staffed, visit_id)
    says(staffed, ANNA, "dziękuję")
    assert staffed.record(Visit, visit_id).attention == ""
    assert len(texts(staffed, ANNA)) == 2


def test_a_yes_after_stop_books_nothing_and_opens_the_phone_again(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "STOP")
    says(staffed, ANNA, "YES")
    visit = staffed.record(Visit, visit_id)
    assert visit.winner is None
    assert visit.attention == "doctor_wrote"
    assert not staffed.record(Desk, phone_key(staffed, PHONES[ANNA])).opted_out


def test_no_text_goes_to_a_phone_that_said_stop(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    code = offers(staffed, visit_id)[0].code
    says(staffed, ANNA, "STOP")
    for word in ("tak", f"tak {code}", f"nie {code}", "a gdzie?", "dziękuję", "TAK 9ZZ"):
        says(staffed, ANNA, word)
    assert len(texts(staffed, ANNA)) == 1
    assert staffed.record(Visit, visit_id).winner is None


def test_a_removed_doctor_hears_the_truth_and_cannot_win(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.call(
        change_cascade, ChangeCascade(visit_id=visit_id, change=Remove(kind="remove", doctor_ids=(ANNA,)))
    )
    staffed.settle()
    assert "aktualna" in texts(staffed, ANNA)[-1]
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).winner is None
    with pytest.raises(OfferWithdrawn):
        staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))


def test_who_lost_to_a_winner_that_gave_it_back_is_called_and_not_sent_away(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA, PIOTR, EWA)
    staffed.advance(TEN_MINUTES)
    says(staffed, PIOTR, "tak")
    gives_back(staffed, visit_id, PIOTR)
    says(staffed, ANNA, f"tak {offers(staffed, visit_id)[0].code}")
    visit = staffed.record(Visit, visit_id)
    assert (visit.winner, visit.attention) == (None, "late_yes")
    assert "operator" in texts(staffed, ANNA)[-1]


def test_a_yes_to_a_search_that_is_forgotten_reaches_a_person(staffed: World, visit_id: str) -> None:
    """A lone winner gave the visit back: who had said no to it thinks again."""
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "nie")
    says(staffed, PIOTR, "tak")
    gives_back(staffed, visit_id, PIOTR)
    assert staffed.record(Visit, visit_id).status == VisitStatus.REQUESTED
    says(staffed, ANNA, "tak")
    visit = staffed.record(Visit, visit_id)
    assert visit.attention == "doctor_wrote"
    assert "operator" in texts(staffed, ANNA)[-1]


def test_a_yes_in_the_app_to_a_visit_that_people_search_for_is_refused(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA)
    staffed.advance(TEN_MINUTES)
    with pytest.raises(SearchedOutside):
        staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))


def another_visit(world: World, patient_id: str) -> str:
    world.given(patient(patient_id))
    wanted = RequestVisit(
        patient_id=patient_id, address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return world.call(request_visit, wanted).visit_id


def test_a_phone_with_many_newer_offers_still_finds_its_oldest_open_one(
    staffed: World, visit_id: str
) -> None:
    staffed.with_one_sender()
    start(staffed, visit_id, ANNA, minutes=24 * 60)
    for place in range(25):
        newer = another_visit(staffed, f"p-{place + 10}")
        start(staffed, newer, ANNA, minutes=24 * 60)
        if place:
            cancels(staffed, newer)
    says(staffed, ANNA, "tak")
    assert "kilka" in texts(staffed, ANNA)[-1], "two are open: nothing is guessed"
    says(staffed, ANNA, f"tak {offers(staffed, visit_id)[0].code}")
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_two_doctors_with_one_phone_are_asked_which_of_them_it_is(staffed: World, visit_id: str) -> None:
    staffed.with_one_sender()
    staffed.given(doctor(staffed, PIOTR, phone=PHONES[ANNA]))
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(TEN_MINUTES)
    assert len(texts(staffed, ANNA)) == 2
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).winner is None
    says(staffed, ANNA, f"tak {offers(staffed, visit_id)[1].code}")
    assert staffed.record(Visit, visit_id).is_won_by(PIOTR)


def test_a_yes_just_before_the_end_wins_and_one_just_after_is_too_late(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR, minutes=24 * 60)
    staffed.set_clock(staffed.record(Visit, visit_id).closes_at)
    staffed.text_from(PHONES[ANNA], "tak")
    staffed.settle()
    assert staffed.record(Visit, visit_id).winner is None


@pytest.mark.parametrize("times", [2, 5])
def test_one_text_brought_several_times_is_one_text(staffed: World, visit_id: str, times: int) -> None:
    start(staffed, visit_id, ANNA)
    for _ in range(times):
        staffed.text_again(PHONES[ANNA], "tak")
        staffed.settle()
    assert len(texts(staffed, ANNA)) == 2
    assert outcomes(staffed) == [("bound", "won_by_sole_open")]


@pytest.mark.parametrize("words", ["tak", "nie", "tak, jeśli zdążę", "STOP"])
def test_a_text_that_was_read_is_not_read_again_days_later(staffed: World, visit_id: str, words: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, words)
    staffed.advance(timedelta(days=4))
    heard, written = staffed.log_of(staffed.record(Visit, visit_id)), texts(staffed, ANNA)
    before, outcome = staffed.record(Visit, visit_id), outcomes(staffed)
    [text] = inbound(staffed)
    news = SmsReceived(text_id=text.id, phone_key=text.phone_key)
    is_heard_again(staffed, "house_visits__read_reply", news)
    visit = staffed.record(Visit, visit_id)
    assert (visit, staffed.log_of(visit), texts(staffed, ANNA)) == (before, heard, written)
    assert outcomes(staffed) == outcome


def test_a_late_yes_after_the_search_calls_the_operator_and_books_nothing(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    staffed.advance(timedelta(minutes=11))
    says(staffed, ANNA, "tak")
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.OUTSIDE, "late_yes")


def test_a_code_from_a_phone_we_never_wrote_to_is_a_persons_to_clear_up(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    staffed.text_from("+48512999888", f"TAK {offers(staffed, visit_id)[0].code}")
    staffed.settle()
    assert outcomes(staffed) == [("to_operator", "no_offer_on_this_phone")]
    assert not staffed.texts_to("+48512999888")
    assert staffed.record(Visit, visit_id).winner is None


def test_a_code_of_somebody_elses_offer_opens_nothing_and_tells_nothing(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(TEN_MINUTES)
    annas, piotrs = (one.code for one in offers(staffed, visit_id))
    assert annas != piotrs
    says(staffed, PIOTR, f"tak {annas}")
    assert staffed.record(Visit, visit_id).winner is None
    assert outcomes(staffed) == [("asked_back", "unknown_code")]
