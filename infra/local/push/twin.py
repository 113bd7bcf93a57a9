"""Firebase Cloud Messaging as firebase-admin speaks to it: takes pushes and shows what each held."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.web_server import WebServer

PATH: Final = re.compile(r"/v1/projects/(?P<project>[^/]+)/messages:send")
FCM_ERROR: Final = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


@dataclass
class PushTwin:
    """`gone` tokens are no longer on any device; `trouble` is the status that everything is answered with."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    trouble: int = 0

    def __post_init__(self) -> None:
        self._server = WebServer(self._app)

    @property
    def url(self) -> str:
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def _app(self, environ: Any, start: Any) -> Any:
        return self._answer(Request(environ))(environ, start)

    def _answer(self, request: Request) -> Response:
        found = PATH.fullmatch(request.path)
        if found is None or request.method != "POST":
            return _error(404, "NOT_FOUND")
        if self.trouble:
            return _error(self.trouble, "UNAVAILABLE" if self.trouble >= 500 else "RESOURCE_EXHAUSTED")
        message = json.loads(request.get_data())["message"]
        if message["token"] in self.gone:
            return _error(404, "NOT_FOUND", "UNREGISTERED")
        self.taken.append(message)
        name = f"projects/{found['project']}/messages/{len(self.taken)}"
        return Response(json.dumps({"name": name}), content_type="application/json")


def _error(status: int, word: str, code: str = "") -> Response:
    details = [{"@type": FCM_ERROR, "errorCode": code}] if code else []
    body = {"error": {"code": status, "message": word, "status": word, "details": details}}
    return Response(json.dumps(body), status, content_type="application/json")
