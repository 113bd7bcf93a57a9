"""A phone that wants no texts is left alone, whoever has it and however often the directory is synced."""

from datetime import timedelta

from functions.directory.note_opt_out import note_opt_out
from functions.directory.sync_directory import sync_directory
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Doctor
from shared.contracts.messaging import InboundText, PhoneOptedOut
from shared.kernel.times import UTC
from shared.runtime.letters import Envelope
from tests.functions.directory.customer import MemoryCustomer, doctor_row, stamps
from tests.outside import START
from tests.world import TENANT, World

DOCTORS = Collection.DOCTORS
SHARED, OWN = "+48512000001", "+48512000002"


def key_of(world: World, phone: str) -> str:
    return world.wiring.seals.lookup_key(TENANT, phone)


def announce(world: World, phone: str, *, opted_out: bool, text_id: str = "") -> None:
    message = PhoneOptedOut(phone_key=key_of(world, phone), opted_out=opted_out, text_id=text_id)
    envelope = Envelope(id=world.wiring.ids.new(), tenant_id=TENANT, message=message.model_dump_json())
    body = envelope.model_dump_json(exclude={"version"}).encode()
    assert world.deliver(note_opt_out.declaration, body).status == 200  # type: ignore[attr-defined]


def sync(world: World) -> None:
    world.advance(timedelta(minutes=5))
    world.tick(sync_directory)


def wanting_no_texts(world: World, doctor_id: str) -> list[str]:
    return [one.number for one in world.record(Doctor, doctor_id).phones if one.opted_out]


def text(world: World, text_id: str, minutes: int) -> InboundText:
    return InboundText(
        id=text_id,
        tenant_id=TENANT,
        sender=SHARED,
        phone_key=key_of(world, SHARED),
        recipient="+48732230001",
        body="STOP",
        received_at=(START + timedelta(minutes=minutes)).astimezone(UTC),
        found_by="webhook",
    )


def given_two_doctors(world: World, customer: MemoryCustomer) -> None:
    customer.send(DOCTORS, "d-1", doctor_row(SHARED, OWN))
    customer.send(DOCTORS, "d-2", doctor_row(SHARED))
    sync(world)


def test_every_doctor_who_has_the_phone_is_marked_and_no_other_phone(
    world: World, customer: MemoryCustomer
) -> None:
    given_two_doctors(world, customer)

    announce(world, SHARED, opted_out=True)

    assert wanting_no_texts(world, "d-1") == [SHARED]
    assert wanting_no_texts(world, "d-2") == [SHARED]
    texting = world.record(Doctor, "d-1").texting_phone
    assert texting is not None
    assert texting.number == OWN


def test_a_sync_does_not_forget_it(world: World, customer: MemoryCustomer) -> None:
    given_two_doctors(world, customer)
    announce(world, SHARED, opted_out=True)

    customer.send(DOCTORS, "d-1", doctor_row(OWN, SHARED, family_name="Wrona"))
    sync(world)

    assert world.record(Doctor, "d-1").family_name == "Wrona"
    assert wanting_no_texts(world, "d-1") == [SHARED]


def test_a_mark_that_came_with_the_doctors_record_stays(world: World, customer: MemoryCustomer) -> None:
    given_two_doctors(world, customer)
    doctor = world.record(Doctor, "d-2")
    world.given(doctor.but(phones=tuple(one.but(opted_out=True) for one in doctor.phones)))

    customer.send(DOCTORS, "d-2", doctor_row(SHARED, family_name="Lis"))
    sync(world)

    assert wanting_no_texts(world, "d-2") == [SHARED]


def test_a_phone_that_leaves_and_comes_back_or_moves_is_still_opted_out(
    world: World, customer: MemoryCustomer
) -> None:
    given_two_doctors(world, customer)
    announce(world, SHARED, opted_out=True)
    customer.send(DOCTORS, "d-1", doctor_row(OWN))
    sync(world)

    customer.send(DOCTORS, "d-1", doctor_row(OWN, SHARED))
    customer.send(DOCTORS, "d-3", doctor_row(SHARED))
    sync(world)

    assert wanting_no_texts(world, "d-1") == [SHARED]
    assert wanting_no_texts(world, "d-3") == [SHARED]


def test_an_opt_out_of_a_phone_nobody_has_yet_waits_for_its_doctor(
    world: World, customer: MemoryCustomer
) -> None:
    announce(world, SHARED, opted_out=True)
    given_two_doctors(world, customer)

    assert wanting_no_texts(world, "d-2") == [SHARED]


def test_start_takes_it_back(world: World, customer: MemoryCustomer) -> None:
    given_two_doctors(world, customer)
    announce(world, SHARED, opted_out=True)
    announce(world, SHARED, opted_out=False)

    assert wanting_no_texts(world, "d-1") == []


def test_of_two_texts_the_later_one_counts_even_when_it_is_announced_first(
    world: World, customer: MemoryCustomer
) -> None:
    given_two_doctors(world, customer)
    world.given(text(world, "stop", minutes=1), text(world, "start", minutes=2))

    announce(world, SHARED, opted_out=False, text_id="start")
    announce(world, SHARED, opted_out=True, text_id="stop")

    assert wanting_no_texts(world, "d-1") == []


def test_the_same_announcement_twice_marks_once(world: World, customer: MemoryCustomer) -> None:
    given_two_doctors(world, customer)
    announce(world, SHARED, opted_out=True)
    before = stamps(world, "doctors")

    announce(world, SHARED, opted_out=True)

    assert stamps(world, "doctors") == before
