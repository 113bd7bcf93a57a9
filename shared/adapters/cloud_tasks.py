"""Delayed calls through Cloud Tasks: names are hashed and never used twice, so adding again is harmless."""

import hashlib
from datetime import timedelta
from typing import Any

from google.api_core.exceptions import Conflict

from shared.adapters.hidden_imports import hidden
from shared.kernel.ports import Task

DEADLINE_SECONDS = 8.0
DISPATCH_DEADLINE = timedelta(seconds=30)


class CloudTasks:
    """`host` is the local cloud's; empty means Google's. The client is imported when first needed:
    it is the most expensive import of all, and most calls schedule nothing."""

    def __init__(self, project: str, location: str, public_url: str, service_domain: str, host: str) -> None:
        self._queues = f"projects/{project}/locations/{location}/queues"
        self._public_url = public_url
        self._account = f"tasks@{service_domain}"
        self._host = host
        self._client: Any = None

    def add(self, task: Task) -> None:
        url = f"{self._public_url}/_tasks/{task.entry_point}"
        queue = f"{self._queues}/{task.queue}"
        wanted = {
            # A hash: names with a common prefix slow the queue down, and ids of records stay out of them.
            "name": f"{queue}/tasks/{hashlib.sha256(task.name.encode()).hexdigest()[:40]}",
            "schedule_time": task.at,
            "dispatch_deadline": DISPATCH_DEADLINE,
            "http_request": {
                "http_method": "POST",
                "url": url,
                "headers": {"Content-Type": "application/json"},
                "body": task.body,
                "oidc_token": {"service_account_email": self._account, "audience": url},
            },
        }
        try:
            self._connected().create_task(parent=queue, task=wanted, timeout=DEADLINE_SECONDS, retry=None)
        except Conflict:
            return  # it is there already: the name says that it is the same

    def _connected(self) -> Any:
        if self._client is None:
            with hidden("aiohttp"):
                from google.cloud import tasks_v2

            if not self._host:
                self._client = tasks_v2.CloudTasksClient()
            else:
                import grpc
                from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

                channel = grpc.insecure_channel(self._host)
                self._client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
        return self._client
