"""One delivery: the request as Cloud Tasks makes it, and what came of it."""

from datetime import timedelta

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from infra.local.cloud_tasks.records import Outcome, Task
from infra.local.local_key import LocalKey

ANSWER_BYTES_MAX = 64 * 1024
CONNECTIONS_MAX = 64
RETRY_AFTER_MAX = timedelta(hours=1)

DEADLINE_EXCEEDED = 4
UNAVAILABLE = 14
_UNKNOWN = 2
_CODES = {400: 3, 401: 16, 403: 7, 404: 5, 409: 10, 429: 8, 499: 1, 500: 13, 501: 12, 503: 14, 504: 4}
"""HTTP status to google.rpc.Code."""

LOST = Outcome(status=None, code=UNAVAILABLE, message="UNAVAILABLE: the answer was lost")

_NOT_THEIRS = ("x-cloudtasks-", "x-google-", "x-appengine-")
_REPLACED = {"host", "content-length", "user-agent", "connection"}

# No second try and no redirects in here: each is an attempt of its own, to be seen and counted.
_POOL = urllib3.PoolManager(retries=False, maxsize=CONNECTIONS_MAX)


def deliver(task: Task, key: LocalKey) -> Outcome:
    """Never raises for what the receiver does; the deadline is real time, as the receiver works in it."""
    try:
        answer = _POOL.request(
            task.method,
            task.url,
            body=task.body,
            headers=headers_of(task, key),
            timeout=urllib3.Timeout(total=task.deadline_seconds),
            redirect=False,
            preload_content=False,
        )
        answer.read(ANSWER_BYTES_MAX)
        answer.close()
    except ReadTimeoutError:
        message = f"DEADLINE_EXCEEDED: no answer within {task.deadline_seconds:g} s"
        return Outcome(status=None, code=DEADLINE_EXCEEDED, message=message)
    except HTTPError as broken:
        return Outcome(status=None, code=UNAVAILABLE, message=f"UNAVAILABLE: {type(broken).__name__}")
    wait = _retry_after(answer.status, answer.headers.get("Retry-After", ""))
    code = 0 if 200 <= answer.status <= 299 else _CODES.get(answer.status, _UNKNOWN)
    return Outcome(
        status=answer.status, code=code, message=f"HTTP status code {answer.status}", retry_after=wait
    )


def headers_of(task: Task, key: LocalKey) -> dict[str, str]:
    """The task's own headers, without those that only Cloud Tasks may set, and Cloud Tasks' own."""
    theirs = {name: value for name, value in task.headers if _may_set(name)}
    ours = {
        "User-Agent": "Google-Cloud-Tasks",
        "Connection": "close",
        "X-CloudTasks-QueueName": task.queue.rpartition("/")[2],
        "X-CloudTasks-TaskName": task.id,
        "X-CloudTasks-TaskRetryCount": str(task.attempts - 1),
        "X-CloudTasks-TaskExecutionCount": str(task.executions),
        "X-CloudTasks-TaskETA": f"{task.scheduled_at.timestamp():.6f}",
    }
    if task.last_status is not None:
        ours["X-CloudTasks-TaskPreviousResponse"] = str(task.last_status)
    if task.last_failure:
        ours["X-CloudTasks-TaskRetryReason"] = task.last_failure
    if task.oidc:
        theirs = {name: value for name, value in theirs.items() if name.lower() != "authorization"}
        ours["Authorization"] = f"Bearer {key.token(task.oidc.audience, task.oidc.email)}"
    return theirs | ours


def _may_set(name: str) -> bool:
    return name.lower() not in _REPLACED and not name.lower().startswith(_NOT_THEIRS)


def _retry_after(status: int, told: str) -> timedelta:
    """A receiver that is busy may say for how long; dates are not read."""
    if status not in (429, 503) or not told.isdigit():
        return timedelta(0)
    return min(timedelta(seconds=min(int(told), 1_000_000)), RETRY_AFTER_MAX)
