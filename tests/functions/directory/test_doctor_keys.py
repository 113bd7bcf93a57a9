"""By what a doctor of the customer's is found to be a patient, or to live with one."""

from functions.directory.sync_directory import sync_directory
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Doctor
from shared.contracts.homes import Home, home_text
from tests.functions.directory.customer import MemoryCustomer, doctor_row
from tests.functions.patients.people import MARIA_PESEL
from tests.world import TENANT, World

HOME = {"street": "ul. Kwiatowa 7/12", "postcode": "02-539", "city": "Warszawa"}
NUMBER = [{"system": "pl-pesel", "value": MARIA_PESEL}]


def key(world: World, text: str) -> str:
    return world.wiring.seals.lookup_key(TENANT, text)


def test_a_doctors_number_and_home_are_kept_as_keys(world: World, customer: MemoryCustomer) -> None:
    customer.send(Collection.DOCTORS, "d-1", doctor_row(identifiers=NUMBER, home=HOME))
    world.tick(sync_directory)
    found = world.record(Doctor, "d-1")
    assert found.person_keys == (key(world, f"pl-pesel:{MARIA_PESEL}"),)
    assert found.home_key == key(world, home_text(Home(street="Kwiatowa 7 m. 12", postcode="02-539")))
    assert MARIA_PESEL not in found.model_dump_json()


def test_who_gives_neither_is_listed_all_the_same(world: World, customer: MemoryCustomer) -> None:
    customer.send(Collection.DOCTORS, "d-1", doctor_row(home={"city": "Warszawa"}))
    world.tick(sync_directory)
    found = world.record(Doctor, "d-1")
    assert (found.person_keys, found.home_key) == ((), "")


def test_a_number_that_cannot_be_sets_the_row_aside(world: World, customer: MemoryCustomer) -> None:
    wrong = [{"system": "pl-pesel", "value": "84031742129"}]
    customer.send(Collection.DOCTORS, "d-1", doctor_row(identifiers=wrong))
    world.tick(sync_directory)
    assert world.wiring.documents.read(["doctors/d-1"])["doctors/d-1"] is None
