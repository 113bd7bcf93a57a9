"""The calls of the customer's API, and its webhook."""

from typing import Final

from infra.local.customer_api.shapes import INSTANT, KEY, Json, ref, text


def _of(schema: Json, kind: str = "application/json") -> Json:
    return {"content": {kind: {"schema": schema}}}


def _answers(answer: Json, codes: dict[int, str]) -> Json:
    """`codes`: for each status, the codes with which it may be refused."""
    refusals = {
        str(status): {"description": told, **_of(ref("Problem"), "application/problem+json")}
        for status, told in codes.items()
    }
    return {"200": {"description": "done", **_of(answer)}, **refusals}


def _in(place: str, name: str, schema: Json, *, required: bool = True) -> Json:
    return {"name": name, "in": place, "required": required, "schema": schema}


CLINIC: Final = _in("path", "clinic_id", text())
KEY_IN_PATH: Final = _in("path", "key", KEY)
KEY_IN_HEADER: Final = _in("header", "Idempotency-Key", KEY)
WITHOUT_CLINIC: Final = {400: "not_understood", 401: "not_admitted", 429: "too_many"}
COMMON: Final = {**WITHOUT_CLINIC, 404: "unknown_clinic"}
CURSOR: Final = text("opaque; absent = from the beginning", maxLength=500)
CONFLICTS: Final = "slot_taken, key_reused, key_sealed, not_integrated"


def _changes(collection: str, about: str) -> Json:
    limit = {"type": "integer", "minimum": 1, "maximum": 500, "default": 200}
    return {
        "get": {
            "operationId": f"changes_{collection}",
            "summary": f"What changed among {about}",
            "parameters": [
                _in("query", "cursor", CURSOR, required=False),
                _in("query", "limit", limit, required=False),
            ],
            "responses": _answers(
                ref(f"{collection.capitalize()}Page"),
                {**WITHOUT_CLINIC, 400: "not_understood, bad_cursor", 410: "cursor_expired"},
            ),
        }
    }


def _post(name: str, summary: str, body: str | None, answer: str, conflicts: str) -> Json:
    parameters = [CLINIC, KEY_IN_HEADER] if body else [CLINIC, KEY_IN_PATH]
    told = {**COMMON, 409: conflicts} | ({404: "unknown_clinic, unknown_slot"} if body else {})
    call = {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": _answers(ref(answer), told),
    }
    return {"post": call | ({"requestBody": {"required": True, **_of(ref(body))}} if body else {})}


PATHS: Final[Json] = {
    "/v1/changes/clinics": _changes("clinics", "clinics"),
    "/v1/changes/doctors": _changes("doctors", "doctors, inside and outside clinics"),
    "/v1/changes/patients": _changes("patients", "patients"),
    "/v1/changes/employers": _changes("employers", "employers"),
    "/v1/changes/packages": _changes("packages", "packages of services bought by employers"),
    "/v1/clinics/{clinic_id}/slots": {
        "get": {
            "operationId": "find_slots",
            "summary": "Free slots that lie wholly within a window of at most 31 days, the earliest first",
            "parameters": [
                CLINIC,
                _in("query", "specialization", text()),
                _in("query", "from", INSTANT),
                _in("query", "to", INSTANT),
            ],
            "responses": _answers(ref("Slots"), {**COMMON, 409: "not_integrated"}),
        }
    },
    "/v1/clinics/{clinic_id}/holds": _post(
        "hold",
        "Keep a slot for ten minutes",
        "Wanted",
        "Hold",
        CONFLICTS,
    ),
    "/v1/clinics/{clinic_id}/bookings": _post(
        "book",
        "Book a slot, or turn the hold under the same key into a booking",
        "WantedFor",
        "Booked",
        CONFLICTS,
    ),
    "/v1/clinics/{clinic_id}/bookings/{key}:cancel": _post(
        "cancel",
        "Cancel, and seal the key whatever it held",
        None,
        "BookingStatus",
        "too_late, not_integrated",
    ),
    "/v1/clinics/{clinic_id}/bookings/{key}": {
        "get": {
            "operationId": "booking_status",
            "summary": "What became of a key; 404 unknown_key when nothing did",
            "parameters": [CLINIC, KEY_IN_PATH],
            "responses": _answers(ref("BookingStatus"), {**COMMON, 404: "unknown_clinic, unknown_key"}),
        }
    },
}

SIGNATURE: Final = _in(
    "header", "Visita-Signature", text(pattern="^t=[0-9]+,v1=[0-9a-f]{64}(,v1=[0-9a-f]{64})*$")
)
WEBHOOKS: Final[Json] = {
    "booking_changed": {
        "post": {
            "operationId": "booking_changed",
            "summary": "Sent to {VISITA_PUBLIC_URL}/v1/webhooks/clinics/bookings",
            "security": [],
            "parameters": [SIGNATURE],
            "requestBody": {"required": True, **_of(ref("ClinicEvent"))},
            "responses": {"2XX": {"description": "heard"}, "401": {"description": "signature refused"}},
        }
    }
}

SECURITY: Final[Json] = {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
