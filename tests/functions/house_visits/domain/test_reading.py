"""What a doctor's text does: which offer it is about, what it changes, and what is answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.house_visits.domain.answering import ANSWER_VALID
from functions.house_visits.domain.desk import (
    PASSIVE_REPLIES_MAX,
    Binding,
    BindingKind,
    Desk,
    DeskEntry,
    bind,
    is_open,
)
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.reading import read_text
from functions.house_visits.domain.replies import interpret
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus, Winner
from shared.contracts.messaging import InboundText
from tests.functions.house_visits.domain.a_visit import (
    CODES,
    MINUTE,
    NOW,
    SENDER,
    at,
    cascade,
    doctor,
    offer,
    searched_outside,
    searching,
    visit,
    won_by_anna,
)
from tests.functions.house_visits.domain.told import letters, said, told
from tests.people import ANNA, EWA, PHONES, PIOTR
from tests.world import TENANT

DELIVERED = OfferStatus.DELIVERED
OTHER_SENDER = "+48732230002"


def entry(visit_id: str = "v1", sender: str = SENDER, code: str = CODES[ANNA], **facts: object) -> DeskEntry:
    return DeskEntry(
        visit_id=visit_id, offer_id=f"offer-{visit_id}-1-{ANNA}", doctor_id=ANNA, sender=sender, code=code,
        offered_at=NOW - 20 * MINUTE, closes_at=at("16:30"),
    ).but(**facts)  # fmt: skip


def desk(*entries: DeskEntry, **facts: object) -> Desk:
    return Desk(id=f"key-{ANNA}", tenant_id=TENANT, entries=entries).but(**facts)


def facts(body: str, *visits: Visit, on: Desk | None = None, diary: Diary | None = None) -> Facts:
    return Facts(
        text=InboundText(
            id="SM1", tenant_id=TENANT, sender=PHONES[ANNA], phone_key=f"key-{ANNA}", recipient=SENDER,
            body=body, received_at=NOW, found_by="webhook",
        ),
        desk=desk(entry()) if on is None else on,
        visits={one.id: one for one in visits},
        doctors={ANNA: doctor(ANNA)},
        diaries={ANNA: diary} if diary else {},
        now=NOW,
    )  # fmt: skip


def asked(visit_id: str = "v1", code: str = CODES[ANNA]) -> Visit:
    """Anna holds the offer, Ewa is next."""
    mine = offer(ANNA, DELIVERED, id=f"offer-{visit_id}-1-{ANNA}", code=code)
    return searching(mine, offer(EWA)).but(id=visit_id)


def seen(known: Facts, reading: Reading) -> str:
    """The whole of a reading, with each decision beside the visit it changes."""
    lines = [f"{reading.outcome} {reading.reason}"]
    for one in reading.decisions:
        lines.append(told(known.visits[one.record.id], one))
    if reading.desk is not None:
        kept = (
            [f"opted_out={reading.desk.opted_out}"] if reading.desk.opted_out != known.desk.opted_out else []
        )
        lines.append(" ".join(["desk", *kept, f"answers={reading.desk.passive_count}"]))
    lines += [f"diary {one.id} {[taken.visit_id for taken in one.taken]}" for one in reading.diaries]
    return "\n".join([*lines, *letters(reading.effects)])


def read(known: Facts) -> str:
    return seen(known, read_text(known))


def test_a_yes_wins_and_stands_in_the_doctors_diary() -> None:
    known = facts("tak", asked())
    reading = read_text(known)
    assert (reading.outcome, reading.reason) == (Outcome.BOUND, "won_by_sole_open")
    assert [one.did for one in reading.decisions] == ["booked"]
    assert reading.diaries == (
        Diary(id=ANNA, tenant_id=TENANT).with_visit("v1", asked().span, NOW),
    )  # fmt: skip
    assert (reading.desk, reading.effects) == (None, ())
    known_diary = Diary(id=ANNA, tenant_id=TENANT).with_visit(
        "v0", asked().span.but(ends_at=at("13:10")), NOW
    )
    assert read_text(facts("tak", asked(), diary=known_diary)).reason == "clash_by_sole_open"


def test_a_late_yes_is_answered_and_a_line_in_the_log() -> None:
    known = facts("TAK 7KJ", won_by_other())
    assert read(known) == said(
        """
        bound taken_by_code
        yes_did_not_win doctor_id=d-anna result=taken channel=sms
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: wizyte 7KJ wzial juz
            ktos inny. Dziekujemy za odpowiedz!" marker=body valid_until=24th 13:00 about=SM1
        """
    )


def won_by_other() -> Visit:
    """The visit that Anna was offered went to somebody else."""
    taken = won_by_anna()
    lost = offer(ANNA, OfferStatus.LOST)
    return taken.but(
        cascade=taken.cascade.but(offers=(lost,)),  # type: ignore[union-attr]  # there is one
        winner=taken.winner.but(doctor_id=EWA, offer_id="offer-v1-1-d-ewa"),  # type: ignore[union-attr]  # there is one
    )


def test_a_no_moves_the_search_on_and_is_not_answered() -> None:
    known = facts("nie", asked())
    assert read(known) == said(
        """
        bound decline_by_sole_open
        declined doctor_id=d-anna channel=sms
          cascade.offers.0.status: delivered > declined
          cascade.offers.0.answered_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > 24th 09:00
          due_at: 24th 09:05 > 24th 09:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
        """
    )


def test_a_no_from_who_was_to_come_is_answered_and_a_person_looks_at_it() -> None:
    known = facts("nie", won_by_anna())
    assert read(known) == said(
        """
        to_operator decline_by_closed
        winner_said_no doctor_id=d-anna channel=sms
          attention: "" > winner_said_no
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
            Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
        """
    )


def test_what_one_more_word_clears_up_is_asked_back() -> None:
    known = facts("jasne", asked())
    assert read(known) == said(
        """
        asked_back acknowledged
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: nie mamy pewnosci.
            Odpisz TAK 7KJ albo NIE 7KJ." marker=body valid_until=24th 13:00 about=SM1
        """
    )


def test_what_a_person_must_read_goes_to_the_operator() -> None:
    known = facts("moge o 19", asked())
    assert read(known) == said(
        """
        to_operator counter_offer
        doctor_wrote doctor_id=d-anna reason=counter_offer text_id=SM1
          attention: "" > doctor_wrote
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
            Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
        """
    )


def test_a_question_about_an_open_offer_is_asked_in_the_chat_and_who_asks_is_interested() -> None:
    assert read(facts("a jaki adres?", asked())) == said(
        """
        bound chat
        doctor_wrote doctor_id=d-anna reason=question text_id=SM1
          cascade.offers.0.interested_at: - > 24th 09:00
          attention: "" > doctor_wrote
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
            Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
          Publish key=chat-question-SM1 message=ChatAsked(text_id=SM1 thread_id=v1 doctor_id=d-anna)
        """
    )


def test_of_several_open_offers_the_doctor_says_which() -> None:
    on = desk(entry(), entry("v2", code="WR6"))
    known = facts("tak", asked(), asked("v2", "WR6"), on=on)
    assert read(known) == said(
        """
        asked_back several_open_offers
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: masz kilka ofert. Odpisz
            z kodem: TAK 7KJ, TAK WR6." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read_text(facts("tak WR6", asked(), asked("v2", "WR6"), on=on)).reason == "won_by_code"


def test_a_phone_with_several_open_offers_is_asked_in_the_language_of_the_latest() -> None:
    on = desk(entry(), entry("v2", code="WR6"))
    other = asked("v2", "WR6")
    assert other.cascade is not None
    english = other.but(cascade=other.cascade.with_offer(other.offers[0].but(language="en")))
    assert "masz kilka ofert" in read(facts("tak", asked(), english, on=on))
    turned = desk(*reversed(on.entries))
    assert "you hold several offers" in read(facts("tak", asked(), english, on=turned))


def test_a_code_that_is_not_this_phones_is_asked_about_and_answered_only_to_a_phone_we_wrote_to() -> None:
    known = facts("tak W7J", asked())
    assert read(known) == said(
        """
        asked_back unknown_code
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: nie znamy takiego kodu.
            Sprawdz kod w SMS-ie z oferta." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read(facts("tak W7J", on=desk())) == said(
        """
        to_operator no_offer_on_this_phone
        """
    )


def test_a_text_that_belongs_to_no_offer_goes_to_a_person_unless_it_says_nothing() -> None:
    assert read(facts("tak", on=desk())) == said(
        """
        to_operator no_offer_on_this_phone
        """
    )
    long_ago = desk(entry(offered_at=NOW - timedelta(days=8)))
    assert read(facts("tak", won_by_other(), on=long_ago)) == said(
        """
        to_operator no_offer_on_this_phone
        """
    )
    assert read(facts("  ", on=desk())) == said(
        """
        ignored empty
        """
    )
    assert read(facts("moze", on=desk())) == said(
        """
        to_operator no_offer_on_this_phone
        """
    )


def test_a_machine_is_not_answered() -> None:
    known = facts("Jestem na urlopie do 1 grudnia. Wiadomość automatyczna.", asked())
    assert read(known) == said(
        """
        ignored auto_responder
        """
    )


def test_thanks_for_the_news_that_it_is_over_need_no_answer() -> None:
    known = facts("dziekuje", won_by_other())
    assert read(known) == said(
        """
        ignored acknowledged
        """
    )


def test_an_unclear_text_about_a_visit_that_is_gone_goes_to_a_person() -> None:
    known = facts("moge o 19? 7KJ")
    assert read(known) == said(
        """
        to_operator question
        """
    )


def test_an_answer_to_an_offer_that_is_gone_is_ignored() -> None:
    assert read(facts("tak 7KJ")) == said(
        """
        ignored offer_is_gone
        """
    )
    forgotten = visit(VisitStatus.OFFERING)
    assert read(facts("nie 7KJ", forgotten)) == said(
        """
        ignored offer_is_gone
        """
    )


def test_a_yes_to_an_earlier_search_goes_to_a_person_while_somebody_is_needed() -> None:
    assert read(facts("tak 7KJ", visit())) == said(
        """
        to_operator yes_to_an_earlier_search
        doctor_wrote doctor_id=d-anna reason=yes_to_an_earlier_search text_id=SM1
          attention: "" > doctor_wrote
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
            Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read(facts("tak 7KJ", won_by_other().but(cascade=None))) == said(
        """
        bound offer_is_gone
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: oferta 7KJ nie jest juz
            aktualna, nie trzeba odpisywac. Dziekujemy!" marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read_text(facts("tak 7KJ", visit(VisitStatus.CANCELLED))).reason == "offer_is_gone"


def test_a_doctor_whose_offer_is_forgotten_is_answered_in_their_own_language() -> None:
    for language, word in (("pl", "dziekujemy"), ("en", "thank you")):
        known = facts("tak 7KJ", visit())
        known = replace(known, doctors={ANNA: doctor(ANNA, language=language)})
        assert word in read(known)
    assert "dziekujemy" in read(replace(facts("tak 7KJ", visit()), doctors={}))


def test_an_ok_is_a_yes_to_the_only_thing_we_wrote() -> None:
    assert read_text(facts("ok", asked())).reason == "won_by_sole_open"


@pytest.mark.parametrize(
    ("other", "result"),
    [
        (entry("v2", offered_at=NOW - timedelta(hours=24)), "short_yes"),
        (entry("v2", offered_at=NOW - timedelta(hours=24, minutes=1)), "won_by_sole_open"),
        (entry("v2", sender=OTHER_SENDER), "won_by_sole_open"),
    ],
)
def test_an_ok_beside_another_recent_offer_on_that_number_may_mean_understood(
    other: DeskEntry, result: str
) -> None:
    assert read_text(facts("ok", asked(), on=desk(entry(), other))).reason == result


def test_an_ok_after_a_no_does_not_take_it_back() -> None:
    declined = searching(offer(ANNA, OfferStatus.DECLINED), offer(EWA))
    assert read_text(facts("ok", declined)).reason == "short_yes"
    assert read_text(facts("tak", declined)).reason == "won_by_closed"
    assert read_text(facts("ok 7KJ", declined)).reason == "won_by_code"
    assert read_text(facts("ok", won_by_other())).reason == "taken_by_closed"


def test_an_ok_to_an_offer_that_is_forgotten_goes_to_a_person_while_somebody_is_needed() -> None:
    assert read_text(facts("ok", visit())).reason == "yes_to_an_earlier_search"


def test_texts_that_decide_nothing_are_answered_a_few_times_a_day() -> None:
    today = NOW.date().isoformat()
    for day, count, answers in (
        (today, PASSIVE_REPLIES_MAX - 1, PASSIVE_REPLIES_MAX),
        (today, PASSIVE_REPLIES_MAX, 0),
        ("2026-11-23", PASSIVE_REPLIES_MAX, 1),
    ):
        on = desk(entry(), passive_day=day, passive_count=count)
        reading = read_text(facts("jasne", asked(), on=on))
        assert reading.outcome == Outcome.ASKED_BACK
        assert (reading.desk.passive_count if reading.desk else 0) == answers
        assert len(reading.effects) == bool(answers)


def test_an_answer_is_worth_sending_for_four_hours() -> None:
    assert timedelta(hours=4) == ANSWER_VALID


def test_stop_ends_the_phones_open_offers_and_everybody_hears_of_it() -> None:
    known = facts("stop", asked())
    assert read(known) == said(
        """
        bound opt_out_word
        doctor_opted_out doctor_id=d-anna
          cascade.offers.0.status: delivered > withdrawn
          cascade.offers.0.answered_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > 24th 09:00
          attention: "" > doctor_opted_out
          due_at: 24th 09:05 > 24th 09:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
        desk opted_out=True answers=0
          Publish key=opted-out-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=True text_id=SM1)
        """
    )


def test_stop_from_who_was_to_come_is_looked_at_by_a_person_and_other_visits_are_left_alone() -> None:
    known = facts("stop", won_by_anna(), on=desk(entry("v0"), entry()))
    assert read(known) == said(
        """
        bound opt_out_word
        winner_said_no doctor_id=d-anna channel=sms
          attention: "" > winner_said_no
        desk opted_out=True answers=0
          Publish key=opted-out-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=True text_id=SM1)
        """
    )
    over = won_by_anna().but(status=VisitStatus.COMPLETED)
    assert read_text(facts("stop", over)).decisions == ()
    assert read_text(facts("stop", won_by_other())).decisions == ()
    assert read_text(facts("stop", visit())).decisions == ()


def test_two_offers_of_one_phone_end_together() -> None:
    known = facts("stop", asked(), asked("v2", "WR6"), on=desk(entry(), entry("v2", code="WR6")))
    assert [one.record.id for one in read_text(known).decisions] == ["v1", "v2"]


def test_two_doctors_with_one_phone_who_were_offered_one_visit_both_leave_it() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA, DELIVERED), offer(PIOTR))
    ewas = entry(code=CODES[EWA], offer_id=f"offer-v1-1-{EWA}", doctor_id=EWA)
    decisions = read_text(facts("stop", before, on=desk(entry(), ewas))).decisions
    assert [one.details["doctor_id"] for one in decisions] == [ANNA, EWA]
    assert [one.status for one in decisions[-1].record.offers] == ["withdrawn", "withdrawn", "planned"]


def booked_by_phone() -> Visit:
    """With a doctor whose offer was of an earlier search."""
    winner = Winner(channel=Channel.OUTSIDE, doctor_id=ANNA, won_at=NOW)
    search = cascade(offer(EWA, OfferStatus.EXPIRED), status="exhausted", next_at=None)
    return visit(VisitStatus.BOOKED, winner=winner, cascade=search)


def test_stop_from_who_was_phoned_is_looked_at_by_a_person_once() -> None:
    known = facts("stop", booked_by_phone(), on=desk(entry(), entry(code="WR6", offer_id="an-older-one")))
    assert read(known) == said(
        """
        bound opt_out_word
        winner_said_no doctor_id=d-anna channel=sms
          attention: "" > winner_said_no
        desk opted_out=True answers=0
          Publish key=opted-out-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=True text_id=SM1)
        """
    )


def test_a_no_from_who_was_phoned_goes_to_a_person_at_once() -> None:
    assert read(facts("nie", booked_by_phone())) == said(
        """
        to_operator decline_by_closed
        winner_said_no doctor_id=d-anna channel=sms
          attention: "" > winner_said_no
        desk answers=1
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: dziekujemy, oddzwoni do
            Ciebie operator." marker=body valid_until=24th 13:00 about=SM1
        """
    )


def test_start_makes_texts_welcome_again_and_asks_about_what_is_still_open() -> None:
    closed = desk(entry(), opted_out=True)
    assert read(facts("start", won_by_other(), on=closed)) == said(
        """
        bound opt_in_word
        desk opted_out=False answers=0
          Publish key=opted-in-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=False text_id=SM1)
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: znow bedziemy pisac na
            ten numer." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read(facts("start", asked(), on=closed)) == said(
        """
        bound opt_in_word
        desk opted_out=False answers=0
          Publish key=opted-in-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=False text_id=SM1)
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: masz kilka ofert. Odpisz
            z kodem: TAK 7KJ." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert "Visita: znow bedziemy" in read(facts("start", on=desk(opted_out=True)))


def test_a_yes_after_a_stop_may_mean_start_and_a_person_asks_what_else() -> None:
    stopped = searching(offer(ANNA, OfferStatus.WITHDRAWN), offer(EWA))
    closed = desk(entry(), opted_out=True)
    assert read(facts("Yes!", stopped, on=closed)) == said(
        """
        bound opt_in_word
        doctor_wrote doctor_id=d-anna reason=yes_after_stop text_id=SM1
          attention: "" > doctor_wrote
        desk opted_out=False answers=0
          Publish key=opted-in-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=False text_id=SM1)
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: znow bedziemy pisac na
            ten numer." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read(facts("tak", stopped, on=closed)) == said(
        """
        to_operator yes_after_stop
        doctor_wrote doctor_id=d-anna reason=yes_after_stop text_id=SM1
          attention: "" > doctor_wrote
        """
    )
    assert read(facts("tak 7KJ", on=closed)) == said(
        """
        to_operator yes_after_stop
        """
    )
    assert read(facts("yes", on=desk(opted_out=True))) == said(
        """
        bound opt_in_word
        desk opted_out=False answers=0
          Publish key=opted-in-SM1 message=PhoneOptedOut(phone_key=key-d-anna opted_out=False text_id=SM1)
          SendSms key=reply-SM1 to=+48512000001 sender=+48732230001 body="Visita: znow bedziemy pisac na
            ten numer." marker=body valid_until=24th 13:00 about=SM1
        """
    )
    assert read(facts("moge o 19?", stopped, on=closed)) == said(
        """
        to_operator question
        doctor_wrote doctor_id=d-anna reason=question text_id=SM1
          attention: "" > doctor_wrote
        """
    )


def bound(body: str, on: Desk, *visits: Visit) -> Binding:
    return bind(interpret(body), on, SENDER, {one.id: one for one in visits}, NOW)


def test_an_answer_finds_its_offer_by_code_else_by_the_number_it_came_to() -> None:
    mine, other = entry(), entry("v2", sender=OTHER_SENDER, code="WR6")
    both = desk(other, mine)
    assert bound("tak WR6", both) == Binding(kind=BindingKind.CODE, entry=other)
    assert bound("tak W7J", both) == Binding(kind=BindingKind.UNKNOWN_CODE)
    assert bound("tak", both, asked(), asked("v2", "WR6")) == Binding(kind=BindingKind.SOLE_OPEN, entry=mine)
    assert bound("tak", desk(other), asked("v2", "WR6")) == Binding(kind=BindingKind.NONE)
    same = desk(mine, other.but(sender=SENDER))
    assert bound("tak", same, asked(), asked("v2", "WR6")) == Binding(
        kind=BindingKind.AMBIGUOUS, choices=same.entries
    )


def test_where_nothing_is_open_the_latest_of_a_week_is_meant() -> None:
    week = timedelta(days=7)
    for offered_at, kind in ((NOW - week, BindingKind.CLOSED), (NOW - week - MINUTE, BindingKind.NONE)):
        assert bound("tak", desk(entry(offered_at=offered_at)), won_by_other()).kind == kind
    assert bound("tak", desk(entry())).kind == BindingKind.NONE
    older, newer = entry(offered_at=NOW - 2 * week), entry("v2")
    assert bound("tak", desk(newer, older), won_by_other(), won_by_other().but(id="v2")).entry == newer


def test_an_offer_is_open_while_its_search_runs_and_nobody_has_ended_it() -> None:
    for one, does in (
        (asked(), True),
        (searching(offer(EWA)), False),
        (searching(offer(ANNA, OfferStatus.DECLINED)), False),
        (asked().but(status=VisitStatus.OUTSIDE), False),
        (searched_outside(offer(ANNA, DELIVERED)), False),
        (visit(VisitStatus.OFFERING), False),
    ):
        assert is_open(entry(), {"v1": one}) is does
    assert not is_open(entry(), {})
