"""Delayed calls through Cloud Tasks: names are hashed and never used twice, so adding again is harmless."""

import hashlib
from datetime import timedelta

import grpc

from shared.adapters.google_messages import message_class
from shared.adapters.google_rpc import channel_to, one_to_one, routed_by
from shared.kernel.addresses import inner_door
from shared.kernel.ports import Task

HOST = "cloudtasks.googleapis.com"
CREATE = "google.cloud.tasks.v2.CloudTasks/CreateTask"
DEADLINE_SECONDS = 8.0
DISPATCH_DEADLINE = timedelta(seconds=30)

CreateTaskRequest = message_class("google.cloud.tasks.v2.CreateTaskRequest")
CreatedTask = message_class("google.cloud.tasks.v2.Task")


class CloudTasks:
    """`host` is the local cloud's; empty means Google's."""

    def __init__(
        self,
        project: str,
        location: str,
        public_url: str,
        service_domain: str,
        host: str,
        internal_url: str = "",
    ) -> None:
        self._queues = f"projects/{project}/locations/{location}/queues"
        self._public_url, self._internal_url = public_url, internal_url
        self._account = f"cloud-tasks@{service_domain}"
        self._create = one_to_one(channel_to(HOST, host), CREATE, CreateTaskRequest, CreatedTask)

    def add(self, task: Task) -> None:
        path = f"/_tasks/{task.entry_point}"
        door = inner_door(task.entry_point, path, self._public_url, self._internal_url)
        queue = f"{self._queues}/{task.queue}"
        wanted = {
            # A hash: names with a common prefix slow the queue down, and ids of records stay out of them.
            "name": f"{queue}/tasks/{hashlib.sha256(task.name.encode()).hexdigest()[:40]}",
            "schedule_time": task.at,
            "dispatch_deadline": DISPATCH_DEADLINE,
            "http_request": {
                "http_method": "POST",
                "url": door.url,
                "headers": {"Content-Type": "application/json"},
                "body": task.body,
                "oidc_token": {"service_account_email": self._account, "audience": door.audience},
            },
        }
        request = CreateTaskRequest(parent=queue, task=wanted)
        try:
            self._create(request, timeout=DEADLINE_SECONDS, metadata=[routed_by("parent", queue)])
        except grpc.RpcError as failed:
            if failed.code() != grpc.StatusCode.ALREADY_EXISTS:
                raise
            # It is there already: the name says that it is the same.
