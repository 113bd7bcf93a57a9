"""Where the parts listen: on their usual ports, on those asked for, never on somebody else's."""

import os
import socket
from collections.abc import Iterator

import pytest

from infra.local.stack.ports import DEFAULT_PORTS, PortTaken, any_free_ports, choose_ports, first_free
from infra.local.stack.who_listens import pid_listening_on


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that this process listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_asked_for_is_used() -> None:
    free = any_free_ports()["PORT_PHONES"]

    choice = choose_ports({"PORT_PHONES": str(free)})

    assert choice.ports["PORT_PHONES"] == free
    assert not [told for told in choice.moved if told.startswith("PORT_PHONES")]


def test_a_taken_port_asked_for_is_refused_and_its_owner_named(taken: int) -> None:
    with pytest.raises(PortTaken, match=f"PORT_PHONES={taken} is taken by process {os.getpid()}"):
        choose_ports({"PORT_PHONES": str(taken)})


def test_a_port_must_be_a_number() -> None:
    with pytest.raises(PortTaken, match="not a port number"):
        choose_ports({"PORT_PHONES": "http"})


def test_the_next_free_port_is_found_when_the_usual_one_is_taken(taken: int) -> None:
    assert first_free(taken) > taken


def test_no_two_parts_share_a_port() -> None:
    for ports in (choose_ports({}).ports, any_free_ports()):
        assert ports.keys() == DEFAULT_PORTS.keys()
        assert len(set(ports.values())) == len(ports)


def test_nobody_listens_on_a_free_port() -> None:
    assert pid_listening_on(any_free_ports()["PORT_AUTH"]) is None
