"""A page of changes from the customer's systems: rows that keep their promises, and rows set aside.

One row that has drifted from the agreed shape must not stop the others, nor be half believed: it is set
aside with a reason that names fields, never values.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from shared.contracts.customer_rows import ROWS, Collection, Gone, Row, RowId
from shared.kernel.records import Value

CHANGES_LIMIT_MAX: Final = 500
REASONS_MAX: Final = 3
REASON_LENGTH_MAX: Final = 300


class CustomerUnavailable(Exception):
    """The customer's system gave no answer that can be used: ask again later."""


class CustomerRefused(Exception):
    """The customer's system said no (our key, our request): people must act."""


class CursorExpired(CustomerRefused):
    """The customer no longer knows this cursor: begin again without one."""


class SetAside(NamedTuple):
    """`id` is "" where the row did not even have one."""

    id: str
    reason: str


class Parsed(NamedTuple):
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]


class ChangesPage(Value):
    """Keep `next_cursor` when all rows are dealt with; while `more`, there is another page behind it."""

    rows: Annotated[tuple[Row, ...], Field(max_length=CHANGES_LIMIT_MAX)]
    set_aside: Annotated[tuple[SetAside, ...], Field(max_length=CHANGES_LIMIT_MAX)]
    next_cursor: str
    more: bool


class _Item(BaseModel):
    """How each row is wrapped: who it is, and what it says unless it is deleted."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    id: RowId
    version: Annotated[StrictInt, Field(ge=1)]
    deleted: StrictBool
    data: dict[str, Any] | None = None


def parse_rows(kind: Collection, items: Sequence[object]) -> Parsed:
    """Each item as a row, a `Gone` or a reason. An id that comes twice is taken at its highest version."""
    rows: dict[str, Row] = {}
    set_aside: list[SetAside] = []
    for item in items:
        try:
            row = _row(kind, item)
        except ValidationError as drift:
            set_aside.append(SetAside(_id_of(item), _reason(drift)))
            continue
        if row.id not in rows or rows[row.id].version < row.version:
            rows[row.id] = row
    return Parsed(tuple(rows.values()), tuple(set_aside))


def _row(kind: Collection, raw: object) -> Row:
    item = _Item.model_validate(raw)
    if item.deleted:
        return Gone(id=item.id, version=item.version)
    return ROWS[kind].model_validate({**(item.data or {}), "id": item.id, "version": item.version})


def _id_of(raw: object) -> str:
    told = raw.get("id") if isinstance(raw, dict) else None
    return told[:40] if isinstance(told, str) else ""


def _reason(drift: ValidationError) -> str:
    errors = drift.errors(include_url=False, include_input=False, include_context=False)
    told = [f"{'/'.join(map(str, error['loc']))}: {_complaint(error)}" for error in errors[:REASONS_MAX]]
    more = f"; and {len(errors) - REASONS_MAX} more" if len(errors) > REASONS_MAX else ""
    return f"{'; '.join(told)}{more}"[:REASON_LENGTH_MAX]


def _complaint(error: Any) -> str:
    """Pydantic's own words, but not its list of every specialization there is."""
    if error["type"] in ("enum", "literal_error"):
        return "is not a value we know"
    return str(error["msg"]).removeprefix("Value error, ")
