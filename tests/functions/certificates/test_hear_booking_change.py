"""A clinic changes an examination by itself: the case follows its status, and the patient hears of it."""

import json
from datetime import timedelta

from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.house_visits.hear_clinic import hear_clinic
from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.clinic_booking import BookingChanged, BookingState
from shared.runtime import catalog
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from shared.runtime.letters import Envelope
from tests.clinic_twin import Trouble
from tests.functions.certificates.cases import (
    BOOKED_ONLINE,
    EXAMINED_AT,
    booked_online,
    case_of,
    clinics,
    did,
    worklist,
)
from tests.world import TENANT, World

PATIENT = "+48512000099"


def scheduled(world: World) -> CertificateCase:
    case_id = booked_online(world).case_id
    world.settle()
    return case_of(world, case_id)


def key_of(case: CertificateCase) -> str:
    assert case.appointment is not None
    return case.appointment.key


def hears(world: World, key: str, event: str, clinic_id: str = BOOKED_ONLINE) -> None:
    """The clinic's webhook, signed; then what follows from it."""
    now = world.clock.now()
    said = {"event_id": f"{event}/{now}", "clinic_id": clinic_id, "booking_key": key, "event": event}
    body = json.dumps({**said, "occurred_at": now.isoformat()}).encode()
    action = hear_clinic.declaration  # type: ignore[attr-defined]  # every action carries one
    headers = {HEADER: sign(world.settings.clinic_webhook_secrets[0], body, now)}
    assert answer_to(action, Incoming("POST", action.path, "", headers, body), world.wiring).status == 200
    world.settle()


def told(world: World, news: BookingChanged) -> int:
    """The message as the topic brings it; the status it is answered with."""
    envelope = Envelope(id="news-1", tenant_id=TENANT, message=news.model_dump_json())
    action = catalog.find("certificates__hear_booking_change")
    return world.deliver(action, envelope.model_dump_json().encode()).status


def test_a_cancelled_examination_waits_for_another_and_the_patient_is_told(practice: World) -> None:
    practice.tasks_come_twice()
    case = scheduled(practice)
    clinics(practice).ends(key_of(case), BookingState.CANCELLED)
    hears(practice, key_of(case), "cancelled")
    after = case_of(practice, case.id)
    assert (after.status, after.attention, after.doctor_id) == (CaseStatus.PENDING, "clinic_cancelled", "")
    assert worklist(practice) == []
    assert len(practice.texts_to(PATIENT)) == 2
    assert "odwolane" in practice.texts_to(PATIENT)[-1]


def test_another_time_moves_the_due_day_and_is_told(practice: World) -> None:
    case = scheduled(practice)
    clinics(practice).moves(key_of(case), EXAMINED_AT + timedelta(days=1))
    hears(practice, key_of(case), "moved")
    after = case_of(practice, case.id)
    assert (after.due_on, after.attention) == ((EXAMINED_AT + timedelta(days=1)).date(), "clinic_moved")
    assert "02.12 10:00" in practice.texts_to(PATIENT)[-1]
    lines = len(did(practice, case.id))
    hears(practice, key_of(case), "moved")
    assert len(did(practice, case.id)) == lines


def test_who_did_not_come_is_a_matter_for_a_person(practice: World) -> None:
    case = scheduled(practice)
    clinics(practice).ends(key_of(case), BookingState.NO_SHOW)
    hears(practice, key_of(case), "no_show")
    after = case_of(practice, case.id)
    assert (after.status, after.attention) == (CaseStatus.SCHEDULED, "patient_absent")


def test_what_another_clinic_says_and_what_nobody_knows_changes_nothing(practice: World) -> None:
    case = scheduled(practice)
    hears(practice, key_of(case), "cancelled", "rival")
    for key in ("cert-nobody-e1", "nothing", f"cert-{case.id}-e1"):
        hears(practice, key, "cancelled")
    assert case_of(practice, case.id) == case


def test_news_that_overtake_the_clinics_own_yes_come_again(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "book", Trouble.SILENT_AFTER)
    case_id = booked_online(practice).case_id
    practice.settle()
    request = case_of(practice, case_id).clinic_request
    assert request is not None
    news = BookingChanged(clinic_id=BOOKED_ONLINE, booking_key=request.key, event="cancelled")
    assert told(practice, news) == 503


def test_news_of_a_clinic_that_is_silent_come_again(practice: World) -> None:
    case = scheduled(practice)
    clinics(practice).silent.add(BOOKED_ONLINE)
    news = BookingChanged(clinic_id=BOOKED_ONLINE, booking_key=key_of(case), event="moved")
    assert told(practice, news) == 503
