"""Serves every declared function behind one port, as the load balancer does in production.

Besides: /docs explains the API, /openapi.json describes it, /_push/... takes what Pub/Sub delivers.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import HTTPException, NotFound, TooManyRequests
from werkzeug.wrappers import Request, Response

from infra.local.api_page.page import render
from infra.local.control import serve_until_told
from infra.local.declarations import announced_topics, read_topics
from infra.local.hosted_functions import host
from infra.local.local_seal import local_seal
from infra.local.pubsub_push import PUSH_PATH, declare, make_push_app
from infra.local.routes import Route, Routes
from infra.local.stack.places import ROOT
from infra.local.surroundings import declarations_from, key_from, project_from, public_url_from
from infra.local.web_server import WebServer
from shared.runtime.catalog import all_actions

OPENAPI = ROOT / "infra" / "generated" / "openapi.json"
THREADS = 64
PUSHES_MAX = THREADS // 2
"""A push waits here for a function that it calls here: more at once would wait for each other for ever."""


def say(line: str) -> None:
    print(line, flush=True)


class Gateway:
    """Port 0 means any free one. `only` serves one function and no other. Raises LookupError.

    `told` hears one line a request: the path as the caller made it up, never the query, a header or the body.
    """

    def __init__(
        self,
        port: int = 0,
        only: str = "",
        push: WSGIApplication | None = None,
        pushes_max: int = PUSHES_MAX,
        told: Callable[[str], None] = say,
    ) -> None:
        routes = [route for route in declared_routes() if only in ("", route.entry_point)]
        if not routes and only:
            raise LookupError(f"there is no function {only}")
        self._routes = Routes(routes)
        self._functions = host(route.entry_point for route in routes)
        self._push = push or _problem(NotFound())
        self._pushes = threading.BoundedSemaphore(pushes_max)
        self._told = told
        self._server = WebServer(self._logged, port, THREADS)

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def url(self) -> str:
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def reset(self) -> None:
        """Nothing is kept here."""

    def _logged(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz":  # asked all the time
            return _healthy(environ)(environ, start_response)
        began, line = time.monotonic(), f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"

        def answer(
            status: str, headers: list[tuple[str, str]], error: Any = None
        ) -> Callable[[bytes], object]:
            self._told(f"{line} {status[:3]} {1000 * (time.monotonic() - began):.0f}ms")
            return start_response(status, headers, error)

        return self._app_for(environ)(environ, answer)

    def _push_in_turn(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pub/Sub brings again what is answered 429."""
        if not self._pushes.acquire(blocking=False):
            return _problem(TooManyRequests())(environ, start_response)
        try:
            return self._push(environ, start_response)
        finally:
            self._pushes.release()

    def _app_for(self, environ: WSGIEnvironment) -> WSGIApplication:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path.startswith(PUSH_PATH):
            return self._push_in_turn
        if method == "GET" and path in _PAGES:
            return _PAGES[path](environ)
        if method == "OPTIONS":  # what a browser asks before it sends the real request
            method = environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", method)
        try:
            return self._functions[self._routes.find(method, path)]
        except HTTPException as refusal:
            return _problem(refusal)


def declared_routes() -> list[Route]:
    return [Route(one.trigger.method, one.path, one.entry_point) for one in all_actions()]


def _problem(refusal: HTTPException) -> Response:
    body = {"type": "about:blank", "title": refusal.name, "status": refusal.code}
    headers = [pair for pair in refusal.get_headers() if pair[0] == "Allow"]
    return Response(json.dumps(body), refusal.code, headers, content_type="application/problem+json")


def _healthy(_: WSGIEnvironment) -> Response:
    return Response('{"status":"ok"}', content_type="application/json")


def _home(_: WSGIEnvironment) -> Response:
    return Response(status=302, headers={"Location": "/docs"})


def _openapi(_: WSGIEnvironment) -> Response:
    return Response(OPENAPI.read_bytes(), content_type="application/json")


def _docs(environ: WSGIEnvironment) -> Response:
    page = render(json.loads(OPENAPI.read_text()), Request(environ).host_url.rstrip("/"))
    return Response(page, content_type="text/html; charset=utf-8")


_PAGES = {"/": _home, "/openapi.json": _openapi, "/docs": _docs}


def main() -> None:
    if not os.environ.get("VISITA_SIGNING_KEY"):
        os.environ.update(local_seal(key_from(os.environ).private))
    port = int(os.environ.get("PORT_GATEWAY", "28400"))
    gateway = Gateway(port, os.environ.get("VISITA_ONLY", ""), _push_of_the_environment())
    serve_until_told(gateway, f"{len(declared_routes())} functions on http://127.0.0.1:{port}")


def _push_of_the_environment() -> WSGIApplication | None:
    """Declares the topics; None in embedded mode, where there is no Pub/Sub."""
    if not os.environ.get("PUBSUB_EMULATOR_HOST"):
        return None
    project, public_url = project_from(os.environ), public_url_from(os.environ)
    file = declarations_from(os.environ)
    declare(project, read_topics(file), public_url, announced_topics(file))
    return make_push_app(public_url, key_from(os.environ), project)


if __name__ == "__main__":
    main()
