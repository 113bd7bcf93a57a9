"""A scanner that speaks clamd's protocol over TCP, and can be made to misbehave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""Harmless, and named by every scanner."""


@dataclass
class ClamdTwin:
    """`says` replaces its answer; None hangs up without one."""

    port: int = 0
    says: bytes | None = b""
    seen: list[bytes] = field(default_factory=list)
    hangs: threading.Event | None = None

    def answer(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as told:
            if told.read(10) != b"zINSTREAM\0":
                return  # no scan: somebody looked whether the port is open
            content = b""
            while length := int.from_bytes(told.read(4)):
                content += told.read(length)
            self.seen.append(content)
            if self.hangs is not None:
                self.hangs.wait(5)
            if self.says is not None:
                line.sendall(self.says or _verdict(content))


def _verdict(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def a_scanner(**how: object) -> Iterator[ClamdTwin]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        twin = ClamdTwin(port=server.getsockname()[1], **how)  # type: ignore[arg-type]  # its own fields
        thread = threading.Thread(target=_serve, args=(server, twin), daemon=True)
        thread.start()
        yield twin


def _serve(server: socket.socket, twin: ClamdTwin) -> None:
    try:
        line, _ = server.accept()
        twin.answer(line)
    except OSError:
        return  # the test is over
