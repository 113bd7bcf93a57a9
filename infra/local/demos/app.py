"""The application as its clients see it: over HTTP, with a token, an Idempotency-Key, and JSON both ways."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

import requests

from shared.kernel.actors import Actor
from shared.kernel.records import Value
from shared.runtime.action import Declaration
from shared.runtime.context import Context

ANSWER_SECONDS_MAX: Final = 60

Q = TypeVar("Q", bound=Value)
A = TypeVar("A", bound=Value)


class Refused(Exception):
    """The application said no; `told` is why, in words for a person, `see` a record to look at instead."""

    def __init__(self, action: str, status: int, code: str, told: str, see: str = "") -> None:
        super().__init__(f"{action}: {status} {code}: {told}")
        self.code, self.told, self.see = code, told, see


class SignsIn(Protocol):
    def token(self, role: str, record_id: str, tenant: str, person: str) -> str: ...


@dataclass(frozen=True)
class App:
    """Knows of an action only its declared path and the shapes that go in and out."""

    url: str
    browser: SignsIn
    _tokens: dict[Actor, str] = field(default_factory=dict)

    def call(self, run: Callable[[Q, Context], A], request: Q, as_: Actor, key: str = "") -> A:
        """`key` makes a repeated call the same call; without one each is new. Raises Refused."""
        action: Declaration = run.declaration  # type: ignore[attr-defined]  # the mark of @action
        path, fields = _addressed(action.path, request)
        reads = action.trigger.method == "GET"
        answer = requests.request(
            action.trigger.method,
            self.url + path,
            headers=self._headers(as_, key),
            params=fields if reads else None,
            json=None if reads else fields,
            timeout=ANSWER_SECONDS_MAX,
        )
        if not answer.ok:
            raise _refusal(action.name, answer)
        told: A = action.response.model_validate_json(answer.content)  # type: ignore[assignment]  # as declared
        return told

    def _headers(self, as_: Actor, key: str) -> dict[str, str]:
        """Whoever acts signs in first, once: a demo is over before the token's hour."""
        if as_ not in self._tokens:
            self._tokens[as_] = self.browser.token(as_.role, as_.record_id, as_.tenant_id, as_.user_id)
        return {"Authorization": f"Bearer {self._tokens[as_]}", "Idempotency-Key": key or uuid.uuid4().hex}


def _addressed(path: str, request: Value) -> tuple[str, dict[str, Any]]:
    """The path with its fields filled in, and the fields that are left to be sent."""
    fields = request.model_dump(mode="json", exclude_defaults=True)
    for name in [one for one in fields if f"{{{one}}}" in path]:
        path = path.replace(f"{{{name}}}", str(fields.pop(name)))
    return path, fields


def _refusal(action: str, answer: requests.Response) -> Refused:
    is_problem = "json" in answer.headers.get("Content-Type", "")
    problem: dict[str, Any] = answer.json() if is_problem else {}
    told = problem.get("detail") or problem.get("title") or answer.reason
    code, see = str(problem.get("code", "")), str(problem.get("see", ""))
    return Refused(action, answer.status_code, code, str(told), see)
