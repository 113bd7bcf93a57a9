"""A changed clinic is found at once; rebuilding the index is nobody's concern but its own."""

import random
from datetime import timedelta

from functions.directory.domain.index import PackClinicIndex
from functions.directory.pack_clinic_index import pack_clinic_index
from functions.directory.renew_clinic_index import renew_clinic_index
from functions.directory.sync_directory import sync_directory
from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import CHANGES_MAX, ClinicIndexHead, ClinicIndexPart
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Clinic
from shared.kernel.places import Position
from shared.kernel.ports import Query
from shared.runtime.letters import Envelope
from tests.bench.brute_force import BruteForce
from tests.functions.directory.customer import WARSAW, MemoryCustomer, clinic_row, stamps
from tests.world import TENANT, World

CLINICS = Collection.CLINICS
HERE = Position(lat=WARSAW["lat"], lon=WARSAW["lon"])
TUESDAY = 1
KRAKOW = {"lat": 50.0614, "lon": 19.9366}


def sync(world: World) -> None:
    world.advance(timedelta(minutes=5))
    world.tick(sync_directory)


def near(world: World, specialization: str = "cardiology", radius_km: float = 50.0) -> list[str]:
    found = world.wiring.clinic_search.near(TENANT, HERE, specialization, TUESDAY, radius_km)
    return [one.clinic_id for one in found]


def head(world: World) -> ClinicIndexHead:
    return world.record(ClinicIndexHead, TENANT)


def parts(world: World) -> list[str]:
    return [one.fields["id"] for one in world.wiring.documents.query(Query(ClinicIndexPart.kind))]


def send_many(customer: MemoryCustomer, count: int, seed: int = 1) -> None:
    """Clinics up to some hundred kilometres around Warsaw, each a little different."""
    dice = random.Random(seed)
    for number in range(count):
        customer.send(
            CLINICS,
            f"c-{number:04}",
            clinic_row(
                position={
                    "lat": WARSAW["lat"] + dice.uniform(-0.9, 0.9),
                    "lon": WARSAW["lon"] + dice.uniform(-1.4, 1.4),
                },
                specializations=dice.sample(["cardiology", "pediatrics", "urology"], dice.randint(1, 3)),
                home_visit_radius_km=dice.choice([None, 10, 30.5, 80]),
                opening_hours=[
                    {"weekday": day, "opens": "08:00", "closes": "16:00"} for day in range(dice.randint(0, 7))
                ],
            ),
        )


def brute_force(world: World, specialization: str, radius_km: float) -> list[str]:
    documents = world.wiring.documents.query(Query(Clinic.kind, limit=10_000))
    clinics = [world.wiring.codec.decode(Clinic, one.fields) for one in documents]
    entries = [entry for one in clinics if (entry := entry_of(one)) is not None]
    return [found for _, found in BruteForce(entries).near(HERE, specialization, TUESDAY, radius_km)]


def test_fifty_clinics_are_found_as_brute_force_finds_them(world: World, customer: MemoryCustomer) -> None:
    send_many(customer, 50)

    sync(world)

    for specialization in ("cardiology", "pediatrics", "urology", "geriatrics"):
        for radius_km in (5, 20, 50, 120):
            expected = brute_force(world, specialization, radius_km)
            assert near(world, specialization, radius_km) == expected
    assert len(near(world, "cardiology", 120)) > 5


def test_the_first_clinics_are_packed_in_the_run_that_brings_them(
    world: World, customer: MemoryCustomer
) -> None:
    send_many(customer, 5)

    sync(world)

    assert (head(world).snapshot, head(world).changes()) == (1, ())
    assert parts(world) == [f"{TENANT}-1-0"]


def test_a_changed_clinic_is_found_at_once_without_a_rebuild(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-moves", clinic_row())
    customer.send(CLINICS, "c-goes", clinic_row())
    customer.send(CLINICS, "c-stays", clinic_row())
    sync(world)
    assert near(world) == ["c-goes", "c-moves", "c-stays"]

    customer.send(CLINICS, "c-moves", clinic_row(position=KRAKOW))
    customer.delete(CLINICS, "c-goes")
    customer.send(CLINICS, "c-new", clinic_row())
    sync(world)

    assert near(world) == ["c-new", "c-stays"]
    assert head(world).snapshot == 1


def test_a_clinic_without_position_is_not_found_until_it_has_one(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row(position=None))
    sync(world)
    assert near(world) == []

    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    assert near(world) == ["c-1"]

    customer.send(CLINICS, "c-1", clinic_row(position=None))
    sync(world)
    assert near(world) == []


def test_what_no_search_notices_leaves_the_index_alone(world: World, customer: MemoryCustomer) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    before = stamps(world, ClinicIndexHead.kind)

    customer.send(CLINICS, "c-1", clinic_row(name="Przychodnia Pod Dębem"))
    sync(world)

    assert world.record(Clinic, "c-1").name == "Przychodnia Pod Dębem"
    assert stamps(world, ClinicIndexHead.kind) == before


def test_many_changes_bring_a_rebuild_and_the_old_parts_go(world: World, customer: MemoryCustomer) -> None:
    send_many(customer, CHANGES_MAX)
    sync(world)
    assert head(world).snapshot == 1
    before = near(world)

    send_many(customer, CHANGES_MAX, seed=2)
    sync(world)

    assert (head(world).snapshot, head(world).changes()) == (2, ())
    assert parts(world) == [f"{TENANT}-2-0"]
    assert near(world) == brute_force(world, "cardiology", 50) != before


def test_a_pack_that_comes_late_or_twice_changes_nothing(world: World, customer: MemoryCustomer) -> None:
    send_many(customer, 5)
    sync(world)
    before = stamps(world, ClinicIndexHead.kind) | stamps(world, ClinicIndexPart.kind)
    envelope = Envelope(id="late", tenant_id=TENANT, message=PackClinicIndex(build=1).model_dump_json())
    body = envelope.model_dump_json(exclude={"version"}).encode()

    assert world.deliver(pack_clinic_index.declaration, body).status == 200  # type: ignore[attr-defined]

    assert stamps(world, ClinicIndexHead.kind) | stamps(world, ClinicIndexPart.kind) == before


def test_every_night_the_index_is_packed_anew_from_the_clinics_themselves(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-1", clinic_row())
    sync(world)
    world.given(world.record(Clinic, "c-1").but(id="c-unknown-to-the-index"))

    world.tick(renew_clinic_index)

    assert near(world) == ["c-1", "c-unknown-to-the-index"]


def test_an_empty_tenant_finds_nothing_and_says_so_quietly(world: World, customer: MemoryCustomer) -> None:
    assert near(world) == []
    sync(world)
    assert near(world) == []
    assert world.wiring.clinic_search.nearest_beyond(TENANT, HERE, "cardiology", TUESDAY) == []


def test_the_nearest_beyond_the_radius_is_offered_with_its_distance(
    world: World, customer: MemoryCustomer
) -> None:
    customer.send(CLINICS, "c-far", clinic_row(position=KRAKOW))
    sync(world)

    assert near(world) == []
    (found,) = world.wiring.clinic_search.nearest_beyond(TENANT, HERE, "cardiology", TUESDAY)
    assert found.clinic_id == "c-far"
    assert 251 < found.distance_km < 253
