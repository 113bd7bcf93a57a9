"""The whole result of a search as a workbook, made in the background: read in parts, then put together.

Parts lie sealed in storage until the workbook is made; the workbook is removed after a day.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from functions.referrals.domain.asked import Asked, What
from shared.contracts.workbook_names import XLSX
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Later, Message
from shared.kernel.errors import Invalid
from shared.kernel.ports import Files, Query
from shared.kernel.records import Decision, Sealed, Value
from shared.kernel.states import Stateful

ROWS_MAX: Final = 20_000
PAGE: Final = 100
PAGES_IN_PART: Final = 5
LOOK_AGAIN: Final = timedelta(minutes=10)
KEPT: Final = timedelta(hours=24)
LINK_LIFE: Final = timedelta(minutes=5)
SWEEP_MAX: Final = 100


class TooManyRows(Invalid):
    """That is more than a workbook of ours holds: narrow the search, by days or by department."""


class ExportStatus(StrEnum):
    READING = "reading"
    READY = "ready"
    GONE = "gone"  # a day later


class ExportEvent(StrEnum):
    FINISH = "finish"
    REMOVE = "remove"


TRANSITIONS: Final[Mapping[tuple[ExportStatus, ExportEvent], ExportStatus]] = {
    (ExportStatus.READING, ExportEvent.FINISH): ExportStatus.READY,
    (ExportStatus.READING, ExportEvent.REMOVE): ExportStatus.GONE,
    (ExportStatus.READY, ExportEvent.REMOVE): ExportStatus.GONE,
}


class SearchExport(Stateful):
    """`expected`: rows when it began; `read`: rows so far. `parts`: names of files, `next_page`: where the
    next part begins. `day`: the today of its search. `due_at`: when somebody looks after it."""

    kind: ClassVar[str] = "search_exports"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: ExportStatus = ExportStatus.READING
    employer_id: str = ""
    country: str = ""
    what: What
    asked_json: Sealed
    language: Literal["pl", "en"] = "pl"
    day: date
    expected: int
    read: int = 0
    parts: tuple[str, ...] = ()
    next_page: Sealed = ""
    all_read: bool = False
    generation: int = 0
    asked_at: datetime
    due_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        return actor.is_staff

    def index_fields(self) -> Mapping[str, Any]:
        return {"open": self.status != ExportStatus.GONE}

    @property
    def asked(self) -> Asked:
        # A filter that this release does not know is not passed over: without it more would be handed out.
        return Asked.model_validate_json(self.asked_json)

    @property
    def folder(self) -> str:
        return f"exports/{self.tenant_id}/{self.id}/"

    @property
    def file(self) -> str:
        return f"{self.folder}book.xlsx"

    @property
    def step(self) -> int:
        return len(self.parts) + self.all_read

    def next_step(self, now: datetime, again: str = "") -> Later:
        message = ExportRows(export_id=self.id, step=self.step)
        return Later(key=f"export-{self.id}-{self.step}{again}", message=message, at=now)


class ExportRows(Message):
    """Do this step, unless another one is due by now."""

    export_id: str
    step: int


class ChaseExport(Message):
    export_id: str


class ExportView(Value):
    """`url` is there when it is ready, and lives five minutes; ask again for another."""

    export_id: str
    status: str
    percent: int
    rows: int
    url: str


def overdue(now: datetime) -> Query:
    return Query(
        SearchExport.kind,
        where=(("open", "==", True), ("due_at", "<=", now)),
        order=(("due_at", "asc"), ("id", "asc")),
        limit=SWEEP_MAX,
    )


def part_read(it: SearchExport, name: str, rows: int, token: str, now: datetime) -> Decision[SearchExport]:
    after = it.but(
        parts=(*it.parts, name),
        read=it.read + rows,
        next_page=token,
        all_read=not token or it.read + rows >= ROWS_MAX,
        due_at=now + LOOK_AGAIN,
    )
    return Decision(after, "part_read", {"rows": after.read}, (after.next_step(now),))


def finished(it: SearchExport, generation: int, now: datetime) -> Decision[SearchExport]:
    after = it.after(ExportEvent.FINISH, generation=generation, parts=(), due_at=now + KEPT)
    return Decision(after, "ready", {"rows": after.read})


def chased(it: SearchExport, now: datetime) -> Decision[SearchExport] | None:
    """What is overdue: a step that got lost is asked for again, for a day; then all of it goes."""
    if it.status == ExportStatus.GONE or it.due_at > now:
        return None
    if it.status == ExportStatus.READING and now < it.asked_at + KEPT:
        after = it.but(due_at=now + LOOK_AGAIN)
        return Decision(after, "asked_again", {}, (after.next_step(now, f"-{now:%Y%m%d%H%M}"),))
    return Decision(it.after(ExportEvent.REMOVE, parts=(), next_page=""), "removed")


def view_of(it: SearchExport, files: Files) -> ExportView:
    url = ""
    if it.status == ExportStatus.READY:
        name = f"visita-{it.what}-{it.day.isoformat()}.xlsx"
        url = files.download_link("clean", it.file, it.generation, name, XLSX, LINK_LIFE)
    percent = 100 if it.status != ExportStatus.READING else min(99, 100 * it.read // max(1, it.expected))
    return ExportView(export_id=it.id, status=it.status.value, percent=percent, rows=it.read, url=url)
