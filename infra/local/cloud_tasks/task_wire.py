"""Tasks as the interface speaks of them, checked as Cloud Tasks checks them, and back."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import cast

from google.cloud.tasks_v2 import types

from infra.local.cloud_tasks.queue_wire import QUEUE_NAME, retry_from, retry_to
from infra.local.cloud_tasks.records import Attempt, Oidc, Task
from infra.local.cloud_tasks.refusals import invalid, not_here

TASK_NAME = re.compile(QUEUE_NAME.pattern + r"/tasks/[A-Za-z0-9_-]{1,500}")
AHEAD_MAX = timedelta(days=30)
BODY_BYTES_MAX = 100 * 1024
URL_LENGTH_MAX = 2_083
DEADLINE = timedelta(minutes=10)
DEADLINE_MIN = timedelta(seconds=15)
DEADLINE_MAX = timedelta(minutes=30)

_WITH_BODY = {"POST", "PUT", "PATCH"}


def task_from(parent: str, task: types.Task, now: datetime, deadline_min: timedelta) -> Task:
    """The new task. Raises ApiError."""
    if "http_request" not in task:
        raise not_here("tasks other than HTTP tasks")
    request = task.http_request
    scheduled_at = max(_schedule_time(task) or now, now)
    if scheduled_at - now > AHEAD_MAX:
        raise invalid("The Task.schedule_time is too far in the future: at most 30 days")
    return Task(
        name=_name(parent, task.name),
        url=_url(request.url),
        method=_method(request),
        headers=tuple(sorted(request.headers.items())),
        body=_body(request),
        oidc=_oidc(request),
        created_at=now.replace(microsecond=0),
        scheduled_at=scheduled_at,
        due_at=scheduled_at,
        deadline_seconds=_deadline(task, deadline_min).total_seconds(),
        retry=retry_from(task.retry_config) if "retry_config" in task else None,
    )


def task_to(task: Task, view: types.Task.View) -> types.Task:
    """The basic view leaves the body out."""
    full = view == types.Task.View.FULL
    token = {"service_account_email": task.oidc.email, "audience": task.oidc.audience} if task.oidc else None
    return types.Task(
        name=task.name,
        http_request=types.HttpRequest(
            url=task.url,
            http_method=getattr(types.HttpMethod, task.method),
            headers=dict(task.headers),
            body=task.body if full else b"",
            oidc_token=token,
        ),
        schedule_time=task.scheduled_at,
        create_time=task.created_at,
        dispatch_deadline=timedelta(seconds=task.deadline_seconds),
        dispatch_count=task.attempts,
        response_count=task.responses,
        first_attempt=types.Attempt(dispatch_time=task.first_attempt_at) if task.first_attempt_at else None,
        last_attempt=_attempt(task.last_attempt) if task.last_attempt else None,
        retry_config=retry_to(task.retry) if task.retry else None,
        view=types.Task.View.FULL if full else types.Task.View.BASIC,
    )


def _attempt(attempt: Attempt) -> types.Attempt:
    status = {"code": attempt.code, "message": attempt.message}
    return types.Attempt(
        schedule_time=attempt.scheduled_at,
        dispatch_time=attempt.dispatched_at,
        response_time=attempt.answered_at,
        response_status=status if attempt.answered_at else None,
    )


def _schedule_time(task: types.Task) -> datetime | None:
    if "schedule_time" not in task:
        return None
    return datetime.fromtimestamp(cast(datetime, task.schedule_time).timestamp(), UTC)


def _name(parent: str, name: str) -> str:
    if not name:
        return f"{parent}/tasks/{uuid.uuid4().int % 10**20}"
    if not TASK_NAME.fullmatch(name) or not name.startswith(f"{parent}/tasks/"):
        raise invalid(f"Task name must be {parent}/tasks/TASK_ID, of letters, digits, hyphens, underscores")
    return name


def _url(url: str) -> str:
    if not url.startswith(("http://", "https://")) or len(url) > URL_LENGTH_MAX:
        raise invalid(f"HttpRequest.url must start with http:// or https:// and hold <= {URL_LENGTH_MAX}")
    return url


def _method(request: types.HttpRequest) -> str:
    method = types.HttpMethod(request.http_method or types.HttpMethod.POST)
    return str(method.name)


def _body(request: types.HttpRequest) -> bytes:
    if len(request.body) > BODY_BYTES_MAX:
        raise invalid(f"Task size too large: at most {BODY_BYTES_MAX} bytes")
    if request.body and _method(request) not in _WITH_BODY:
        raise invalid("HTTP body is only allowed with POST, PUT or PATCH")
    return bytes(request.body)


def _oidc(request: types.HttpRequest) -> Oidc | None:
    if "oauth_token" in request:
        raise not_here("OAuth tokens")
    if "oidc_token" not in request:
        return None
    token = request.oidc_token
    if not token.service_account_email:
        raise invalid("OidcToken.service_account_email is required")
    return Oidc(email=token.service_account_email, audience=token.audience or request.url)


def _deadline(task: types.Task, least: timedelta) -> timedelta:
    # The library hands out timedelta and datetime, whatever its annotations say.
    deadline = cast(timedelta, task.dispatch_deadline) if "dispatch_deadline" in task else DEADLINE
    if not least <= deadline <= DEADLINE_MAX:
        raise invalid("Task.dispatch_deadline must be between 15 seconds and 30 minutes")
    return deadline
