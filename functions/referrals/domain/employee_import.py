"""A list of employees on its way: announced, being read in portions, and what came of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from functions.referrals.domain.employee_rows import CellFault
from shared.contracts.workbook_names import XLSX
from shared.contracts.workbooks import BookLimits
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.records import Record, Value
from shared.kernel.states import Stateful

BYTES_MAX: Final = 5 * 1024 * 1024
ROWS_MAX: Final = 10_000
PORTION: Final = 100
"""Rows in one commit: each is a person and a line of their log."""
LIMITS: Final = BookLimits(rows=ROWS_MAX + 50, columns=60, cells=200_000, texts=200_000, blank_rows=200_000)
LINK_LIFE: Final = timedelta(minutes=15)
COMES_UNTIL: Final = timedelta(hours=1)
LOOK_AGAIN: Final = timedelta(minutes=10)
SWEEP_MAX: Final = 100
CSV: Final = "text/csv"
Format = Literal["xlsx", "csv"]
TYPES: Final[Mapping[Format, str]] = {"xlsx": XLSX, "csv": CSV}


class ImportStatus(StrEnum):
    ANNOUNCED = "announced"  # a link was given out
    READING = "reading"
    DONE = "done"  # rows that are right are on the list; of others the marked workbook says what is wrong
    REFUSED = "refused"  # it is no list, or not safe: nothing was taken from it
    ABANDONED = "abandoned"  # it never came


class ImportEvent(StrEnum):
    ARRIVE = "arrive"
    FINISH = "finish"
    REFUSE = "refuse"
    GIVE_UP = "give_up"


_S, _E = ImportStatus, ImportEvent
TRANSITIONS: Final[Mapping[tuple[ImportStatus, ImportEvent], ImportStatus]] = {
    (_S.ANNOUNCED, _E.ARRIVE): _S.READING,
    (_S.ANNOUNCED, _E.REFUSE): _S.REFUSED,
    (_S.ANNOUNCED, _E.GIVE_UP): _S.ABANDONED,
    (_S.READING, _E.FINISH): _S.DONE,
    (_S.READING, _E.REFUSE): _S.REFUSED,
}


class Tally(Value):
    """Rows so far. `known`: what they say was on file; `faulty`: nothing was taken from them."""

    added: int = 0
    changed: int = 0
    known: int = 0
    faulty: int = 0

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.known + self.faulty


class EmployeeImport(Stateful):
    """`rows`: how many the file has, 0 until it was opened. `portion` numbers the portions; the one that is
    due. `due_at`: when somebody looks after it. `reason`: why it was refused."""

    kind: ClassVar[str] = "employee_imports"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    employer_id: str
    status: ImportStatus = ImportStatus.ANNOUNCED
    file_format: Format
    language: Literal["pl", "en"] = "pl"
    size: int
    generation: int = 0
    rows: int = 0
    portion: int = 0
    tally: Tally = Tally()
    reason: str = ""
    marked_generation: int = 0
    announced_at: datetime
    due_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        return actor.is_staff

    def index_fields(self) -> Mapping[str, Any]:
        return {"open": self.is_open}

    @property
    def is_open(self) -> bool:
        return self.status in (ImportStatus.ANNOUNCED, ImportStatus.READING)

    @property
    def file(self) -> str:
        """In quarantine; nothing of what it was called."""
        return f"employees/{self.tenant_id}/{self.id}"

    @property
    def marked_file(self) -> str:
        return f"employees/{self.tenant_id}/marked/{self.id}"

    @property
    def read_next(self) -> Later:
        message = ReadEmployees(import_id=self.id, portion=self.portion)
        return Later(key=f"employees-{self.id}-{self.portion}", message=message, at=self.due_at - LOOK_AGAIN)


class RowFaults(Value):
    row: int
    faults: tuple[CellFault, ...]


class ImportPortion(Record):
    """What was wrong in one portion; its id is the import's with the portion's number."""

    kind: ClassVar[str] = "employee_import_portions"
    logged: ClassVar[bool] = False

    import_id: str
    rows: tuple[RowFaults, ...] = Field(default=(), max_length=PORTION)


class ReadEmployees(Message):
    """Read this portion, unless another one is due by now."""

    import_id: str
    portion: int


class ChaseImport(Message):
    import_id: str


def portion_id(import_id: str, portion: int) -> str:
    return f"{import_id}.{portion:04d}"


def overdue(now: datetime) -> Query:
    return Query(
        EmployeeImport.kind,
        where=(("open", "==", True), ("due_at", "<=", now)),
        order=(("due_at", "asc"), ("id", "asc")),
        limit=SWEEP_MAX,
    )
