"""Who takes part follows the case: asked doctors while they are asked, the winner, nobody else."""

import pytest

from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from functions.chat.domain.opening import NotAsked
from functions.chat.domain.thread import Thread
from functions.chat.list_threads import ListThreads, list_threads
from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from shared.contracts.circles import CaseTurned, Circle, Stage
from shared.contracts.documents import Shelf
from shared.kernel.errors import NotFound
from shared.runtime import catalog, letters
from tests.functions.certificates.cases import ordered
from tests.functions.certificates.cases import practice as practice
from tests.functions.chat.talk import ask, messages, opened, said, say, won
from tests.people import ANNA, EWA, PIOTR, as_doctor
from tests.world import TENANT, World


def both_asked(world: World, visit_id: str) -> None:
    """Anna and Piotr hold open offers, Ewa has none yet."""
    from datetime import timedelta

    ask(world, visit_id, ANNA, PIOTR, EWA)
    world.advance(timedelta(minutes=10))


def listed(world: World, doctor_id: str) -> list[str]:
    found = world.call(list_threads, ListThreads(), as_=as_doctor(doctor_id)).threads
    return [one.thread_id for one in found]


def test_a_doctor_who_was_asked_joins_when_it_is_opened_to_them(staffed: World, visit_id: str) -> None:
    both_asked(staffed, visit_id)
    opened(staffed, visit_id)
    with pytest.raises(NotFound):
        messages(staffed, visit_id, as_=as_doctor(PIOTR))
    opened(staffed, visit_id, PIOTR)
    opened(staffed, visit_id, PIOTR)
    assert say(staffed, visit_id, "Który to adres?", as_=as_doctor(PIOTR)).number == 3
    assert listed(staffed, PIOTR) == [visit_id]
    with pytest.raises(NotFound):
        messages(staffed, visit_id, as_=as_doctor(ANNA))


def test_a_thread_cannot_be_opened_to_who_was_not_asked(staffed: World, visit_id: str) -> None:
    both_asked(staffed, visit_id)
    with pytest.raises(NotAsked):
        opened(staffed, visit_id, EWA)


def test_the_winner_stays_and_the_others_lose_access_at_once(staffed: World, visit_id: str) -> None:
    both_asked(staffed, visit_id)
    opened(staffed, visit_id, ANNA, PIOTR)
    say(staffed, visit_id, "pytanie", as_=as_doctor(PIOTR))
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    with pytest.raises(NotFound):  # before any news have been brought
        messages(staffed, visit_id, as_=as_doctor(PIOTR))
    with pytest.raises(NotFound):
        say(staffed, visit_id, "jeszcze", as_=as_doctor(PIOTR))
    assert listed(staffed, PIOTR) == []
    assert said(staffed, visit_id, as_=as_doctor(ANNA)) == ["pytanie"]
    staffed.settle()
    assert messages(staffed, visit_id)[-1].text == "Wizyta jest umówiona."
    assert listed(staffed, ANNA) == [visit_id]


def test_who_gives_a_visit_back_takes_no_part_any_more(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, PIOTR)
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.settle()
    opened(staffed, visit_id, as_=as_doctor(ANNA))
    staffed.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.settle()
    with pytest.raises(NotFound):
        messages(staffed, visit_id, as_=as_doctor(ANNA))
    assert [one.text for one in messages(staffed, visit_id)] == [
        "Rozmowa otwarta.", "Trwa szukanie lekarza.",
    ]  # fmt: skip
    assert not staffed.record(Thread, visit_id).doctor_ids


def test_everything_twice_and_in_any_order_says_each_news_once(staffed: World, visit_id: str) -> None:
    staffed.tasks_come_twice()
    opened(staffed, visit_id)
    won(staffed, visit_id)
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    seen = [one.text for one in messages(staffed, visit_id)]
    assert len(seen) == len(set(seen))
    assert seen[-1] == "Sprawa została odwołana."


def test_news_that_were_overtaken_are_not_told(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    before = len(messages(staffed, visit_id))
    old = CaseTurned(case_id=visit_id, turn=2, stage=Stage.OFFERING)
    body = letters.Envelope(id="late", tenant_id=TENANT, message=old.model_dump_json()).model_dump_json()
    staffed.topics.publish(catalog.topic_of(CaseTurned), body.encode(), {})
    staffed.settle()
    assert len(messages(staffed, visit_id)) == before


def test_documents_of_a_visit_are_its_winners(staffed: World, visit_id: str) -> None:
    assert staffed.record(Shelf, visit_id).doctor_ids == ()
    won(staffed, visit_id)
    assert staffed.record(Shelf, visit_id).doctor_ids == (ANNA,)
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    assert not staffed.record(Shelf, visit_id).open


def test_a_certificate_case_has_its_thread_for_who_has_reserved_it(practice: World) -> None:
    case_id = ordered(practice).case_id
    opened(practice, case_id)
    practice.call(reserve_certificate, ReserveCertificate(case_id=case_id), as_=as_doctor(ANNA))
    practice.settle()
    say(practice, case_id, "Brakuje badania.", as_=as_doctor(ANNA))
    with pytest.raises(NotFound):
        messages(practice, case_id, as_=as_doctor(PIOTR))
    request = ReleaseReservation(case_id=case_id, reason="no_time")
    practice.call(release_reservation, request, as_=as_doctor(ANNA))
    practice.settle()
    with pytest.raises(NotFound):
        messages(practice, case_id, as_=as_doctor(ANNA))
    assert [one.text for one in messages(practice, case_id)] == [
        "Rozmowa otwarta.", "Lekarz zarezerwował sprawę.", "Brakuje badania.", "Sprawa czeka na lekarza.",
    ]  # fmt: skip
    assert practice.record(Circle, case_id).worker_id == ""
