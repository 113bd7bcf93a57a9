"""Who has a visit writes in its chat that they cannot come: the search goes on, patients hear of it."""

from datetime import timedelta

import pytest

from functions.chat.domain.backing_out import gives_back
from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.add_note import AddNote, add_note
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.hear_chat import hear_chat
from shared.contracts.chat import WorkerCannot
from shared.kernel.effects import Publish
from shared.runtime import letters
from tests.functions.chat.talk import ask, opened, say, won
from tests.people import ANNA, EWA, PHONES, PIOTR, as_doctor
from tests.world import OPERATOR, TENANT, World

PATIENT = "+48512000099"
AFTER_ALL = "Niestety jednak nie mogę."


def taken(world: World, visit_id: str, *others: str) -> None:
    """Anna has it; the others were to be asked after her."""
    ask(world, visit_id, ANNA, *others)
    world.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    world.settle()
    opened(world, visit_id)


def visit_of(world: World, visit_id: str) -> Visit:
    world.settle()
    return world.record(Visit, visit_id)


def hears_again(world: World, news: WorkerCannot) -> None:
    letter = letters.write(Publish(key="again", message=news), TENANT, "", world.clock.now(), "")
    assert world.deliver(hear_chat.declaration, letter.body.encode()).status == 200  # type: ignore[attr-defined]
    world.settle()


def test_i_cannot_after_all_reopens_asks_the_next_and_tells_the_patient(
    staffed: World, visit_id: str
) -> None:
    staffed.tasks_come_twice()
    taken(staffed, visit_id, PIOTR)
    say(staffed, visit_id, AFTER_ALL, as_=as_doctor(ANNA))
    visit = visit_of(staffed, visit_id)
    assert (visit.status, visit.winner, visit.attention) == (VisitStatus.OFFERING, None, "winner_withdrew")
    assert len(staffed.texts_to(PHONES[PIOTR])) == 1  # who has not been asked comes first
    assert len(staffed.texts_to(PATIENT)) == 2  # somebody comes; we look anew
    line = next(one for one in staffed.lines_of(visit) if one.did == "winner_withdrew")
    assert line.details["reason"] == "doctor_wrote_in_chat"


def test_a_late_copy_of_it_does_not_take_the_visit_from_who_has_taken_it_anew(
    staffed: World, visit_id: str
) -> None:
    taken(staffed, visit_id, PIOTR)
    wrote_at = staffed.clock.now()
    say(staffed, visit_id, AFTER_ALL, as_=as_doctor(ANNA))
    visit_of(staffed, visit_id)
    staffed.advance(timedelta(minutes=1))
    staffed.text_from(PHONES[PIOTR], "tak")
    assert visit_of(staffed, visit_id).is_won_by(PIOTR)
    for doctor_id in (ANNA, PIOTR):
        news = WorkerCannot(case_id=visit_id, doctor_id=doctor_id, at=wrote_at, is_sure=True)
        hears_again(staffed, news)
    assert visit_of(staffed, visit_id).is_won_by(PIOTR)


def test_i_cannot_come_alone_may_be_an_answer_so_a_person_asks(staffed: World, visit_id: str) -> None:
    taken(staffed, visit_id, PIOTR)
    say(staffed, visit_id, "Czy da Pani radę o 14?")
    say(staffed, visit_id, "nie dam rady", as_=as_doctor(ANNA))
    visit = visit_of(staffed, visit_id)
    assert (visit.is_won_by(ANNA), visit.attention) == (True, "winner_said_no")
    assert staffed.log_of(visit).count("winner_said_no") == 1
    note = AddNote(visit_id=visit_id, text="Będzie o 15.", settled=True)
    staffed.call(add_note, note)
    assert visit_of(staffed, visit_id).attention == ""


@pytest.mark.parametrize(
    "text",
    ["Nie", "nie mogę otworzyć załącznika", "Czy jednak nie mogę przyjechać później?", "I can after all", ""],
)
def test_other_words_take_nothing_back(text: str) -> None:
    assert gives_back(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I can't after all",
        "Sorry, I can’t come after all!",
        "Przepraszam, muszę zrezygnować z wizyty.",
        "JEDNAK NIE DAM RADY",
        "rezygnuję",
    ],
)
def test_a_visit_that_is_given_back_is_understood(text: str) -> None:
    assert gives_back(text) is True


def test_only_the_word_of_who_has_the_visit_counts(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, PIOTR, minutes=1)
    opened(staffed, visit_id, ANNA)
    say(staffed, visit_id, AFTER_ALL, as_=as_doctor(ANNA))
    won_by_nobody = visit_of(staffed, visit_id)
    assert (won_by_nobody.status, won_by_nobody.attention) == (VisitStatus.OFFERING, "")
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    say(staffed, visit_id, AFTER_ALL, as_=OPERATOR)
    assert visit_of(staffed, visit_id).is_won_by(ANNA)


def test_who_writes_it_where_nobody_else_is_left_leaves_the_visit_to_the_call_centre(
    staffed: World, visit_id: str
) -> None:
    opened(staffed, won(staffed, visit_id, EWA))
    say(staffed, visit_id, AFTER_ALL, as_=as_doctor(EWA))
    visit = visit_of(staffed, visit_id)
    assert (visit.winner, visit.attention) == (None, "winner_withdrew")


def test_it_counts_as_well_in_an_answer_by_text(staffed: World, visit_id: str) -> None:
    taken(staffed, visit_id, PIOTR)
    say(staffed, visit_id, "Czy wszystko w porządku?")
    staffed.advance(timedelta(minutes=15))
    staffed.text_from(PHONES[ANNA], AFTER_ALL)
    visit = visit_of(staffed, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.OFFERING, "winner_withdrew")
