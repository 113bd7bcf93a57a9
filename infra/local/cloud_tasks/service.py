"""The gRPC interface google.cloud.tasks.v2.CloudTasks, as the client library of Google calls it."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import grpc
from google.cloud.tasks_v2 import types
from google.protobuf.empty_pb2 import Empty

from infra.local.cloud_tasks.attempts import Attempts, Started
from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.queue_desk import QueueDesk
from infra.local.cloud_tasks.queue_wire import LOCATION_NAME, QUEUE_NAME, changed, queue_from, queue_to
from infra.local.cloud_tasks.refusals import ApiError, invalid, not_here
from infra.local.cloud_tasks.task_wire import TASK_NAME, task_from, task_to

SERVICE = "google.cloud.tasks.v2.CloudTasks"
TASKS_PER_PAGE_MAX = 1_000
QUEUES_PER_PAGE_MAX = 9_800

Item = TypeVar("Item")


@dataclass(frozen=True)
class Service:
    """One method for each call, of the same name."""

    board: Board
    attempts: Attempts
    send: Callable[[Started], None]
    auto_queues: bool
    deadline_min: timedelta

    @property
    def queues(self) -> QueueDesk:
        return QueueDesk(self.board)

    def create_queue(self, request: types.CreateQueueRequest) -> types.Queue:
        queue = queue_from(request.queue)
        if not queue.name.startswith(f"{request.parent}/queues/"):
            raise invalid("Queue.name must begin with the parent")
        return queue_to(self.queues.create(queue))

    def get_queue(self, request: types.GetQueueRequest) -> types.Queue:
        return queue_to(self.queues.get(request.name))

    def list_queues(self, request: types.ListQueuesRequest) -> types.ListQueuesResponse:
        if not LOCATION_NAME.fullmatch(request.parent):
            raise invalid("Parent must be projects/PROJECT/locations/LOCATION")
        if request.filter:
            raise not_here("filters")
        mine = [queue for queue in self.queues.all() if queue.name.startswith(f"{request.parent}/queues/")]
        page, token = _page(mine, _name, request.page_token, request.page_size, QUEUES_PER_PAGE_MAX)
        return types.ListQueuesResponse(queues=[queue_to(queue) for queue in page], next_page_token=token)

    def update_queue(self, request: types.UpdateQueueRequest) -> types.Queue:
        wanted = request.queue
        if not QUEUE_NAME.fullmatch(wanted.name):
            raise invalid("Queue name must be projects/PROJECT/locations/LOCATION/queues/QUEUE_ID")
        mask = request.update_mask
        return queue_to(self.queues.change(wanted.name, lambda queue: changed(queue, wanted, mask)))

    def delete_queue(self, request: types.DeleteQueueRequest) -> Empty:
        self.queues.delete(request.name)
        return Empty()

    def pause_queue(self, request: types.PauseQueueRequest) -> types.Queue:
        return queue_to(self.queues.pause(request.name, paused=True))

    def resume_queue(self, request: types.ResumeQueueRequest) -> types.Queue:
        return queue_to(self.queues.pause(request.name, paused=False))

    def purge_queue(self, request: types.PurgeQueueRequest) -> types.Queue:
        return queue_to(self.queues.purge(request.name))

    def create_task(self, request: types.CreateTaskRequest) -> types.Task:
        if not QUEUE_NAME.fullmatch(request.parent):
            raise invalid("Parent must be projects/PROJECT/locations/LOCATION/queues/QUEUE_ID")
        task = task_from(request.parent, request.task, self.board.now(), self.deadline_min)
        self.board.add(task, make_queue=self.auto_queues)
        return task_to(task, request.response_view)

    def get_task(self, request: types.GetTaskRequest) -> types.Task:
        return task_to(self.board.task(_task_name(request.name)), request.response_view)

    def list_tasks(self, request: types.ListTasksRequest) -> types.ListTasksResponse:
        tasks = self.board.tasks(request.parent)
        page, token = _page(tasks, _name, request.page_token, request.page_size, TASKS_PER_PAGE_MAX)
        found = [task_to(task, request.response_view) for task in page]
        return types.ListTasksResponse(tasks=found, next_page_token=token)

    def delete_task(self, request: types.DeleteTaskRequest) -> Empty:
        self.board.delete(_task_name(request.name))
        return Empty()

    def run_task(self, request: types.RunTaskRequest) -> types.Task:
        started = self.attempts.force(_task_name(request.name))
        self.send(started)
        return task_to(started.task, request.response_view)


_CALLS: dict[str, tuple[Callable[[Service, Any], Any], Any, Any]] = {
    "CreateQueue": (Service.create_queue, types.CreateQueueRequest, types.Queue),
    "GetQueue": (Service.get_queue, types.GetQueueRequest, types.Queue),
    "ListQueues": (Service.list_queues, types.ListQueuesRequest, types.ListQueuesResponse),
    "UpdateQueue": (Service.update_queue, types.UpdateQueueRequest, types.Queue),
    "DeleteQueue": (Service.delete_queue, types.DeleteQueueRequest, Empty),
    "PauseQueue": (Service.pause_queue, types.PauseQueueRequest, types.Queue),
    "ResumeQueue": (Service.resume_queue, types.ResumeQueueRequest, types.Queue),
    "PurgeQueue": (Service.purge_queue, types.PurgeQueueRequest, types.Queue),
    "CreateTask": (Service.create_task, types.CreateTaskRequest, types.Task),
    "GetTask": (Service.get_task, types.GetTaskRequest, types.Task),
    "ListTasks": (Service.list_tasks, types.ListTasksRequest, types.ListTasksResponse),
    "DeleteTask": (Service.delete_task, types.DeleteTaskRequest, Empty),
    "RunTask": (Service.run_task, types.RunTaskRequest, types.Task),
}
"""The rest (IAM, batches, customer keys) answers UNIMPLEMENTED by itself."""


def grpc_handler(service: Service) -> grpc.GenericRpcHandler:
    return grpc.method_handlers_generic_handler(
        SERVICE, {name: _method(service, *call) for name, call in _CALLS.items()}
    )


def _method(
    service: Service, call: Callable[[Service, Any], Any], asked: Any, answer: Any
) -> grpc.RpcMethodHandler:
    def behaviour(request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return call(service, request)
        except ApiError as refusal:
            context.abort(refusal.code, str(refusal))

    serialize = Empty.SerializeToString if answer is Empty else answer.serialize
    return grpc.unary_unary_rpc_method_handler(behaviour, asked.deserialize, serialize)


def _task_name(name: str) -> str:
    if not TASK_NAME.fullmatch(name):
        raise invalid("Task name must be projects/PROJECT/locations/LOCATION/queues/QUEUE_ID/tasks/TASK_ID")
    return name


def _name(item: Any) -> str:
    return str(item.name)


def _page(
    items: Sequence[Item], name: Callable[[Item], str], token: str, size: int, most: int
) -> tuple[list[Item], str]:
    """Pages go by name: what is added or deleted between two pages shifts nothing else."""
    if size < 0:
        raise invalid("page_size must not be negative")
    after = _read_token(token)
    left = sorted((item for item in items if name(item) > after), key=name)
    page = left[: min(size or most, most)]
    more = len(left) > len(page)
    return page, base64.urlsafe_b64encode(name(page[-1]).encode()).decode() if more else ""


def _read_token(token: str) -> str:
    try:
        return base64.urlsafe_b64decode(token).decode()
    except (binascii.Error, UnicodeDecodeError) as broken:
        raise invalid("page_token is not one of ours") from broken
