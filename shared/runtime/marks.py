"""The marks a call leaves in its own commit: the record of its key with the answer, and the audit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ConfigDict, ValidationError

from shared.kernel.errors import Invalid
from shared.kernel.ports import MISSING, Snapshot, Write
from shared.kernel.records import Record, Sealed, Value
from shared.runtime.codec import TOKEN
from shared.runtime.staging import path_of

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.runtime.ledger import Ledger
    from shared.runtime.wiring import Wiring

MARKER_LIFE = timedelta(hours=72)
RECORDS_MAX = 200


class KeyReused(Invalid):
    """This Idempotency-Key was used for another request: use a new one."""


class Marker(Record):
    """Remembers one request by its key: a repeated one gets the first one's answer."""

    kind: ClassVar[str] = "markers"
    logged: ClassVar[bool] = False

    fingerprint: str
    response_json: Sealed
    made_at: datetime
    expires_at: datetime


class AsAnswered(Value):
    """An answer of another release, as it was given."""

    model_config = ConfigDict(extra="allow")


class AuditEvent(Record):
    """Who changed or read what; written in the same commit, never altered."""

    kind: ClassVar[str] = "audit"
    logged: ClassVar[bool] = False

    at: datetime
    by_role: str
    by_user: str
    action: str
    records: tuple[str, ...]
    trace: str


def of(call: Call, wiring: Wiring, ledger: Ledger, response: Value, now: datetime, token: str) -> list[Write]:
    """What the commit of this call writes besides the records themselves."""
    marks: list[Record] = []
    tenant = call.actor.tenant_id
    if call.key and (not call.action.reads_only):
        marks.append(
            Marker(
                id=_marker_id(call),
                tenant_id=tenant,
                fingerprint=_fingerprint(call),
                made_at=now,
                response_json=response.model_dump_json(),
                expires_at=now + MARKER_LIFE,
            )
        )
    if call.action.audited or (call.action.trigger.kind == "http" and ledger.changed):
        marks.append(
            AuditEvent(
                id=token,
                tenant_id=tenant,
                at=now,
                by_role=call.actor.role,
                by_user=call.actor.user_id,
                action=call.action.entry_point,
                trace=call.trace,
                records=ledger.spoken_of()[:RECORDS_MAX] or _named(call.request),
            )
        )
    return [
        Write(path_of(type(one), one.id), {**wiring.codec.encode(one), TOKEN: token}, MISSING)
        for one in marks
    ]


def remembered(
    call: Call, wiring: Wiring, known: Mapping[str, Snapshot | None] | None = None
) -> Value | None:
    """The answer to the same request, if it was given before. Raises KeyReused for another request."""
    if not call.key:
        return None
    path = path_of(Marker, _marker_id(call))
    found = (known if known and path in known else wiring.documents.read([path]))[path]
    if found is None:
        return None
    marker = wiring.codec.decode(Marker, found.fields)
    if marker.fingerprint != _fingerprint(call):
        raise KeyReused
    return _answered(call, marker.response_json)


def _answered(call: Call, answer_json: str) -> Value:
    """As this release answers; letter by letter as it was where another release's answer lacks something."""
    try:
        return call.action.response.model_validate_json(answer_json, extra="ignore")
    except ValidationError:
        return AsAnswered.model_validate_json(answer_json)


def _marker_id(call: Call) -> str:
    who = f"{call.actor.tenant_id}|{call.actor.user_id}|{call.action.entry_point}|{call.key}"
    return hashlib.sha256(who.encode()).hexdigest()[:40]


def _fingerprint(call: Call) -> str:
    """Without what was left at its default: a release that knows a field more recognises it."""
    asked = call.request.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(f"{call.action.entry_point}|{asked}".encode()).hexdigest()


def _named(request: Value) -> tuple[str, ...]:
    """The ids a reading request names, e.g. patient_id."""
    named: dict[str, Any] = request.model_dump()
    return tuple(f"{name}={value}" for name, value in named.items() if name.endswith("_id"))
