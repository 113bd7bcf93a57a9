"""One declaration, everything else follows: `@action(trigger, ...)` attaches a frozen description.

Nothing is registered: the catalogue finds actions by their place in the tree, and deployment, routes,
authorization, queues and documents are derived from the description.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_type_hints

from pydantic import Field

from shared.kernel.actors import Role, Scope
from shared.kernel.effects import Message
from shared.kernel.records import Value


class Request(Value):
    """What a caller sends: path, query and body together."""


class Response(Value):
    """What a caller gets."""


class Page(Request):
    """A request for a page of a list."""

    page_size: int = Field(50, ge=1, le=100, description="Rows wanted; fewer may come.")
    page_token: str = Field("", max_length=2000, description="`next_page_token` of the page before.")


class Done(Response):
    """Nothing to say beyond success."""


Kind = Literal["http", "public", "webhook", "task", "topic", "schedule"]


@dataclass(frozen=True)
class Trigger:
    """How an action is reached. `path` is filled in by the catalogue where the kind decides it."""

    kind: Kind
    method: str = "POST"
    path: str = ""
    queue: str = ""
    topic: type[Message] | None = None
    cron: str = ""
    time_zone: str = "Europe/Warsaw"
    verify: str = ""
    reads: bool = False


def get(path: str) -> Trigger:
    return Trigger("http", "GET", path, reads=True)


def post(path: str) -> Trigger:
    return Trigger("http", "POST", path)


def look_up(path: str) -> Trigger:
    """A POST that only reads: for searches whose words must not stand in a URL."""
    return Trigger("http", "POST", path, reads=True)


def patch(path: str) -> Trigger:
    return Trigger("http", "PATCH", path)


def public(path: str, *, by_link: bool = False, reads: bool = True) -> Trigger:
    """Open to everybody without a token, saying nothing about anybody; or to who holds a personal link, whose
    code stands in the body of a POST: never in a URL, never in a log."""
    return Trigger("public", "POST" if by_link else "GET", path, reads=reads)


def webhook(path: str, verify: Literal["twilio", "clinic", "identity", "bridge"]) -> Trigger:
    return Trigger("webhook", "POST", path, verify=verify)


def task(queue: str) -> Trigger:
    return Trigger("task", queue=queue)


def topic(message: type[Message]) -> Trigger:
    return Trigger("topic", topic=message)


def schedule(cron: str, time_zone: str = "Europe/Warsaw") -> Trigger:
    return Trigger("schedule", cron=cron, time_zone=time_zone)


@dataclass(frozen=True)
class Needs:
    """What the function wants of its machine."""

    memory_mb: int = 512
    timeout_seconds: int = 30
    min_instances: int = 0
    concurrency: int = 16


@dataclass(frozen=True)
class Declaration:
    name: str
    module: str
    trigger: Trigger
    roles: frozenset[Role]
    scope: Scope
    audited: bool
    recent_sign_in: bool
    asks_account: bool
    needs: Needs
    request: type[Value]
    response: type[Value]
    summary: str
    run: Callable[..., Any] = field(repr=False)

    @property
    def entry_point(self) -> str:
        return f"{self.module}__{self.name}"

    @property
    def reads_only(self) -> bool:
        return self.trigger.reads

    @property
    def path(self) -> str:
        room = {"task": "_tasks", "topic": "_topics", "schedule": "_schedules"}.get(self.trigger.kind)
        return f"/{room}/{self.entry_point}" if room else self.trigger.path


F = TypeVar("F", bound=Callable[..., Any])


def action(
    trigger: Trigger,
    *,
    role: Role | tuple[Role, ...] = (),
    scope: Scope = Scope.TENANT,
    audited: bool = False,
    recent_sign_in: bool = False,
    asks_account: bool = False,
    needs: Needs | None = None,
) -> Callable[[F], F]:
    """Declare the function below as an action.

    `role`: who may call it over HTTP; nobody unless said. `audited`: reading is written to the audit.
    `recent_sign_in`: only within ten minutes of signing in, else 401 `sign-in-again`.
    `asks_account`: only while the account is neither disabled nor its tokens revoked, asked at each call.
    """

    def attach(run: F) -> F:
        roles = frozenset((role,) if isinstance(role, Role) else role)
        if trigger.kind == "http" and not roles:
            raise TypeError(f"{run.__name__}: say which role may call it")
        if trigger.kind != "http" and roles:
            raise TypeError(f"{run.__name__}: a {trigger.kind} is called by the system alone; say no role")
        if (recent_sign_in or asks_account) and trigger.kind != "http":
            raise TypeError(f"{run.__name__}: only people sign in")
        marks = {"audited": audited, "recent_sign_in": recent_sign_in, "asks_account": asks_account}
        run.declaration = _describe(run, trigger, roles, scope, marks, needs)  # type: ignore[attr-defined]  # the one mark
        return run

    return attach


def _describe(
    run: Callable[..., Any],
    trigger: Trigger,
    roles: frozenset[Role],
    scope: Scope,
    marks: Mapping[str, bool],
    needs: Needs | None,
) -> Declaration:
    _, module, name = run.__module__.split(".")[-3:]
    if name != run.__name__:
        raise TypeError(f"{run.__module__}: the action must be named {name}, as its file")
    hints = get_type_hints(run)
    first = next(iter(inspect.signature(run).parameters))
    summary = (inspect.getdoc(run) or "").splitlines()
    if not summary:
        raise TypeError(f"{name}: say in a docstring what it does")
    return Declaration(
        name,
        module,
        trigger,
        roles or frozenset({Role.SYSTEM}),
        scope,
        needs=needs or Needs(),
        request=hints[first],
        response=hints["return"],
        summary=summary[0],
        run=run,
        **marks,
    )
