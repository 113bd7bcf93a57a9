"""How a part of the local cloud is spoken to: a small HTTP port with JSON answers, and a clean end."""

import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

BODY_BYTES_MAX = 64_000
WAITING_CONNECTIONS_MAX = 128
IDLE_SECONDS_MAX = 30.0

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """One request: what followed the route's path, and the body."""

    rest: str
    body: bytes

    def read(self, model: type[Model]) -> Model:
        """The body as this model; an empty body means its defaults. Raises ValidationError."""
        return model.model_validate_json(self.body or b"{}")


Route = Callable[[Call], object]
"""Answers with anything that pydantic can turn into JSON. Raises RefusedError."""


class RefusedError(Exception):
    """The caller gets this status and the message as `detail`."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class ControlServer:
    """Serves routes such as "GET /tasks"; one that ends in a slash takes what follows as `rest`."""

    def __init__(self, routes: Mapping[str, Route], port: int = 0) -> None:
        self._server = _Server(("127.0.0.1", port), _handler_for({"GET /healthz": _healthy, **routes}))
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Part(Protocol):
    """What every part of the local cloud can do."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def serve_until_told(part: Part, greeting: str) -> None:
    """Runs a part as a process of its own: until SIGTERM or SIGINT."""
    told = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: told.set())
    part.start()
    print(greeting, flush=True)
    told.wait()
    part.stop()


def _healthy(_: Call) -> object:
    return {"status": "ok"}


class _Server(ThreadingHTTPServer):
    request_queue_size = WAITING_CONNECTIONS_MAX
    daemon_threads = True


def _handler_for(routes: Mapping[str, Route]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = IDLE_SECONDS_MAX

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """The parts log what they do, not who asks them."""

        def _answer(self) -> None:
            status, answer = self._ask()
            content = to_json(answer)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _ask(self) -> tuple[int, object]:
            path = unquote(urlsplit(self.path).path)
            length = int(self.headers.get("Content-Length") or 0)
            if length > BODY_BYTES_MAX:
                return 413, {"detail": f"at most {BODY_BYTES_MAX} bytes"}
            return _ask(routes, f"{self.command} {path}", self.rfile.read(length))

    return Handler


def _ask(routes: Mapping[str, Route], wanted: str, body: bytes) -> tuple[int, object]:
    head, slash, rest = wanted.rpartition("/")
    if wanted in routes:
        route, rest = routes[wanted], ""
    elif head + slash in routes:
        route = routes[head + slash]
    else:
        return 404, {"detail": f"{wanted}: no such route; there is {', '.join(sorted(routes))}"}
    try:
        return 200, route(Call(rest, body))
    except RefusedError as refusal:
        return refusal.status, {"detail": str(refusal)}
    except ValidationError as refusal:
        return 422, {"detail": str(refusal)}
