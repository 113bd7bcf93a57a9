"""A doctor of no clinic is found where they live, at once; a doctor of a clinic through the clinic alone."""

from datetime import timedelta

from functions.directory.renew_clinic_index import renew_clinic_index
from functions.directory.sync_directory import sync_directory
from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.doctor_entry import of_doctors
from shared.kernel.places import Position
from tests.functions.directory.customer import WARSAW, MemoryCustomer, clinic_row, doctor_row, stamps
from tests.world import TENANT, World

CLINICS, DOCTORS = Collection.CLINICS, Collection.DOCTORS
HERE = Position(lat=WARSAW["lat"], lon=WARSAW["lon"])
SUNDAY = 6
KRAKOW = {"lat": 50.0614, "lon": 19.9366}


def sync(world: World) -> None:
    world.advance(timedelta(minutes=5))
    world.tick(sync_directory)


def doctors(world: World, specialization: str = "cardiology") -> list[str]:
    found = world.wiring.clinic_search.near(TENANT, HERE, of_doctors(specialization), SUNDAY)
    return [one.clinic_id for one in found]


def clinics(world: World) -> list[str]:
    return [one.clinic_id for one in world.wiring.clinic_search.near(TENANT, HERE, "cardiology", 0)]


def packed_anew(world: World) -> list[str]:
    """What is found when the index is made from the records alone."""
    world.tick(renew_clinic_index)
    assert world.record(ClinicIndexHead, TENANT).changes() == ()
    return doctors(world)


def test_only_doctors_of_no_clinic_stand_for_themselves(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(DOCTORS, "d-of-c-1", doctor_row())
    customer.send(DOCTORS, "d-alone", doctor_row("+48512000002", clinic_ids=[]))
    customer.send(DOCTORS, "d-nowhere", doctor_row("+48512000003", clinic_ids=[], home_position=None))
    customer.send(DOCTORS, "d-stranger", doctor_row("+48512000004", clinic_ids=["c-unheard-of"]))
    customer.send(CLINICS, "d-alone", clinic_row())  # ids of two collections may be alike
    sync(world)

    assert doctors(world) == ["d/d-alone", "d/d-stranger"]
    assert doctors(world, "pediatrics") == []
    assert clinics(world) == ["c-1", "d-alone"]
    assert packed_anew(world) == ["d/d-alone", "d/d-stranger"]


def test_a_doctor_who_moves_joins_or_goes_is_found_as_they_are_now(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    for number, name in enumerate(("d-goes", "d-joins", "d-leaves", "d-moves", "d-stays")):
        of = ["c-1"] if name == "d-leaves" else []
        customer.send(DOCTORS, name, doctor_row(f"+4851200001{number}", clinic_ids=of))
    sync(world)
    assert doctors(world) == ["d/d-goes", "d/d-joins", "d/d-moves", "d/d-stays"]

    customer.delete(DOCTORS, "d-goes")
    customer.send(DOCTORS, "d-joins", doctor_row("+48512000011", clinic_ids=["c-1"]))
    customer.send(DOCTORS, "d-leaves", doctor_row("+48512000012", clinic_ids=[]))
    customer.send(DOCTORS, "d-moves", doctor_row("+48512000013", clinic_ids=[], home_position=KRAKOW))
    sync(world)

    assert doctors(world) == ["d/d-leaves", "d/d-stays"]
    assert packed_anew(world) == ["d/d-leaves", "d/d-stays"]


def test_a_clinic_that_closes_leaves_its_doctors_findable_until_it_opens_again(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    customer.send(CLINICS, "c-2", clinic_row())
    customer.send(DOCTORS, "d-one", doctor_row("+48512000001", clinic_ids=["c-1"]))
    customer.send(DOCTORS, "d-two", doctor_row("+48512000002", clinic_ids=["c-1", "c-2"]))
    sync(world)
    assert doctors(world) == []

    customer.delete(CLINICS, "c-1")
    sync(world)
    assert doctors(world) == ["d/d-one"]
    assert packed_anew(world) == ["d/d-one"]

    customer.send(CLINICS, "c-2", clinic_row(position=None))  # no search finds it, nor its doctors through it
    sync(world)
    assert doctors(world) == ["d/d-one", "d/d-two"]

    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    assert doctors(world) == []
    assert packed_anew(world) == []


def test_whichever_comes_first_a_clinic_takes_its_doctors_in(world: World, customer: MemoryCustomer) -> None:
    for number in range(40):
        phone = f"+485120000{number:02}"
        customer.send(DOCTORS, f"d-{number:02}", doctor_row(phone, clinic_ids=[f"c-{number:02}"]))
    sync(world)
    assert len(doctors(world)) == 40

    for number in range(39):
        customer.send(CLINICS, f"c-{number:02}", clinic_row())
    sync(world)
    assert doctors(world) == ["d/d-39"]


def test_what_no_search_notices_of_a_doctor_leaves_the_index_alone(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(DOCTORS, "d-1", doctor_row(clinic_ids=[]))
    sync(world)
    before = stamps(world, ClinicIndexHead.kind)

    customer.send(DOCTORS, "d-1", doctor_row(clinic_ids=[], given_name="Hanna"))
    sync(world)

    assert world.record(Doctor, "d-1").given_name == "Hanna"
    assert stamps(world, ClinicIndexHead.kind) == before


def test_doctors_and_clinics_of_the_same_place_do_not_crowd_each_other(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    for number in range(60):
        customer.send(DOCTORS, f"d-{number:02}", doctor_row(f"+485120000{number:02}", clinic_ids=[]))
    sync(world)

    assert entry_of(world.record(Clinic, "c-1")) is not None
    assert clinics(world) == ["c-1"]
    assert len(doctors(world)) == 50
