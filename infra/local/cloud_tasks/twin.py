"""The twin of Cloud Tasks: its gRPC interface, its dispatcher and a control port, in one process."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import grpc
from google.cloud.tasks_v2 import CloudTasksClient
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

from infra.local.clock import MovableClock
from infra.local.cloud_tasks import dump
from infra.local.cloud_tasks.attempts import Attempts
from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.dispatcher import Dispatcher
from infra.local.cloud_tasks.faults import Fault
from infra.local.cloud_tasks.records import Queue
from infra.local.cloud_tasks.routes import Routes
from infra.local.cloud_tasks.service import Service, grpc_handler
from infra.local.cloud_tasks.task_wire import DEADLINE_MIN
from infra.local.cloud_tasks.tombstones import Tombstones
from infra.local.control import ControlServer
from infra.local.local_key import LocalKey

LOCATION = "europe-central2"
CALLS_AT_ONCE_MAX = 16
SAVE_SECONDS = 0.2
"""What a kill -9 may cost. The sweepers of the functions find what was lost, as they must in production."""


def queue_path(project: str, queue: str) -> str:
    return f"projects/{project}/locations/{LOCATION}/queues/{queue}"


class CloudTasksTwin:
    """`port` speaks gRPC, `http_port` is for control; 0 means any free one."""

    def __init__(
        self,
        port: int = 0,
        http_port: int = 0,
        *,
        clock: MovableClock,
        key: LocalKey,
        state_file: Path | None = None,
        queues: Sequence[str] = (),
        auto_queues: bool = True,
        deadline_min: timedelta = DEADLINE_MIN,
    ) -> None:
        """`queues` are full names, kept over a reset. Raises DumpError."""
        self._queues = tuple(queues)
        self._state_file = state_file
        self._board = Board(clock.now)
        self._attempts = Attempts(self._board)
        self._dispatcher = Dispatcher(self._board, self._attempts, key)
        self._stopped = threading.Event()
        self._recall()
        service = Service(self._board, self._attempts, self._dispatcher.send, auto_queues, deadline_min)
        self._grpc = _grpc_server(service)
        self.port = self._grpc.add_insecure_port(f"127.0.0.1:{port}")
        routes = Routes(self._board, self._attempts, self._dispatcher, key, self.reset)
        self._control = ControlServer(routes.table(), http_port)
        self.http_port = self._control.port

    @property
    def host(self) -> str:
        """What CLOUD_TASKS_EMULATOR_HOST should be."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Of the control port."""
        return self._control.url

    def client(self) -> CloudTasksClient:
        """Google's own client, pointed here."""
        return CloudTasksClient(transport=CloudTasksGrpcTransport(channel=grpc.insecure_channel(self.host)))

    def start(self) -> None:
        self._dispatcher.start()
        self._grpc.start()
        self._control.start()
        if self._state_file:
            threading.Thread(target=self._save_often, args=(self._state_file,), daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._control.stop()
        self._grpc.stop(grace=0.2).wait()
        self._dispatcher.stop()
        if self._state_file:
            dump.save(self._state_file, self._board)

    def reset(self) -> None:
        """No tasks, no tombstones, no fault, no log; only the queues that were declared."""
        self._board.replace([Queue(name=name) for name in self._queues], [], Tombstones())
        self._attempts.set_fault(Fault())
        self._dispatcher.clear_log()

    def _recall(self) -> None:
        if self._state_file:
            dump.load(self._state_file, self._board)
        for name in self._queues:
            self._board.ensure_line(name)

    def _save_often(self, file: Path) -> None:
        saved = -1
        while not self._stopped.wait(SAVE_SECONDS):
            if saved != self._board.version:
                saved = dump.save(file, self._board)


def _grpc_server(service: Service) -> grpc.Server:
    server = grpc.server(
        ThreadPoolExecutor(CALLS_AT_ONCE_MAX),
        # Without this a second twin would share the port, and each would get half of the calls.
        options=[("grpc.so_reuseport", 0)],
    )
    server.add_generic_rpc_handlers((grpc_handler(service),))
    return server
