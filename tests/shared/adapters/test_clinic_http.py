"""Booking in a clinic over a real socket: what is sure is sure, and what is not is never guessed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.clock import MovableClock
from infra.local.customer_api.twin import API_KEY, CustomerApiTwin
from shared.adapters.clinic_http import ClinicHttp
from shared.contracts.clinic_booking import (
    BookedOtherwise,
    BookingState,
    ClinicRefused,
    ClinicUnknown,
    RefusalReason,
    Slot,
)
from shared.contracts.customer_rows import ClinicRow
from shared.contracts.ports import Clinics
from tests.shared.adapters.canned import answer, closed_port, server, silent_server

ANSWER_SECONDS = 0.5
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PATIENT = "patient-0001"


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovableClock:
    clock = MovableClock(Path(tmp_path_factory.mktemp("clock")) / "clock.json")
    clock.stop()
    return clock


@pytest.fixture(scope="module")
def running(clock: MovableClock) -> Iterator[CustomerApiTwin]:
    twin = CustomerApiTwin(clock=clock)
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def twin(running: CustomerApiTwin, clock: MovableClock) -> CustomerApiTwin:
    clock.set(MONDAY)
    running.reset()
    return running


@pytest.fixture
def clinics(twin: CustomerApiTwin) -> Clinics:
    return ClinicHttp(twin.url, API_KEY, ANSWER_SECONDS)


def a_clinic(twin: CustomerApiTwin, integration: str = "integrated") -> ClinicRow:
    page = requests.get(
        f"{twin.url}/v1/changes/clinics", params={"limit": "500"}, headers={"X-Api-Key": API_KEY}, timeout=5
    ).json()
    found = next(item for item in page["items"] if item["data"]["integration"] == integration)
    return ClinicRow.model_validate({**found["data"], "id": found["id"], "version": found["version"]})


@pytest.fixture
def slot(twin: CustomerApiTwin, clinics: Clinics) -> Slot:
    return free(clinics, a_clinic(twin))[0]


def free(clinics: Clinics, clinic: ClinicRow) -> list[Slot]:
    return list(clinics.find_slots(clinic.id, clinic.specializations[0], MONDAY, MONDAY + WEEK))


def fault(twin: CustomerApiTwin, operation: str, mode: str, **more: Any) -> None:
    order = {"operation": operation, "mode": mode, **more}
    requests.post(f"{twin.url}/_fault", json=order, timeout=5).raise_for_status()


def booked_in_the_clinic(twin: CustomerApiTwin) -> list[Any]:
    told = requests.get(f"{twin.url}/_bookings", timeout=5).json()["bookings"]
    return [one for one in told if one["status"] == "booked"]


# --- when all goes well


def test_slots_are_found_in_order_within_the_window(clinics: Clinics, twin: CustomerApiTwin) -> None:
    found = free(clinics, a_clinic(twin))

    assert len(found) > 10
    assert found == sorted(found, key=lambda slot: slot.starts_at)
    assert all(MONDAY <= slot.starts_at < slot.ends_at <= MONDAY + WEEK for slot in found)


def test_a_hold_becomes_a_booking_under_the_same_key(clinics: Clinics, slot: Slot) -> None:
    hold = clinics.hold(slot.clinic_id, slot, "k1")
    held = clinics.status(slot.clinic_id, "k1")
    booking = clinics.book(slot.clinic_id, slot, "k1", PATIENT)
    booked = clinics.status(slot.clinic_id, "k1")

    assert hold.expires_at == MONDAY + timedelta(minutes=10)
    assert (held.state, held.booking) == (BookingState.HELD, None)
    assert booking.is_for(slot)
    assert (booked.state, booked.booking) == (BookingState.BOOKED, booking)


def test_booking_twice_with_one_key_books_once(clinics: Clinics, twin: CustomerApiTwin, slot: Slot) -> None:
    first = clinics.book(slot.clinic_id, slot, "k1", PATIENT)

    assert clinics.book(slot.clinic_id, slot, "k1", PATIENT) == first
    assert len(booked_in_the_clinic(twin)) == 1


def test_cancelling_frees_the_slot_and_cancelling_again_changes_nothing(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot
) -> None:
    clinics.book(slot.clinic_id, slot, "k1", PATIENT)
    clinics.cancel(slot.clinic_id, "k1")
    clinics.cancel(slot.clinic_id, "k1")

    assert clinics.status(slot.clinic_id, "k1").state is BookingState.CANCELLED
    assert slot in free(clinics, a_clinic(twin))


def test_a_key_of_which_the_clinic_never_heard_is_told_as_such(clinics: Clinics, slot: Slot) -> None:
    assert clinics.status(slot.clinic_id, "never").state is BookingState.UNKNOWN_KEY


def test_a_hold_runs_out(clinics: Clinics, clock: MovableClock, slot: Slot) -> None:
    clinics.hold(slot.clinic_id, slot, "k1")
    clock.advance(timedelta(minutes=10))

    assert clinics.status(slot.clinic_id, "k1").state is BookingState.EXPIRED
    assert clinics.book(slot.clinic_id, slot, "k2", PATIENT).is_for(slot)
    assert refusal(lambda: clinics.book(slot.clinic_id, slot, "k1", PATIENT)) is RefusalReason.SLOT_TAKEN


def test_of_twenty_who_want_one_slot_one_gets_it(clinics: Clinics, twin: CustomerApiTwin, slot: Slot) -> None:
    patient_client = ClinicHttp(twin.url, API_KEY, 10.0)

    def book(number: int) -> str:
        try:
            return patient_client.book(slot.clinic_id, slot, f"k{number}", PATIENT).reference
        except ClinicRefused as no:
            return no.reason.value

    with ThreadPoolExecutor(20) as people:
        told = list(people.map(book, range(20)))

    assert told.count("slot_taken") == 19
    assert len(booked_in_the_clinic(twin)) == 1


# --- a definite no


def refusal(ask: Any) -> RefusalReason:
    with pytest.raises(ClinicRefused) as no:
        ask()
    return no.value.reason


def test_a_taken_slot_is_refused(clinics: Clinics, twin: CustomerApiTwin, slot: Slot) -> None:
    clinics.hold(slot.clinic_id, slot, "k1")

    assert refusal(lambda: clinics.hold(slot.clinic_id, slot, "k2")) is RefusalReason.SLOT_TAKEN
    fault(twin, "book", "conflict")
    assert refusal(lambda: clinics.book(slot.clinic_id, slot, "k1", PATIENT)) is RefusalReason.SLOT_TAKEN


def test_a_key_is_for_one_slot_and_one_patient(clinics: Clinics, twin: CustomerApiTwin, slot: Slot) -> None:
    other = free(clinics, a_clinic(twin))[1]
    clinics.book(slot.clinic_id, slot, "k1", PATIENT)

    assert refusal(lambda: clinics.book(slot.clinic_id, other, "k1", PATIENT)) is RefusalReason.KEY_REUSED
    assert refusal(lambda: clinics.book(slot.clinic_id, slot, "k1", "patient-2")) is RefusalReason.KEY_REUSED


def test_a_slot_that_was_moved_meanwhile_is_not_the_one_we_meant(clinics: Clinics, slot: Slot) -> None:
    before = slot.but(starts_at=slot.starts_at - timedelta(hours=1))

    assert refusal(lambda: clinics.book(slot.clinic_id, before, "k1", PATIENT)) is RefusalReason.UNKNOWN_SLOT


def test_what_has_begun_cannot_be_cancelled(clinics: Clinics, clock: MovableClock, slot: Slot) -> None:
    clinics.book(slot.clinic_id, slot, "k1", PATIENT)
    clock.set(slot.starts_at)

    assert refusal(lambda: clinics.cancel(slot.clinic_id, "k1")) is RefusalReason.TOO_LATE


def test_a_clinic_that_is_unknown_or_not_integrated_says_so(clinics: Clinics, twin: CustomerApiTwin) -> None:
    outside = a_clinic(twin, "none")

    assert refusal(lambda: free(clinics, outside)) is RefusalReason.NOT_INTEGRATED
    assert refusal(lambda: free(clinics, outside.but(id="clinic-9"))) is RefusalReason.UNKNOWN_CLINIC


def test_a_wrong_key_of_ours_is_a_definite_no(twin: CustomerApiTwin, slot: Slot) -> None:
    stranger = ClinicHttp(twin.url, "another", ANSWER_SECONDS)

    assert refusal(lambda: stranger.book(slot.clinic_id, slot, "k1", PATIENT)) is RefusalReason.NOT_ADMITTED


def test_without_a_connection_nothing_was_booked_but_what_was_booked_before_stays_open(slot: Slot) -> None:
    nobody = ClinicHttp(f"http://127.0.0.1:{closed_port()}", "k", ANSWER_SECONDS)

    assert refusal(lambda: nobody.book(slot.clinic_id, slot, "k1", PATIENT)) is RefusalReason.UNREACHABLE
    with pytest.raises(ClinicUnknown):
        nobody.status(slot.clinic_id, "k1")
    with pytest.raises(ClinicUnknown):
        nobody.cancel(slot.clinic_id, "k1")


# --- not known


def test_a_hold_on_something_else_is_not_ours(slot: Slot) -> None:
    held = {"slot_id": "another", "expires_at": "2026-11-23T06:10:00Z"}
    with server(answer(200, held)) as there, pytest.raises(ClinicUnknown):
        ClinicHttp(there.url, "k", ANSWER_SECONDS).hold("clinic-1", slot, "k1")


def test_a_timeout_after_it_booked_is_unknown_and_the_status_tells(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot
) -> None:
    fault(twin, "book", "timeout_after_success")

    with pytest.raises(ClinicUnknown):
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)

    told = clinics.status(slot.clinic_id, "k1")
    assert told.state is BookingState.BOOKED
    assert told.booking is not None
    assert told.booking.is_for(slot)


def test_a_timeout_before_it_booked_is_unknown_and_sealing_the_key_makes_it_sure(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot
) -> None:
    fault(twin, "book", "timeout")

    with pytest.raises(ClinicUnknown):
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)

    assert clinics.status(slot.clinic_id, "k1").state is BookingState.UNKNOWN_KEY
    clinics.cancel(slot.clinic_id, "k1")
    late = ClinicHttp(twin.url, API_KEY, ANSWER_SECONDS)  # the same request, still on its way, arrives
    assert refusal(lambda: late.book(slot.clinic_id, slot, "k1", PATIENT)) is RefusalReason.KEY_SEALED
    assert booked_in_the_clinic(twin) == []


@pytest.mark.parametrize("mode", ["server_error", "empty_id", "schema_drift"])
def test_an_answer_that_proves_nothing_is_unknown(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot, mode: str
) -> None:
    fault(twin, "book", mode)

    with pytest.raises(ClinicUnknown):
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)


def test_a_slow_clinic_is_waited_for_no_longer_than_said(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot
) -> None:
    fault(twin, "book", "slow_seconds", seconds=29)

    with pytest.raises(ClinicUnknown):
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)
    twin.reset()


def test_another_time_than_asked_is_a_booking_that_nobody_can_take_for_the_right_one(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot
) -> None:
    fault(twin, "book", "other_time")

    with pytest.raises(BookedOtherwise) as told:
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)

    assert told.value.slot == slot
    assert told.value.booking.starts_at == slot.starts_at + timedelta(hours=2)
    booking = clinics.status(slot.clinic_id, "k1").booking
    assert booking == told.value.booking
    assert booking is not None
    assert not booking.is_for(slot)


@pytest.mark.parametrize("operation", ["status", "cancel", "hold", "find"])
@pytest.mark.parametrize("mode", ["timeout", "timeout_after_success", "server_error", "schema_drift"])
def test_every_other_call_that_goes_wrong_is_unknown_too(
    clinics: Clinics, twin: CustomerApiTwin, slot: Slot, operation: str, mode: str
) -> None:
    clinic = a_clinic(twin)
    if operation != "hold":
        clinics.book(slot.clinic_id, slot, "k1", PATIENT)
    fault(twin, operation, mode, clinic_id=clinic.id)
    calls: dict[str, Any] = {
        "status": lambda: clinics.status(slot.clinic_id, "k1"),
        "cancel": lambda: clinics.cancel(slot.clinic_id, "k1"),
        "hold": lambda: clinics.hold(slot.clinic_id, slot, "k1"),
        "find": lambda: free(clinics, clinic),
    }

    with pytest.raises(ClinicUnknown):
        calls[operation]()


@pytest.mark.parametrize(
    "told",
    [
        b"",
        answer(404, b"<html>no such page</html>", content_type="text/html"),
        answer(404, {"code": "unknown_clinic"}),
        answer(401, {"code": "not_admitted"}),
        answer(200, {"status": "booked"}),
        answer(200, {"status": "booked", "reference": "", "starts_at": "x", "ends_at": "y"}),
        answer(200, {"status": "wondering"}),
        answer(200, {}),
        answer(301, {}),
    ],
)
def test_a_status_is_unknown_unless_the_clinic_itself_says_what_it_is(told: bytes) -> None:
    """A proxy's 404 taken for `unknown_key` would book the visit twice."""
    with server(told) as there, pytest.raises(ClinicUnknown):
        ClinicHttp(there.url, "k", ANSWER_SECONDS).status("clinic-1", "k1")


@pytest.mark.parametrize("told", [answer(409, {}), answer(408, {}), answer(425, {}), answer(307, {}), b""])
def test_a_conflict_that_gives_no_reason_may_mean_still_working_on_it(told: bytes, slot: Slot) -> None:
    with server(told) as there, pytest.raises(ClinicUnknown):
        ClinicHttp(there.url, "k", ANSWER_SECONDS).book("clinic-1", slot, "k1", PATIENT)
    assert len(there.heard) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [(400, RefusalReason.NOT_UNDERSTOOD), (403, RefusalReason.NOT_ADMITTED), (429, RefusalReason.TOO_MANY)],
)
def test_a_plain_no_is_a_no_even_without_our_codes(status: int, reason: RefusalReason, slot: Slot) -> None:
    with server(answer(status, b"no", content_type="text/plain")) as there:
        clinic = ClinicHttp(there.url, "k", ANSWER_SECONDS)
        assert refusal(lambda: clinic.book("clinic-1", slot, "k1", PATIENT)) is reason


def test_silence_is_unknown_and_the_request_is_not_sent_again(slot: Slot) -> None:
    with silent_server() as there, pytest.raises(ClinicUnknown):
        ClinicHttp(there.url, "k", ANSWER_SECONDS).book("clinic-1", slot, "k1", PATIENT)


def test_a_booking_carries_our_key_and_only_a_reference_of_the_patient(slot: Slot) -> None:
    booked = {
        "reference": "B-1",
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
    }
    with server(answer(200, booked)) as there:
        ClinicHttp(there.url, "the-key", ANSWER_SECONDS).book("clinic/1", slot, "k1", PATIENT)

    assert there.heard[0].startswith("POST /v1/clinics/clinic%2F1/bookings ")
    assert "Idempotency-Key: k1" in there.heard[0]
    assert f'"patient_reference": "{PATIENT}"' in there.heard[0]


def test_slots_outside_the_window_and_times_without_a_zone_are_not_believed(slot: Slot) -> None:
    asked = (slot.specialization, MONDAY, MONDAY + timedelta(hours=1))
    late = {"id": "s1", "starts_at": "2026-11-24T08:00:00Z", "ends_at": "2026-11-24T08:30:00Z"}
    naive = {"id": "s1", "starts_at": "2026-11-23T06:00:00", "ends_at": "2026-11-23T06:30:00"}
    with server(answer(200, {"slots": [late]}), answer(200, {"slots": [naive]})) as there:
        clinic = ClinicHttp(there.url, "k", ANSWER_SECONDS)
        assert clinic.find_slots("clinic-1", *asked) == []
        with pytest.raises(ClinicUnknown):
            clinic.find_slots("clinic-1", *asked)
