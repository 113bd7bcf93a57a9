"""Chooses the port of every part: the default, what PORT_* says, or the next free one."""

import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import SystemRandom

from infra.local.stack.part import Refused
from infra.local.stack.who_listens import pid_listening_on

DEFAULT_PORTS = {
    "PORT_GATEWAY": 28400,
    "PORT_FIRESTORE": 28401,
    "PORT_PUBSUB": 28402,
    "PORT_STORAGE": 28403,
    "PORT_AUTH": 28404,
    "PORT_TASKS": 28405,
    "PORT_TASKS_HTTP": 28406,
    "PORT_SCHEDULER": 28407,
    "PORT_PHONES": 28408,
    "PORT_SMTP": 28409,
    "PORT_MAILBOX": 28410,
    "PORT_CUSTOMER": 28411,
}
PRIVATE_PORTS = range(20_000, 28_000)
"""Below those that systems lend to callers (from 32,768 on), and below the defaults."""
SEARCH_MAX = 200
"""How far above the default we look for a free port before giving up."""


class PortTaken(Refused):
    """A port that was asked for by name is in use."""


@dataclass(frozen=True)
class Choice:
    ports: dict[str, int]
    moved: tuple[str, ...]
    """One sentence for each part that is not where it usually is."""


def choose_ports(environ: Mapping[str, str]) -> Choice:
    """Raises PortTaken."""
    ports: dict[str, int] = {}
    moved: list[str] = []
    for name, default in DEFAULT_PORTS.items():
        if name in environ:
            ports[name] = _asked_for(name, environ[name])
            continue
        others = set(ports.values()) | set(DEFAULT_PORTS.values()) - {default}
        ports[name] = first_free(default, others)
        if ports[name] != default:
            moved.append(f"{name}: {default} is taken{_by_whom(default)}, using {ports[name]}")
    return Choice(ports, tuple(moved))


def any_free_ports() -> dict[str, int]:
    """Ports for a private cloud, by chance; whoever calls out is lent none of them in between."""
    free = (port for port in SystemRandom().sample(PRIVATE_PORTS, len(PRIVATE_PORTS)) if is_free(port))
    return dict(zip(DEFAULT_PORTS, free, strict=False))


def is_free(port: int) -> bool:
    """Free means that nobody answers and that we could bind it, on loopback and on any address."""
    with socket.socket() as caller:
        caller.settimeout(0.5)
        if caller.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _asked_for(name: str, text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise PortTaken(f"{name}={text} is not a port number")
    port = int(text)
    if not is_free(port):
        raise PortTaken(f"{name}={port} is taken{_by_whom(port)}; choose another or unset {name}")
    return port


def first_free(start: int, avoid: Collection[int] = ()) -> int:
    """Raises PortTaken when SEARCH_MAX ports in a row are in use."""
    for port in range(start, start + SEARCH_MAX):
        if port not in avoid and is_free(port):
            return port
    raise PortTaken(f"no free port between {start} and {start + SEARCH_MAX}")


def _by_whom(port: int) -> str:
    pid = pid_listening_on(port)
    return f" by process {pid}" if pid else ""
