"""The twin's memory on disk, so that a restart keeps waiting tasks and names used before."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from infra.local.clock import write_whole
from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.records import Queue, Task
from infra.local.cloud_tasks.tombstones import Tombstones


class DumpError(Exception):
    """The state file is not one of ours."""


class Dump(BaseModel):
    """A task that was on its way is kept as waiting: after a restart it is sent again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    queues: tuple[Queue, ...] = ()
    tasks: tuple[Task, ...] = ()
    tombstones: dict[str, datetime] = {}


def load(file: Path, board: Board) -> None:
    """Raises DumpError."""
    if not file.exists():
        return
    try:
        dump = Dump.model_validate_json(file.read_bytes())
    except ValidationError as unknown:
        raise DumpError(f"{file} cannot be read; remove it to begin without tasks") from unknown
    board.replace(dump.queues, dump.tasks, Tombstones(dump.tombstones))


def save(file: Path, board: Board) -> int:
    """The version of the board that is now on disk."""
    with board.changed:
        version = board.version
        dump = Dump(
            queues=tuple(line.queue for line in board.lines.values()),
            tasks=tuple(board.all_tasks()),
            tombstones=board.tombstones.all(),
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, dump.model_dump_json())
    return version
