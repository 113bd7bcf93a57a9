"""The answers of the customer's API that are not rows, as JSON schemas."""

from typing import Any, Final

Json = dict[str, Any]


def text(description: str = "", **more: Any) -> Json:
    return {"type": "string", **({"description": description} if description else {}), **more}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: str, **properties: Json) -> Json:
    return {"type": "object", "required": required.split(), "properties": properties}


INSTANT: Final = text("RFC 3339 with offset", format="date-time")
KEY: Final = text(
    "ours, the same for hold, booking, status and end", pattern="^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$"
)
TIMES: Final = {"starts_at": INSTANT, "ends_at": INSTANT}
SLOT_ID: Final = text("the clinic's", minLength=1, maxLength=200)
PATIENT: Final = text("how the customer knows the patient; never a name", minLength=1, maxLength=100)

WANTED: Final = {"slot_id": SLOT_ID, **TIMES}
UNDER_KEY: Final = {
    "key": KEY,
    "status": text(enum=["held", "booked", "cancelled", "expired", "no_show"]),
    "slot_id": text(),
    "reference": text("the clinic's own name for the booking", minLength=1, maxLength=100),
    "expires_at": {**INSTANT, "description": "until when a hold holds"},
    **TIMES,
}

PROBLEM: Final[Json] = _object(
    "status code", type=text(), title=text(), status={"type": "integer"}, detail=text()
)
ANSWERS: Final[Json] = {
    "Slots": _object("slots", slots={"type": "array", "maxItems": 500, "items": ref("Slot")}),
    "Slot": _object("id starts_at ends_at", id=SLOT_ID, specialization=text(), **TIMES),
    "Wanted": _object("slot_id starts_at ends_at", **WANTED),
    "WantedFor": _object("slot_id starts_at ends_at patient_reference", patient_reference=PATIENT, **WANTED),
    "Hold": _object("status slot_id expires_at", **UNDER_KEY),
    "Booked": _object("status reference starts_at ends_at", **UNDER_KEY),
    "BookingStatus": {
        **_object("status", **UNDER_KEY),
        "description": "booked has a reference and its times; a key that was only sealed has neither",
    },
}
