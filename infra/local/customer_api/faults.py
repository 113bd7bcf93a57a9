"""What the customer's systems may be told to do wrong, each a thing that real ones do."""

import threading
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from infra.local.customer_api.problem import Problem

FAULTS_MAX: Final = 100
SHIFT: Final = timedelta(hours=2)

Operation = Literal["find", "hold", "book", "cancel", "status", "changes"]
Mode = Literal[
    "timeout_after_success",
    "timeout",
    "conflict",
    "server_error",
    "slow_seconds",
    "empty_id",
    "other_time",
    "schema_drift",
]

RENAMED: Final = {"name": "title", "family_name": "surname", "starts_at": "start", "reference": "ref"}
RENAMED_STATUS: Final = {"status": "state", "expires_at": "expiry", "employer_id": "employer"}


class Fault(BaseModel):
    """Befalls the next `times` calls of an operation, at one clinic or at any.

    timeout: nothing is done, and nothing answered. timeout_after_success: done, but not answered.
    slow_seconds: answered after so many real `seconds`. empty_id: a booking without a reference.
    other_time: booked two hours later than asked. schema_drift: fields have other names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    operation: Operation
    mode: Mode
    clinic_id: str | None = None
    times: int = Field(default=1, ge=1, le=1000)
    seconds: float = Field(default=1.0, gt=0, le=60)


class Faults:
    """Safe for threads. Those given first befall first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def all(self) -> list[Fault]:
        with self._lock:
            return list(self._waiting)

    def add(self, fault: Fault) -> None:
        with self._lock:
            if len(self._waiting) >= FAULTS_MAX:
                raise Problem("too_many")
            self._waiting.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def take(self, operation: Operation, clinic_id: str | None) -> Fault | None:
        """The fault that is to befall this call; uses up one of its times."""
        with self._lock:
            for place, fault in enumerate(self._waiting):
                if fault.operation == operation and fault.clinic_id in (None, clinic_id):
                    left = fault.model_copy(update={"times": fault.times - 1})
                    self._waiting[place : place + 1] = [left] if left.times else []
                    return fault
        return None


def spoiled(body: dict[str, Any], mode: Mode | None) -> dict[str, Any]:
    """The answer as the fault leaves it; in a list, the first row is drifted and the others are well."""
    match mode:
        case "empty_id":
            empty: dict[str, Any] = {name: "" for name in ("reference", "slot_id", "id") if name in body}
            return {**body, **empty} if empty else _first_spoiled(body, mode)
        case "other_time":
            later: dict[str, Any] = {
                name: _later(body[name]) for name in ("starts_at", "ends_at") if name in body
            }
            return {**body, **later} if later else _first_spoiled(body, mode)
        case "schema_drift":
            if any(isinstance(body.get(name), list) for name in ("items", "slots")):
                return _first_spoiled(body, mode)
            names = {**RENAMED, **RENAMED_STATUS}
            return {names.get(name, name): value for name, value in body.items()}
    return body


def _first_spoiled(body: dict[str, Any], mode: Mode) -> dict[str, Any]:
    for name in ("items", "slots"):
        if body.get(name):
            first, *others = body[name]
            inside = "data" in first
            bad = {**first, "data": spoiled(first["data"], mode)} if inside else spoiled(first, mode)
            return {**body, name: [bad, *others]}
    return body


def _later(instant: str) -> str:
    return (datetime.fromisoformat(instant) + SHIFT).isoformat()
