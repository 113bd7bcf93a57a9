"""A small twin of Google's Firebase Auth emulator: the same addresses, the same answers, no Node.

It speaks what firebase-admin asks with FIREBASE_AUTH_EMULATOR_HOST set and what a browser asks to
sign in. tests/infra/test_auth.py runs against both. Like the real one it knows real time only.
"""

import json
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from infra.local.auth import answers
from infra.local.auth.account import AuthError, Json
from infra.local.auth.directory import Directory
from infra.local.local_key import LocalKey
from infra.local.web_server import WebServer

V1 = "/identitytoolkit.googleapis.com/v1"
V2 = "/identitytoolkit.googleapis.com/v2"
ADMIN = "Bearer owner"
"""What firebase-admin sends to an emulator instead of a credential."""

Answer = Callable[[Directory, Json, dict[str, str]], Json]


def _of_both(verb: str, answer: Answer, method: str = "POST") -> Iterable[Rule]:
    """The same call for a project and for one of its tenants."""
    for owner in ("<project>", "<project>/tenants/<tenant>"):
        yield Rule(f"{V1}/projects/{owner}/accounts{verb}", endpoint=answer, methods=[method])


ROUTES = Map(
    [
        *_of_both("", answers.create),
        *_of_both(":lookup", answers.lookup),
        *_of_both(":update", answers.update),
        *_of_both(":delete", answers.delete),
        *_of_both(":batchGet", answers.list_some, "GET"),
        *_of_both(":batchDelete", answers.delete_many),
        Rule(f"{V1}/accounts:lookup", endpoint=answers.look_at_self, methods=["POST"]),
        Rule(f"{V1}/accounts:update", endpoint=answers.update_self, methods=["POST"]),
        Rule(f"{V1}/accounts:delete", endpoint=answers.delete_self, methods=["POST"]),
        Rule(f"{V1}/accounts:signUp", endpoint=answers.sign_up, methods=["POST"]),
        Rule(f"{V1}/accounts:signInWithPassword", endpoint=answers.by_password, methods=["POST"]),
        Rule(f"{V1}/accounts:signInWithCustomToken", endpoint=answers.by_custom_token, methods=["POST"]),
        Rule(f"{V1}/accounts:signInWithIdp", endpoint=answers.by_provider, methods=["POST"]),
        Rule("/securetoken.googleapis.com/v1/token", endpoint=answers.refresh, methods=["POST"]),
        Rule(f"{V2}/projects/<project>/tenants", endpoint=answers.create_tenant, methods=["POST"]),
        Rule(f"{V2}/projects/<project>/tenants", endpoint=answers.list_tenants, methods=["GET"]),
        Rule(f"{V2}/projects/<project>/tenants/<tenant>", endpoint=answers.get_tenant, methods=["GET"]),
        Rule(f"{V2}/projects/<project>/tenants/<tenant>", endpoint=answers.delete_tenant, methods=["DELETE"]),
        Rule(f"{V2}/projects/<project>/config", endpoint=answers.set_config, methods=["PATCH"]),
        Rule("/emulator/v1/projects/<project>/accounts", endpoint=answers.wipe, methods=["DELETE"]),
        Rule("/emulator/v1/projects/<project>/config", endpoint=answers.config, methods=["GET"]),
        Rule("/", endpoint=answers.ready, methods=["GET"]),
        Rule("/healthz", endpoint=answers.ready, methods=["GET"]),
    ]
)


class AuthTwin:
    """Port 0 means any free one."""

    def __init__(self, project: str, port: int = 0, key: LocalKey | None = None) -> None:
        self.directory = Directory(project, key)
        self._server = WebServer(self._app, port, threads=4)

    @property
    def port(self) -> int:
        return self._server.port

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def reset(self) -> None:
        self.directory.clear()

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        response = Response(status=204) if request.method == "OPTIONS" else self._answer(request)
        # Browsers sign in from the page's own address, which is another origin.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "*, Authorization"
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            answer, in_path = ROUTES.bind_to_environ(request.environ).match()
            _check_key(request)
            return _json(answer(self.directory, _body_of(request), in_path))
        except AuthError as refusal:
            return _refusal(refusal.status, refusal.message)
        except HTTPException as refusal:
            return _refusal(refusal.code or 500, refusal.name)


def _check_key(request: Request) -> None:
    """Admin calls prove themselves, the others name an API key: any will do, none will not."""
    path = request.path
    if not path.startswith(("/identitytoolkit", "/securetoken")):
        return
    if request.headers.get("Authorization") != ADMIN and ("/projects/" in path or "key" not in request.args):
        raise AuthError("The request is missing a valid API key.", status=403)


def _body_of(request: Request) -> Json:
    """JSON, a form (the refresh call) or the query (batchGet)."""
    if request.method == "GET" or request.form:
        return {**request.args.to_dict(), **request.form.to_dict()}
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _json(body: Json, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")


def _refusal(status: int, message: str) -> Response:
    errors = [{"message": message, "reason": "invalid", "domain": "global"}]
    return _json({"error": {"code": status, "message": message, "errors": errors}}, status)
