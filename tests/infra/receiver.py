"""A small receiver of requests for the tests of the twins: keeps what came, answers what it was told to."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    at: float
    """Real time, by the monotonic clock."""

    @property
    def bearer(self) -> str:
        return self.headers["authorization"].removeprefix("Bearer ")


@dataclass(frozen=True)
class Reply:
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Receiver:
    """Answers 200 until told otherwise for a path."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._received: list[Received] = []
        self._replies: dict[str, list[Reply]] = {}
        self._gates: dict[str, threading.Event] = {}
        self._deeds: dict[str, Callable[[], object]] = {}
        self._inside = 0
        self.most_inside = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        for gate in self._gates.values():
            gate.set()
        self._server.shutdown()
        self._server.server_close()

    def will_answer(self, path: str, *statuses: int, headers: Mapping[str, str] | None = None) -> None:
        """One after the other; the last one is repeated."""
        told = tuple((headers or {}).items())
        self._replies[path] = [Reply(status, told) for status in statuses]

    def will_hold(self, path: str) -> threading.Event:
        """Requests to this path are not answered before the event is set."""
        gate = self._gates[path] = threading.Event()
        return gate

    def will_do(self, path: str, deed: Callable[[], object]) -> None:
        """Does this before it answers."""
        self._deeds[path] = deed

    def received(self, path: str = "") -> list[Received]:
        with self._changed:
            return [one for one in self._received if one.path == path or not path]

    def paths(self) -> list[str]:
        return [one.path for one in self.received()]

    def wait_for(self, count: int, path: str = "", within: float = PATIENCE_SECONDS) -> list[Received]:
        give_up = time.monotonic() + within
        with self._changed:
            while len(self.received(path)) < count:
                assert time.monotonic() < give_up, f"waited for {count} of {path}, got {self.paths()}"
                self._changed.wait(0.5)
        return self.received(path)

    def _take(self, one: Received) -> Reply:
        with self._changed:
            self._received.append(one)
            self._inside += 1
            self.most_inside = max(self.most_inside, self._inside)
            self._changed.notify_all()
            left = self._replies.get(one.path, [Reply()])
            return left.pop(0) if len(left) > 1 else left[0]

    def _leave(self) -> None:
        with self._changed:
            self._inside -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                one = Received(self.command, self.path, headers, self.rfile.read(length), time.monotonic())
                reply = receiver._take(one)
                if gate := receiver._gates.get(self.path):
                    gate.wait(PATIENCE_SECONDS)
                receiver._deeds.get(self.path, bool)()
                receiver._leave()
                self._answer(reply)

            do_PUT = do_GET = do_POST  # noqa: N815 - the names that http.server looks for

            def _answer(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    self.end_headers()
                except OSError:
                    return  # the caller did not wait

            def log_message(self, *_: object) -> None:
                """Silence."""

        return Handler
