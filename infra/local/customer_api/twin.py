"""The customer's systems, which do not exist yet, as their document promises them: rows, clinics, webhooks.

Everything under /v1 is the port (docs/customer-api/openapi.json); what begins with an underscore steers
the twin. Bookings survive a restart in a file; rows and faults do not.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from infra.local.clock import MovableClock
from infra.local.customer_api import answers, control
from infra.local.customer_api.bookings import Bookings
from infra.local.customer_api.document import document
from infra.local.customer_api.premises import Premises
from infra.local.customer_api.problem import Problem
from infra.local.web_server import WebServer

THREADS: Final = 48
"""Many, since a fault keeps one waiting for each caller that it leaves without an answer."""
WEBHOOK_PATH: Final = "/v1/webhooks/clinics/bookings"
API_KEY: Final = "local-customer-key"
WEBHOOK_SECRET: Final = "local-clinic-webhook-secret"
SEED: Final = 7

Answer = Callable[..., dict[str, Any]]


def _rule(method: str, path: str, answer: Answer) -> Rule:
    return Rule(path, endpoint=answer, methods=[method])


ROUTES = Map(
    [
        _rule("GET", "/v1/changes/<collection>", answers.changes),
        _rule("GET", "/v1/clinics/<clinic>/slots", answers.find_slots),
        _rule("POST", "/v1/clinics/<clinic>/holds", answers.hold),
        _rule("POST", "/v1/clinics/<clinic>/bookings", answers.book),
        _rule("POST", "/v1/clinics/<clinic>/bookings/<key>:cancel", answers.cancel),
        _rule("GET", "/v1/clinics/<clinic>/bookings/<key>", answers.status),
        _rule("GET", "/openapi.json", lambda here, request: document()),
        _rule("GET", "/healthz", control.healthz),
        _rule("GET", "/next", control.upcoming),
        _rule("POST", "/drain", control.drain),
        _rule("POST", "/_reset", control.reset),
        _rule("GET", "/_bookings", control.list_bookings),
        _rule("GET", "/_fault", control.list_faults),
        _rule("POST", "/_fault", control.add_fault),
        _rule("POST", "/_event", control.send_event),
        _rule("POST", "/_world", control.change_world),
    ]
)


class CustomerApiTwin:
    """Port 0 means any free one. Without a state file, bookings are forgotten when it stops."""

    def __init__(
        self,
        port: int = 0,
        *,
        clock: MovableClock,
        public_url: str = "http://127.0.0.1:28400",
        seed: int = SEED,
        api_key: str = API_KEY,
        webhook_secret: str = WEBHOOK_SECRET,
        state_file: Path | None = None,
    ) -> None:
        self._here = Premises(
            seed=seed,
            now=clock.now,
            bookings=Bookings(clock.now, state_file),
            webhook_url=public_url.rstrip("/") + WEBHOOK_PATH,
            webhook_secret=webhook_secret,
            api_key=api_key,
        )
        self._server = WebServer(self._app, port, threads=THREADS)

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def url(self) -> str:
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._here.awake.set()
        # It wakes its thread through a pipe that the thread may have closed by then, when an answer went
        # out in the same moment: it has stopped all the same.
        with suppress(OSError):
            self._server.stop()

    def reset(self) -> None:
        self._here.reset()

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            answer, in_path = ROUTES.bind_to_environ(request.environ).match()
            if request.path.startswith("/v1/") and request.headers.get("X-Api-Key") != self._here.api_key:
                raise Problem("not_admitted")
            return _json(answer(self._here, request, **in_path))
        except Problem as problem:
            return _refusal(problem.status, problem.code, problem.detail)
        except HTTPException as refusal:
            return _refusal(refusal.code or 500, "not_understood", refusal.name)


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), content_type="application/json")


def _refusal(status: int, code: str, detail: str) -> Response:
    told = {"type": f"/problems/{code}", "title": code, "status": status, "detail": detail, "code": code}
    return Response(json.dumps(told), status, content_type="application/problem+json")
