"""How far we have read the customer's changes, what we could not read, and the task that reads on."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from functions.directory.domain.rows import KINDS
from shared.contracts.customer_rows import Collection
from shared.kernel.effects import Later, Message
from shared.kernel.records import Record, Sealed

PAGE_ROWS: Final = 200
PAGES_A_RUN_MAX: Final = 10
"""With `PAGE_ROWS` far less than the clinic index takes in between two rebuilds."""


class SyncPage(Message):
    """Read one page of changes. `run` names the scheduled run that began it."""

    collection: Collection
    run: str
    page: int = 1


class Trouble(StrEnum):
    NONE = ""
    UNAVAILABLE = "unavailable"  # it will be tried again by itself
    REFUSED = "refused"  # our key or our request: people must act


class SyncCursor(Record):
    """How far one collection has been read. It moves in the commit that writes the rows before it."""

    kind: ClassVar[str] = "sync_cursors"
    logged: ClassVar[bool] = False

    collection: Collection
    cursor: str = ""
    checked_at: datetime | None = None  # when the customer last answered
    trouble: Trouble = Trouble.NONE
    trouble_since: datetime | None = None

    @classmethod
    def first(cls, tenant_id: str, collection: Collection) -> Self:
        return cls(id=cursor_id(tenant_id, collection), tenant_id=tenant_id, collection=collection)

    def moved(self, cursor: str, now: datetime) -> Self:
        return self.but(cursor=cursor, checked_at=now, trouble=Trouble.NONE, trouble_since=None)

    def troubled(self, trouble: Trouble, now: datetime) -> Self:
        return self.but(trouble=trouble, trouble_since=self.trouble_since or now)


class SetAsideRow(Record):
    """A row that has drifted from the agreed shape, for a person to look at; gone once it comes right."""

    kind: ClassVar[str] = "set_aside_rows"
    logged: ClassVar[bool] = False

    collection: Collection
    row_id: Sealed
    reason: str
    at: datetime


def cursor_id(tenant_id: str, collection: Collection) -> str:
    return f"{tenant_id}-{collection}"


def set_aside_id(tenant_id: str, collection: Collection, row_id: str, reason: str) -> str:
    """One for each row; rows without an id are told apart by what is wrong with them."""
    told = f"{tenant_id}|{collection}|{row_id or reason}"
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def run_of(now: datetime) -> str:
    return f"{now:%Y%m%d%H%M}"


def first_pages(tenant_id: str, now: datetime) -> list[Later]:
    return [page_letter(tenant_id, SyncPage(collection=one, run=run_of(now)), now) for one in KINDS]


def next_page(tenant_id: str, read: SyncPage, now: datetime) -> Later | None:
    """None where this run has read its share: the next run reads on."""
    if read.page >= PAGES_A_RUN_MAX:
        return None
    return page_letter(tenant_id, read.but(page=read.page + 1), now)


def page_letter(tenant_id: str, page: SyncPage, now: datetime) -> Later:
    key = f"sync-{tenant_id}-{page.collection}-{page.run}-{page.page}"
    return Later(key=key, message=page, at=now)
