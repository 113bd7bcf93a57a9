"""Devices are told that something waits: of who takes part, except the writer, and of nobody else."""

import pytest

from functions.chat.domain.device import Device, device_id
from functions.chat.forget_device import ForgetDevice, forget_device
from functions.chat.register_device import RegisterDevice, register_device
from shared.contracts.push import DeviceGone, PushDelayed
from shared.kernel.actors import Actor
from tests.functions.chat.talk import ask, opened, read, say, won
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import OPERATOR, TENANT, World


class Devices:
    """The world's devices: what each was told; `gone` ones, and `away` while nobody answers."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.gone: set[str] = set()
        self.away = False

    def tell(self, token: str, thread_id: str) -> None:
        if self.away:
            raise PushDelayed
        if token in self.gone:
            raise DeviceGone
        self.told.append((token, thread_id))


@pytest.fixture
def devices(staffed: World) -> Devices:
    staffed.settings = staffed.wiring.settings = staffed.settings.but(push="fcm")
    found = Devices()
    staffed.wiring.__dict__["push"] = found
    return found


def phone_of(world: World, who: Actor, token: str = "") -> str:
    named = token or f"token-of-{who.user_id}-00000000"
    world.call(register_device, RegisterDevice(token=named), as_=who)
    return named


def test_everybody_else_who_takes_part_is_told(staffed: World, visit_id: str, devices: Devices) -> None:
    mine, theirs = phone_of(staffed, OPERATOR), phone_of(staffed, as_doctor(ANNA))
    phone_of(staffed, as_doctor(PIOTR))
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Dzień dobry")
    staffed.settle()
    assert devices.told == [(theirs, visit_id)]
    say(staffed, visit_id, "Dzień dobry!", as_=as_doctor(ANNA))
    staffed.settle()
    assert devices.told[1:] == [(mine, visit_id)]


def test_who_has_read_it_or_lost_the_visit_is_not_told(
    staffed: World, visit_id: str, devices: Devices
) -> None:
    phone_of(staffed, as_doctor(ANNA))
    phone_of(staffed, as_doctor(PIOTR))
    ask(staffed, visit_id, PIOTR, ANNA)
    opened(staffed, visit_id, PIOTR)
    number = say(staffed, visit_id, "Dzień dobry").number
    read(staffed, visit_id, number, as_=as_doctor(PIOTR))
    staffed.settle()
    assert devices.told == []


def test_a_device_that_is_gone_is_forgotten(staffed: World, visit_id: str, devices: Devices) -> None:
    token = phone_of(staffed, as_doctor(ANNA))
    devices.gone.add(token)
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Dzień dobry")
    staffed.settle()
    with pytest.raises(AssertionError, match="there is no devices"):
        staffed.record(Device, device_id(TENANT, token))


def test_a_phone_that_changes_hands_tells_its_last_owner_alone(
    staffed: World, visit_id: str, devices: Devices
) -> None:
    token = phone_of(staffed, as_doctor(ANNA))
    phone_of(staffed, as_doctor(PIOTR), token)
    staffed.call(forget_device, ForgetDevice(token=token), as_=as_doctor(ANNA))
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Dzień dobry")
    staffed.settle()
    assert devices.told == []
    assert staffed.record(Device, device_id(TENANT, token)).seat == f"doctor:{PIOTR}"
    staffed.call(forget_device, ForgetDevice(token=token), as_=as_doctor(PIOTR))
    with pytest.raises(AssertionError, match="there is no devices"):
        staffed.record(Device, device_id(TENANT, token))


def test_a_push_that_must_wait_is_brought_again(staffed: World, visit_id: str, devices: Devices) -> None:
    phone_of(staffed, as_doctor(ANNA))
    opened(staffed, won(staffed, visit_id))
    devices.away = True
    say(staffed, visit_id, "Dzień dobry")
    with pytest.raises(AssertionError):
        staffed.settle()  # the queue is told that it must come again


def test_while_push_is_off_nothing_is_planned(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Dzień dobry")
    assert not [one for one in staffed.queue.pending if one.entry_point == "chat__push_message"]
