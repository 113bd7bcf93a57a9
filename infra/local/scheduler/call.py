"""One call of Cloud Scheduler: an authenticated POST with no body."""

from datetime import UTC, datetime

import urllib3
from urllib3.exceptions import HTTPError

from infra.local.local_key import LocalKey
from infra.local.scheduler.timetable import Run

DEADLINE_SECONDS = 180.0
"""What Cloud Scheduler gives an HTTP target when nothing else is said."""
CONNECTIONS_MAX = 64

_POOL = urllib3.PoolManager(retries=False, maxsize=CONNECTIONS_MAX)


def call(run: Run, public_url: str, key: LocalKey, email: str) -> int | None:
    """The status; None when no answer came."""
    url = public_url + run.job.path
    headers = {
        "Authorization": f"Bearer {key.token(url, email)}",
        "Connection": "close",
        "User-Agent": "Google-Cloud-Scheduler",
        "X-CloudScheduler": "true",
        "X-CloudScheduler-JobName": run.job.name,
        "X-CloudScheduler-ScheduleTime": rfc3339(run.scheduled_at),
    }
    try:
        answer = _POOL.request(
            "POST", url, headers=headers, timeout=urllib3.Timeout(total=DEADLINE_SECONDS), redirect=False
        )
    except HTTPError:
        return None
    return answer.status


def rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
