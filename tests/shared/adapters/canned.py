"""A server on a real socket that gives one prepared answer, so that tests can be any stranger's server."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

REQUEST_BYTES_MAX = 100_000
WAIT_SECONDS_MAX = 5.0


@dataclass
class Canned:
    """What the server says, and what it heard."""

    port: int
    heard: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.port}"


def answer(status: int, body: Any, *, content_type: str = "application/json") -> bytes:
    """A whole HTTP answer; a body that is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} Told\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + content


@contextmanager
def server(*answers: bytes) -> Iterator[Canned]:
    """Gives each answer once, the last one for ever; an empty answer hangs up without a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    canned = Canned(listener.getsockname()[1])
    thread = threading.Thread(target=_serve, args=(listener, canned, answers), daemon=True)
    thread.start()
    try:
        yield canned
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(WAIT_SECONDS_MAX)


@contextmanager
def silent_server() -> Iterator[Canned]:
    """Takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Canned(listener.getsockname()[1])


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _serve(listener: socket.socket, canned: Canned, answers: tuple[bytes, ...]) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            caller.settimeout(WAIT_SECONDS_MAX)
            canned.heard.append(_request(caller))
            caller.sendall(answers[min(len(canned.heard), len(answers)) - 1])


def _request(caller: socket.socket) -> str:
    text = b""
    while b"\r\n\r\n" not in text and len(text) < REQUEST_BYTES_MAX:
        text += caller.recv(REQUEST_BYTES_MAX)
    head, _, body = text.partition(b"\r\n\r\n")
    told = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    wanted = min(int(told[0].split(b":")[1]), REQUEST_BYTES_MAX) if told else 0
    while len(body) < wanted:
        body += caller.recv(REQUEST_BYTES_MAX)
    return (head + b"\r\n\r\n" + body).decode()
