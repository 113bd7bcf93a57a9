"""Virus scanners behind the Antivirus port: clamd by its own protocol, or none where that was said.

INSTREAM (docs.clamav.net, clamd(8)): `zINSTREAM\\0`, then chunks, each with its length in four bytes, then a
length of zero; the answer is `stream: OK`, `stream: NAME FOUND` or an error, ended by a zero byte. Whatever
is not one of the first two is no answer: it fails closed.
"""

import re
import socket
import time
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from shared.contracts.file_checks import ScannerUnclear
from shared.contracts.ports import Antivirus

TIMEOUT_SECONDS: Final = 30.0
CHUNK_BYTES: Final = 64 * 1024
ANSWER_MAX: Final = 4096
PORT: Final = 3310
FOUND: Final = re.compile(r"stream: (\S{1,200}) FOUND")


class NoAntivirus:
    """Nothing is scanned, because somebody said so."""

    def scan(self, content: bytes) -> str:
        return ""


class Clamd:
    def __init__(self, host: str, port: int, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._at = (host, port)
        self._timeout = timeout_seconds

    def scan(self, content: bytes) -> str:
        """The name of what was found, "" for nothing. Raises ScannerUnclear."""
        try:
            until = time.monotonic() + self._timeout
            with socket.create_connection(self._at, timeout=self._timeout) as line:
                for part in _said(content):
                    _hurry(line, until)
                    line.sendall(part)
                return _understood(_answer(line, until))
        except OSError as away:
            raise ScannerUnclear("the scanner does not answer") from away


def choose_antivirus(setting: str) -> Antivirus:
    """`clamd://host:port`, or `off`. Raises ValueError."""
    if setting in ("", "off"):
        return NoAntivirus()
    where = urlsplit(setting)
    if where.scheme != "clamd" or not where.hostname:
        raise ValueError("VISITA_ANTIVIRUS must be clamd://host:port, or off")
    return Clamd(where.hostname, where.port or PORT)


def _said(content: bytes) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for at in range(0, len(content), CHUNK_BYTES):
        chunk = content[at : at + CHUNK_BYTES]
        yield len(chunk).to_bytes(4) + chunk
    yield bytes(4)


def _hurry(line: socket.socket, until: float) -> None:
    """The whole scan has one deadline: a scanner that takes every byte slowly does not answer either."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _answer(line: socket.socket, until: float) -> str:
    told = b""
    while b"\0" not in told and len(told) < ANSWER_MAX:
        _hurry(line, until)
        more = line.recv(ANSWER_MAX)
        if not more:
            break
        told += more
    text, ended, _ = told.partition(b"\0")
    if not ended:
        raise ScannerUnclear("the scanner broke off")
    return text.decode("utf-8", "replace")


def _understood(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    found = FOUND.fullmatch(answer)
    if found is None:
        raise ScannerUnclear("the scanner did not say yes or no")
    return found.group(1)
