"""Asks a part whether it is ready: a real answer over the wire, never a guess by time."""

import socket
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException

ANSWER_SECONDS_MAX = 2.0

Probe = Callable[[Mapping[str, int]], bool]
"""Gets the ports by name, tells whether the part answers as it should."""


def http(port_name: str, path: str, expected: str = "") -> Probe:
    """Ready when GET path answers 200 and the body holds `expected`."""

    def probe(ports: Mapping[str, int]) -> bool:
        connection = HTTPConnection("127.0.0.1", ports[port_name], timeout=ANSWER_SECONDS_MAX)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status == 200 and expected in answer.read().decode(errors="replace")
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    return probe


def tcp(port_name: str) -> Probe:
    """Ready when somebody accepts a connection."""

    def probe(ports: Mapping[str, int]) -> bool:
        try:
            socket.create_connection(("127.0.0.1", ports[port_name]), ANSWER_SECONDS_MAX).close()
        except OSError:
            return False
        return True

    return probe


def both(first: Probe, second: Probe) -> Probe:
    return lambda ports: first(ports) and second(ports)
