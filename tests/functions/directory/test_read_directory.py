"""What staff see of clinics and doctors, and what an admin sees of the sync."""

from datetime import timedelta

import pytest

from functions.directory.list_set_aside import ListSetAside, list_set_aside
from functions.directory.read_clinic import ReadClinic, read_clinic
from functions.directory.read_doctor import ReadDoctor, read_doctor
from functions.directory.read_sync import ReadSync, read_sync
from functions.directory.sync_directory import sync_directory
from shared.contracts.customer import CustomerUnavailable
from shared.contracts.customer_rows import Collection
from shared.kernel.errors import NotAllowed, NotFound
from shared.runtime.pages import PageTokenInvalid
from tests.functions.directory.customer import MemoryCustomer, clinic_row, doctor_row
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World

CLINICS, DOCTORS = Collection.CLINICS, Collection.DOCTORS


def sync(world: World) -> None:
    world.advance(timedelta(minutes=5))
    world.tick(sync_directory)


def test_an_operator_reads_a_clinic_and_a_doctor(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(DOCTORS, "d-1", doctor_row())
    sync(world)

    clinic = world.call(read_clinic, ReadClinic(clinic_id="c-1"))
    doctor = world.call(read_doctor, ReadDoctor(doctor_id="d-1"))

    assert (clinic.name, clinic.integrated) == ("Przychodnia Pod Lipą", False)
    assert (doctor.given_name, [one.number for one in doctor.phones]) == ("Anna", ["+48512000001"])


def test_missing_and_foreign_entries_are_told_apart_nowhere(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)

    with pytest.raises(NotFound):
        world.call(read_clinic, ReadClinic(clinic_id="c-2"))
    with pytest.raises(NotFound):
        world.call(read_clinic, ReadClinic(clinic_id="c-1"), as_=FOREIGN_OPERATOR)
    with pytest.raises(NotFound):
        world.call(read_doctor, ReadDoctor(doctor_id="d-1"))


def test_an_admin_sees_how_fresh_the_directory_is(world: World, customer: MemoryCustomer) -> None:
    never = world.call(read_sync, ReadSync(), as_=ADMIN)
    assert {one.collection: one.checked_at for one in never.collections} == {
        "clinics": None, "doctors": None, "employers": None, "packages": None,
    }  # fmt: skip

    sync(world)
    checked_at = world.clock.now()
    customer.out = CustomerUnavailable()
    sync(world)

    now = world.call(read_sync, ReadSync(), as_=ADMIN)
    assert {one.trouble for one in now.collections} == {"unavailable"}
    assert {one.checked_at for one in now.collections} == {checked_at}


def test_set_aside_rows_are_listed_page_by_page_newest_first(world: World, customer: MemoryCustomer) -> None:
    for number in range(5):
        customer.send(CLINICS, f"c-{number}", clinic_row(time_zone="Mars/Olympus"))
        sync(world)
    customer.send(DOCTORS, "d-1", doctor_row(languages=[]))
    sync(world)

    seen: list[str] = []
    token = ""
    for _ in range(3):
        asked = ListSetAside(collection=CLINICS, page_size=2, page_token=token)
        page = world.call(list_set_aside, asked, as_=ADMIN)
        seen += [one.row_id for one in page.rows]
        token = page.next_page_token

    assert seen == ["c-4", "c-3", "c-2", "c-1", "c-0"]
    assert token == ""


def test_a_page_token_of_another_list_is_refused(world: World, customer: MemoryCustomer) -> None:
    for number in range(3):
        customer.send(CLINICS, f"c-{number}", clinic_row(time_zone="Mars/Olympus"))
    sync(world)
    asked = ListSetAside(collection=CLINICS, page_size=1)
    token = world.call(list_set_aside, asked, as_=ADMIN).next_page_token

    with pytest.raises(PageTokenInvalid):
        world.call(list_set_aside, ListSetAside(collection=DOCTORS, page_token=token), as_=ADMIN)


def test_the_sync_is_the_admins_business(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.call(read_sync, ReadSync(), as_=OPERATOR)
    with pytest.raises(NotAllowed):
        world.call(list_set_aside, ListSetAside(collection=CLINICS), as_=OPERATOR)
