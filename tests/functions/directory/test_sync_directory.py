"""The directory follows the customer's systems: page by page, each change once, and nothing half believed."""

from datetime import date, timedelta

import pytest

from functions.directory.domain.sync import PAGE_ROWS, PAGES_A_RUN_MAX, SetAsideRow, SyncCursor, SyncPage
from functions.directory.sync_directory import sync_directory
from functions.directory.sync_page import sync_page
from shared.contracts.customer import CursorExpired, CustomerRefused, CustomerUnavailable
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Clinic, Doctor, Employer, ServicePackage
from shared.kernel.ports import Query
from shared.runtime.letters import Envelope
from tests.functions.directory.customer import MemoryCustomer, clinic_row, doctor_row, stamps
from tests.world import TENANT, World

CLINICS, DOCTORS = Collection.CLINICS, Collection.DOCTORS


def sync(world: World) -> None:
    """The next scheduled run."""
    world.advance(timedelta(minutes=5))
    world.tick(sync_directory)


def cursor(world: World, collection: Collection = CLINICS) -> SyncCursor:
    return world.record(SyncCursor, f"{TENANT}-{collection}")


def count(world: World, collection: str) -> int:
    return len(world.wiring.documents.query(Query(collection, order=(("id", "asc"),), limit=10_000)))


def set_aside(world: World) -> list[SetAsideRow]:
    found = world.wiring.documents.query(Query(SetAsideRow.kind, order=(("id", "asc"),)))
    return [world.wiring.codec.decode(SetAsideRow, one.fields) for one in found]


def test_clinics_doctors_employers_and_packages_arrive(world: World, customer: MemoryCustomer) -> None:
    address = {"street": "ul. Fabryczna 1", "postcode": "90-001", "city": "Łódź"}
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(DOCTORS, "d-1", doctor_row("+48512000001", "+48512000002"))
    nip = [{"system": "pl-nip", "value": "1234563218"}]
    employer = {"name": "Huta Szkła", "identifiers": nip, "address": address, "email": "kadry@example.org"}
    customer.send(Collection.EMPLOYERS, "e-1", employer)
    package = {
        "employer_id": "e-1",
        "name": "Medycyna pracy 2026",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "allowances": [{"service": "periodic", "granted": 120}],
    }
    customer.send(Collection.PACKAGES, "p-1", package)

    sync(world)

    clinic, doctor = world.record(Clinic, "c-1"), world.record(Doctor, "d-1")
    assert (clinic.address, clinic.city) == ("ul. Lipowa 3, 00-316 Warszawa", "Warszawa")
    assert [one.number for one in doctor.phones] == ["+48512000001", "+48512000002"]
    assert doctor.phones[0].phone_key == world.wiring.seals.lookup_key(TENANT, "+48512000001")
    assert (doctor.language, doctor.license_until) == ("pl", date(2030, 12, 31))
    assert world.record(Employer, "e-1").address == "ul. Fabryczna 1, 90-001 Łódź"
    assert [one.units for one in world.record(ServicePackage, "p-1").granted] == [120]


def test_a_changed_row_replaces_what_we_held_and_the_others_are_not_written(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(CLINICS, "c-2", clinic_row())
    sync(world)
    before = stamps(world, "clinics")

    customer.send(CLINICS, "c-1", clinic_row(name="Przychodnia Pod Dębem"))
    sync(world)

    after = stamps(world, "clinics")
    assert world.record(Clinic, "c-1").name == "Przychodnia Pod Dębem"
    assert after["clinics/c-2"] == before["clinics/c-2"]
    assert after["clinics/c-1"] != before["clinics/c-1"]


def test_the_same_page_twice_changes_nothing(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(DOCTORS, "d-1", doctor_row())
    customer.send(CLINICS, "c-bad", clinic_row(time_zone="Mars/Olympus"))
    sync(world)
    kinds = ("clinics", "doctors", "set_aside_rows")
    before = [stamps(world, kind) for kind in kinds]

    for collection in (CLINICS, DOCTORS):
        world.given(cursor(world, collection).but(cursor=""))
    sync(world)

    assert [stamps(world, kind) for kind in kinds] == before
    assert cursor(world).cursor != ""


def test_a_row_older_than_what_we_hold_is_ignored(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    world.given(world.record(Clinic, "c-1").but(source_version=7, name="newer"))

    customer.send(CLINICS, "c-1", clinic_row(name="older"))
    sync(world)

    assert world.record(Clinic, "c-1").name == "newer"


def test_a_deleted_row_stays_but_is_not_active_and_may_come_back(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(DOCTORS, "d-1", doctor_row())
    sync(world)

    customer.delete(DOCTORS, "d-1")
    customer.delete(DOCTORS, "d-never-seen")
    sync(world)
    assert not world.record(Doctor, "d-1").active
    assert count(world, "doctors") == 1

    customer.send(DOCTORS, "d-1", doctor_row())
    sync(world)
    assert world.record(Doctor, "d-1").active


def test_a_row_that_drifted_is_set_aside_and_stops_nobody(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(CLINICS, "c-2", clinic_row(specializations=["witchcraft"], phone="+48000"))
    customer.send(CLINICS, "c-3", clinic_row())

    sync(world)

    assert sorted(stamps(world, "clinics")) == ["clinics/c-1", "clinics/c-3"]
    (bad,) = set_aside(world)
    assert (bad.collection, bad.row_id) == (CLINICS, "c-2")
    assert "specializations/0" in bad.reason
    assert "witchcraft" not in bad.reason


def test_a_drifted_row_leaves_what_we_held_as_it_was(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)

    customer.send(CLINICS, "c-1", clinic_row(name="half believed", time_zone="Mars/Olympus"))
    sync(world)

    assert world.record(Clinic, "c-1").name == "Przychodnia Pod Lipą"


def test_a_row_that_comes_right_is_no_longer_set_aside(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row(time_zone="Mars/Olympus"))
    sync(world)
    assert len(set_aside(world)) == 1

    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)

    assert set_aside(world) == []
    assert world.record(Clinic, "c-1").active


def test_a_doctor_with_an_impossible_phone_is_set_aside_without_naming_it(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(DOCTORS, "d-1", doctor_row("+48512000001", "+48111"))
    customer.send(DOCTORS, "d-2", doctor_row("+48999999999999"))

    sync(world)

    assert count(world, "doctors") == 0
    assert len(set_aside(world)) == 2
    assert not any("48" in one.reason for one in set_aside(world))


def test_a_run_reads_a_bounded_number_of_pages_and_the_next_one_reads_on(
    world: World, customer: MemoryCustomer
) -> None:
    share = PAGE_ROWS * PAGES_A_RUN_MAX
    for number in range(share + 1):
        customer.send(Collection.PACKAGES, f"p-{number}", PACKAGE)

    sync(world)
    assert count(world, "service_packages") == share

    sync(world)
    assert count(world, "service_packages") == share + 1


PACKAGE = {
    "employer_id": "e-1",
    "name": "Abonament",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
    "allowances": [{"service": "periodic", "granted": 1}],
}


def test_a_page_whose_task_comes_twice_reads_each_row_once(world: World, customer: MemoryCustomer) -> None:
    for number in range(PAGE_ROWS + 1):
        customer.send(Collection.PACKAGES, f"p-{number}", PACKAGE)
    page = SyncPage(collection=Collection.PACKAGES, run="202611240900")
    envelope = Envelope(id="twice", tenant_id=TENANT, message=page.model_dump_json())
    body = envelope.model_dump_json(exclude={"version"}).encode()

    for _ in range(2):
        assert world.deliver(sync_page.declaration, body).status == 200  # type: ignore[attr-defined]
    world.settle()

    assert count(world, "service_packages") == PAGE_ROWS + 1


@pytest.mark.parametrize(
    ("trouble", "word"), [(CustomerUnavailable(), "unavailable"), (CustomerRefused("401"), "refused")]
)
def test_trouble_at_the_customers_is_noted_and_the_next_run_goes_on(
    world: World, customer: MemoryCustomer, trouble: Exception, word: str
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.out = trouble
    sync(world)
    since = world.clock.now()
    sync(world)
    assert (cursor(world).trouble, cursor(world).trouble_since) == (word, since)

    customer.out = None
    sync(world)

    assert world.record(Clinic, "c-1").active
    assert (cursor(world).trouble, cursor(world).trouble_since) == ("", None)
    assert cursor(world).checked_at == world.clock.now()


def test_an_expired_cursor_begins_again_without_writing_rows_again(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    before = stamps(world, "clinics")

    customer.out = CursorExpired()
    sync(world)
    assert cursor(world).cursor == ""
    assert cursor(world).trouble == ""

    customer.out = None
    customer.send(CLINICS, "c-2", clinic_row())
    sync(world)
    assert stamps(world, "clinics")["clinics/c-1"] == before["clinics/c-1"]
    assert world.record(Clinic, "c-2").active


def test_nothing_to_read_is_no_trouble(world: World, customer: MemoryCustomer) -> None:
    sync(world)
    assert cursor(world).checked_at == world.clock.now()
