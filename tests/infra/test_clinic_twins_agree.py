"""The clinics in memory keep the promises of those behind HTTP, so that tests with them mean something."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from infra.local.clock import MovableClock
from infra.local.customer_api.twin import API_KEY, SEED, CustomerApiTwin
from infra.local.customer_api.world import make_world
from shared.adapters.clinic_http import ClinicHttp
from shared.contracts.clinic_booking import BookingState, ClinicRefused, ClinicUnknown, RefusalReason, Slot
from shared.contracts.customer_rows import ClinicRow, Collection
from shared.contracts.ports import Clinics
from tests.clinic_twin import MemoryClinics
from tests.outside import START, StoppedClock

WEEK = timedelta(days=7)


class Place(NamedTuple):
    clinics: Clinics
    clinic_id: str
    specialization: str
    slots: list[Slot]


def in_memory() -> Place:
    twin = MemoryClinics(StoppedClock())
    slots = [twin.has_slot("near", START + timedelta(hours=hour)) for hour in (2, 3)]
    return Place(twin, "near", "internal_medicine", slots)


def over_the_wire(url: str) -> Place:
    clinics = ClinicHttp(url, API_KEY)
    for row in make_world(SEED)[Collection.CLINICS]:
        clinic = ClinicRow.model_validate({**row.data, "id": row.id, "version": 1})
        if clinic.integration == "integrated":
            what = clinic.specializations[0]
            found = clinics.find_slots(clinic.id, what, START, START + WEEK)
            if len(found) > 1:
                return Place(clinics, clinic.id, what, list(found))
    raise AssertionError("no clinic has two slots")


@pytest.fixture(params=["memory", "wire"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "memory":
        yield in_memory()
        return
    clock = MovableClock(tmp_path / "clock.json")
    clock.set(START)
    clock.stop()
    twin = CustomerApiTwin(clock=clock)
    twin.start()
    try:
        yield over_the_wire(twin.url)
    finally:
        twin.stop()


def refused(call: Callable[[], object]) -> RefusalReason:
    with pytest.raises(ClinicRefused) as no:
        call()
    return no.value.reason


def test_a_slot_is_held_booked_and_found_by_its_key(place: Place) -> None:
    clinics, clinic_id, what, (slot, *_) = place
    assert clinics.hold(clinic_id, slot, "k1").slot_id == slot.id
    assert clinics.status(clinic_id, "k1").state == BookingState.HELD
    booking = clinics.book(clinic_id, slot, "k1", "p-1")
    assert booking.is_for(slot)
    assert clinics.status(clinic_id, "k1").booking == booking
    assert slot.id not in [one.id for one in clinics.find_slots(clinic_id, what, START, START + WEEK)]


def test_the_same_key_books_once(place: Place) -> None:
    clinics, clinic_id, _, (slot, *_) = place
    for _ in range(2):
        clinics.hold(clinic_id, slot, "k1")
    first = clinics.book(clinic_id, slot, "k1", "p-1")
    assert clinics.book(clinic_id, slot, "k1", "p-1") == first


def test_what_is_booked_cannot_be_held_and_says_so_unclearly(place: Place) -> None:
    """A task that runs again after its commit was lost meets this, and then asks by the key."""
    clinics, clinic_id, _, (slot, *_) = place
    clinics.book(clinic_id, slot, "k1", "p-1")
    with pytest.raises(ClinicUnknown):
        clinics.hold(clinic_id, slot, "k1")


def test_a_taken_slot_is_refused_to_another_key(place: Place) -> None:
    clinics, clinic_id, _, (slot, *_) = place
    clinics.book(clinic_id, slot, "k1", "p-1")
    assert refused(lambda: clinics.hold(clinic_id, slot, "k2")) == RefusalReason.SLOT_TAKEN
    assert refused(lambda: clinics.book(clinic_id, slot, "k2", "p-1")) == RefusalReason.SLOT_TAKEN


def test_a_key_belongs_to_one_slot(place: Place) -> None:
    clinics, clinic_id, _, (slot, another, *_) = place
    clinics.hold(clinic_id, slot, "k1")
    assert refused(lambda: clinics.book(clinic_id, another, "k1", "p-1")) == RefusalReason.KEY_REUSED


def test_a_cancelled_key_is_sealed(place: Place) -> None:
    clinics, clinic_id, _, (slot, *_) = place
    clinics.book(clinic_id, slot, "k1", "p-1")
    for _ in range(2):
        clinics.cancel(clinic_id, "k1")
    assert clinics.status(clinic_id, "k1").state == BookingState.CANCELLED
    assert refused(lambda: clinics.book(clinic_id, slot, "k1", "p-1")) == RefusalReason.KEY_SEALED


def test_a_key_that_was_never_used_can_be_sealed(place: Place) -> None:
    clinics, clinic_id, _, (slot, *_) = place
    assert clinics.status(clinic_id, "k1").state == BookingState.UNKNOWN_KEY
    clinics.cancel(clinic_id, "k1")
    assert clinics.status(clinic_id, "k1").state == BookingState.CANCELLED
    assert refused(lambda: clinics.hold(clinic_id, slot, "k1")) == RefusalReason.KEY_SEALED
