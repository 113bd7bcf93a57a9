"""Serves a WSGI application on loopback: in a thread for tests, as a process of its own otherwise."""

import threading
from contextlib import suppress
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

THREADS = 16
BACKLOG = 256
REQUEST_BYTES_MAX = 32 * 1024 * 1024
"""What Cloud Run takes in one request; more is answered 413."""
STOP_SECONDS_MAX = 1.5


class WebServer:
    """Port 0 means any free one; `port` tells which, once started."""

    def __init__(self, app: WSGIApplication, port: int = 0, threads: int = THREADS) -> None:
        self._app = app
        self._threads = threads
        self.port = port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it listens."""
        self._server = create_server(
            self._app,
            host="127.0.0.1",
            port=self.port,
            threads=self._threads,
            backlog=BACKLOG,
            max_request_body_size=REQUEST_BYTES_MAX,
            ident="",
        )
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(target=self._server.run, name=f"serve-{self.port}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        # Its loop ends when no socket is left in it, and only its own thread may close them.
        # An answer that goes out in the same moment may have closed the trigger: then it is ending already.
        with suppress(OSError):
            self._server.trigger.pull_trigger(self._close_sockets)
        self._thread.join(STOP_SECONDS_MAX)
        self._server.task_dispatcher.shutdown(timeout=STOP_SECONDS_MAX)

    def _close_sockets(self) -> None:
        wasyncore.close_all(self._server._map)
