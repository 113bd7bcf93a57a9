"""How tests and people steer the twin: faults, events, changes of the world, and a fresh start."""

from typing import Any, Final, TypeVar
from uuid import uuid4

import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.wrappers import Request

from infra.local.customer_api.answers import Json
from infra.local.customer_api.bookings import Booking
from infra.local.customer_api.faults import SHIFT, Fault
from infra.local.customer_api.premises import Premises
from infra.local.customer_api.problem import Problem
from infra.local.due import Drained, NextDue
from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.clinic_booking import ClinicEvent, ClinicEventKind
from shared.contracts.customer_rows import Collection

DELIVERY_SECONDS_MAX: Final = 15.0
TOUCH_MAX: Final = 5_000

Order = TypeVar("Order", bound=BaseModel)


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EventOrder(_Order):
    """Something happens at the clinic, and the clinic says so.

    The same `event_id` twice is a repetition. `skew_seconds`: the clinic's clock is wrong by that much.
    `secret`: signed with another one than agreed.
    """

    clinic_id: str
    booking_key: str
    event: ClinicEventKind
    event_id: str | None = None
    skew_seconds: int = 0
    secret: str | None = None


class WorldOrder(_Order):
    """Changes `fields` of a row (a new id makes a row), deletes it, or bumps the first `touch` rows."""

    collection: Collection
    id: str | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    deleted: bool = False
    touch: int = Field(default=0, ge=0, le=TOUCH_MAX)


def healthz(here: Premises, request: Request) -> Json:
    return {"status": "ok"}


def upcoming(here: Premises, request: Request) -> Json:
    """Nothing happens here by itself, whatever the clock says."""
    return NextDue(next=None).model_dump()


def drain(here: Premises, request: Request) -> Json:
    return Drained(drained=True).model_dump()


def reset(here: Premises, request: Request) -> Json:
    here.reset()
    return {"status": "ok"}


def list_bookings(here: Premises, request: Request) -> Json:
    return {"bookings": [_whole(one) for one in here.bookings.all()]}


def list_faults(here: Premises, request: Request) -> Json:
    return {"faults": [fault.model_dump() for fault in here.faults.all()]}


def add_fault(here: Premises, request: Request) -> Json:
    here.faults.add(_read(request, Fault))
    return list_faults(here, request)


def change_world(here: Premises, request: Request) -> Json:
    order = _read(request, WorldOrder)
    if order.id is None:
        page = here.feed.page(order.collection, "", order.touch) if order.touch else {"items": []}
        told = [here.feed.put(order.collection, row["id"], {}) for row in page["items"]]
    elif order.deleted:
        told = [here.feed.delete(order.collection, order.id)]
    else:
        told = [here.feed.put(order.collection, order.id, order.fields)]
    return {"changed": [{"id": one.id, "version": one.version} for one in told]}


def send_event(here: Premises, request: Request) -> Json:
    """Does to the booking what the event says, then sends the webhook, once, and tells how it went."""
    order = _read(request, EventOrder)
    _happen(here, order)
    at = here.now()
    event = ClinicEvent(
        event_id=order.event_id or uuid4().hex,
        clinic_id=order.clinic_id,
        booking_key=order.booking_key,
        event=order.event,
        occurred_at=at,
    )
    body = event.model_dump_json().encode()
    stamp = at.timestamp() + order.skew_seconds
    seal = sign(order.secret or here.webhook_secret, body, at.fromtimestamp(stamp, at.tzinfo))
    return {"event_id": event.event_id, **_deliver(here.webhook_url, body, seal)}


def _happen(here: Premises, order: EventOrder) -> None:
    found = here.bookings.get(order.clinic_id, order.booking_key)
    if found is None or found.starts_at is None or found.ends_at is None:
        return  # an event about nothing: clinics send those, too
    match order.event:
        case ClinicEventKind.MOVED:
            times = {"starts_at": found.starts_at + SHIFT, "ends_at": found.ends_at + SHIFT}
            here.bookings.change(order.clinic_id, order.booking_key, **times)
        case ClinicEventKind.CANCELLED | ClinicEventKind.NO_SHOW:
            here.bookings.change(order.clinic_id, order.booking_key, status=order.event.value)


def _deliver(url: str, body: bytes, seal: str) -> Json:
    headers = {"Content-Type": "application/json", HEADER: seal}
    try:
        answer = requests.post(url, data=body, headers=headers, timeout=DELIVERY_SECONDS_MAX)
    except requests.RequestException as trouble:
        return {"delivered": False, "status": None, "trouble": type(trouble).__name__}
    return {"delivered": answer.ok, "status": answer.status_code}


def _whole(booking: Booking) -> Json:
    return booking.model_dump(mode="json")


def _read(request: Request, model: type[Order]) -> Order:
    try:
        return model.model_validate_json(request.get_data() or b"{}")
    except ValidationError as wrong:
        raise Problem("not_understood", str(wrong)) from None
