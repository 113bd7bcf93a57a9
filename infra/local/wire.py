"""A small HTTP server whose handlers may also hang up: a lost answer is a thing we must be able to test."""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel
from pydantic_core import to_json

BODY_BYTES_MAX = 256_000
IDLE_SECONDS_MAX = 30.0
LOOK_UP_SECONDS = 0.02
"""How soon it notices that it should stop."""
WAITING_CONNECTIONS_MAX = 256

BODILESS = frozenset({204, 304})

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Asked:
    """One request. Header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8"), keep_blank_values=True))

    def args(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def read(self, model: type[Model]) -> Model:
        """The JSON body as this model; an empty one means its defaults. Raises ValidationError."""
        return model.model_validate_json(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class HangUp(Exception):
    """Close the connection without a word."""


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, to_json(value), headers=headers or {})


class Wire:
    """Serves on loopback, a thread for each connection; port 0 means any free one."""

    def __init__(self, answer: Callable[[Asked], Answer], port: int = 0) -> None:
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), _handler(answer, self._stopping))
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stopping(self) -> threading.Event:
        """Set when the server ends: who waits on purpose waits on this."""
        return self._stopping

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(LOOK_UP_SECONDS,), daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = WAITING_CONNECTIONS_MAX
    daemon_threads = True
    block_on_close = False  # a connection that is kept alive must not keep us alive


def _handler(answer: Callable[[Asked], Answer], stopping: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = IDLE_SECONDS_MAX
        disable_nagle_algorithm = True
        wbufsize = -1  # head and body leave in one packet

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def log_message(self, *_: object) -> None:
            """Who calls is logged nowhere: paths hold phone numbers."""

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if length > BODY_BYTES_MAX:
                self.close_connection = True
                self._send(Answer(413))
                return
            try:
                asked = self._asked(self.rfile.read(length))
                given = answer(asked)
                if stopping.is_set():
                    raise HangUp
                self._send(given)
            except HangUp:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            except ConnectionError:
                self.close_connection = True  # the caller has gone; nobody is left to be told

        def _asked(self, body: bytes) -> Asked:
            target = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            return Asked(self.command, unquote(target.path), target.query, headers, body)

        def _send(self, given: Answer) -> None:
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if given.status not in BODILESS:
                self.send_header("Content-Type", given.content_type)
                self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            if given.status not in BODILESS:
                self.wfile.write(given.body)

    return Handler
