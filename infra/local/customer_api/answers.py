"""What the customer's API answers to each call of the port; the routes are in twin.py."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from werkzeug.wrappers import Request

from infra.local.customer_api.bookings import Booking
from infra.local.customer_api.calendar import Interval, free_intervals, interval_called
from infra.local.customer_api.faults import SHIFT, Fault, Mode, Operation, spoiled
from infra.local.customer_api.feed import LIMIT_DEFAULT
from infra.local.customer_api.premises import SILENCE_SECONDS_MAX, Premises
from infra.local.customer_api.problem import Problem
from shared.contracts.clinic_booking import BookingKey, Reference
from shared.contracts.customer_rows import ClinicRow, Collection

Json = dict[str, Any]
INSTANT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)
KEY: TypeAdapter[str] = TypeAdapter(BookingKey)
Body = TypeVar("Body", bound=BaseModel)


class Wanted(BaseModel):
    """The slot that shall be held, with its times: they must still be the slot's."""

    model_config = ConfigDict(extra="ignore")

    slot_id: str = Field(min_length=1, max_length=200)
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class WantedFor(Wanted):
    patient_reference: Reference


def changes(here: Premises, request: Request, collection: str) -> Json:
    if collection not in {one.value for one in Collection}:
        raise Problem("not_understood", "no such collection")
    try:
        limit = int(request.args.get("limit", LIMIT_DEFAULT))
    except ValueError:
        raise Problem("not_understood", "limit must be a number") from None
    cursor = request.args.get("cursor", "")
    return _befallen(here, "changes", None, lambda: here.feed.page(Collection(collection), cursor, limit))


def find_slots(here: Premises, request: Request, clinic: str) -> Json:
    begin, end = _instant(request, "from"), _instant(request, "to")
    specialization = request.args.get("specialization", "")

    def find() -> Json:
        row = _integrated(here, clinic)
        taken = here.bookings.taken(clinic)
        free = free_intervals(here.seed, row, specialization, max(begin, here.now()), end)
        return {"slots": [slot.told() for slot in free if slot.id not in taken]}

    return _befallen(here, "find", clinic, find)


def hold(here: Premises, request: Request, clinic: str) -> Json:
    key, wanted = _key(request), _body(request, Wanted)
    return _befallen(
        here, "hold", clinic, lambda: here.bookings.hold(clinic, key, _slot(here, clinic, wanted)).told()
    )


def book(here: Premises, request: Request, clinic: str) -> Json:
    key, wanted = _key(request), _body(request, WantedFor)

    def do() -> Json:
        slot = _slot(here, clinic, wanted)
        return here.bookings.book(clinic, key, slot, wanted.patient_reference).told()

    return _befallen(
        here, "book", clinic, do, after=lambda fault: _book_another_time(here, clinic, key, fault)
    )


def cancel(here: Premises, request: Request, clinic: str, key: str) -> Json:
    def do() -> Json:
        _integrated(here, clinic)
        return here.bookings.cancel(clinic, KEY.validate_python(key)).told()

    return _befallen(here, "cancel", clinic, do)


def status(here: Premises, request: Request, clinic: str, key: str) -> Json:
    def do() -> Json:
        _integrated(here, clinic)
        found: Booking | None = here.bookings.get(clinic, key)
        if found is None:
            raise Problem("unknown_key")
        return found.told()

    return _befallen(here, "status", clinic, do)


def _befallen(
    here: Premises,
    operation: Operation,
    clinic: str | None,
    do: Callable[[], Json],
    after: Callable[[Fault], None] = lambda _: None,
) -> Json:
    """Does it, unless or until a fault comes in between."""
    fault = here.faults.take(operation, clinic)
    mode: Mode | None = fault.mode if fault else None
    if mode == "conflict":
        raise Problem("slot_taken")
    if mode == "server_error":
        raise Problem("server_error")
    if mode == "timeout":
        _keep_silent(here, SILENCE_SECONDS_MAX)
    if fault and mode == "slow_seconds":
        here.awake.wait(fault.seconds)
    body = do()
    if fault:
        after(fault)
    if mode == "timeout_after_success":
        _keep_silent(here, SILENCE_SECONDS_MAX)
    return spoiled(body, mode)


def _keep_silent(here: Premises, seconds: float) -> None:
    """Nobody waits this long: what is answered in the end is heard by no one."""
    here.awake.wait(seconds)
    raise Problem("server_error", "the caller should have gone by now")


def _book_another_time(here: Premises, clinic: str, key: str, fault: Fault) -> None:
    """The clinic means it: whoever asks later is told the same other time."""
    found = here.bookings.get(clinic, key)
    if fault.mode == "other_time" and found and found.starts_at and found.ends_at:
        here.bookings.change(clinic, key, starts_at=found.starts_at + SHIFT, ends_at=found.ends_at + SHIFT)


def _slot(here: Premises, clinic: str, wanted: Wanted) -> Interval:
    slot = interval_called(here.seed, _integrated(here, clinic), wanted.slot_id)
    if (slot.starts_at, slot.ends_at) != (wanted.starts_at, wanted.ends_at):
        raise Problem("unknown_slot", "the slot has other times")
    if slot.starts_at <= here.now():
        raise Problem("unknown_slot", "the slot has begun")
    return slot


def _integrated(here: Premises, clinic: str) -> ClinicRow:
    row = here.feed.clinic(clinic)
    if row.integration != "integrated":
        raise Problem("not_integrated")
    return row


def _key(request: Request) -> str:
    try:
        return KEY.validate_python(request.headers.get("Idempotency-Key", ""))
    except ValidationError:
        raise Problem("not_understood", "Idempotency-Key is missing or has a wrong form") from None


def _body(request: Request, model: type[Body]) -> Body:
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as wrong:
        fields = ", ".join("/".join(map(str, error["loc"])) for error in wrong.errors())
        raise Problem("not_understood", f"wrong: {fields or 'the body'}") from None


def _instant(request: Request, name: str) -> datetime:
    try:
        return INSTANT.validate_python(request.args.get(name))
    except ValidationError:
        raise Problem("not_understood", f"{name} must be an instant with its offset") from None
