"""Examples for the API's documents, made of the schemas: invented people, believable values, always valid."""

from collections.abc import Mapping
from typing import Any

DEPTH_MAX = 12

BY_NAME: Mapping[str, Any] = {
    "AccountSid": "AC" + "0" * 32,
    "MessageSid": "SM" + "0" * 31 + "1",
    "MessageStatus": "delivered",
    "From": "+48512000001",
    "To": "+48732230001",
    "Body": "Tak 7KJ",
    "birth_date": "1944-05-14",
    "booking_key": "k3v9x2m4q7p1r5t8w0z6-1-1",
    "event_id": "evt-0001",
    "city": "Warszawa",
    "clinic_id": "clinic-0042",
    "code": "7KJ",
    "contact": "kadry@example.org",
    "country": "PL",
    "district": "Mokotów",
    "doctor_id": "doctor-0117",
    "document_id": "d4x8k1m7q2r9t5w3z6p0",
    "email": "maria@example.org",
    "family_name": "Przykładowa",
    "given_name": "Maria",
    "institute_id": "k1d8n3v6b9t2y5u7i0o4",
    "language": "pl",
    "lat": 52.2297,
    "line": "ul. Kwiatowa 7/12",
    "lon": 21.0122,
    "message_id": "3f1b8c0e-5d2a-4e6f-9b7a",
    "minutes": 10,
    "note": "Oddzwoniono, pacjentka czeka.",
    "offer_id": "offer-k3v9x2m4q7p1r5t8w0z6-1-doctor-0117",
    "page_size": 50,
    **dict.fromkeys(("page_token", "next_page_token"), ""),
    "partner_id": "q3w6e9r2t5y8u1i4o7p0",
    "patient_id": "p7d2m9x4k1q8r5t3w6z0",
    "phone": "+48512000099",
    "provider": "oidc.staff",
    "record_id": "",  # of staff
    "postcode": "02-539",
    "reason": "gorączka od dwóch dni",
    "relationship": "córka",
    "recommendation_id": "r2f5g8h1j4k7l0z3x6c9",
    "service": "ecg",
    "site_id": "main",
    "system": "pl-pesel",
    "upload_id": "u6y9t2r5e8w1q4a7s0d3",
    "text": "Proszę zadzwonić domofonem.",
    "thread_id": "k3v9x2m4q7p1r5t8w0z6",
    "token": "cXk3v9x2m4q7p1r5t8w0z6-of-a-device",  # nosec B105 - invented
    "value": "44051401441",  # a woman's, and of that birth date
    "version": 3,
    "visit_id": "k3v9x2m4q7p1r5t8w0z6",
    "zone": "Europe/Warsaw",
}
BY_FORMAT: Mapping[str, str] = {
    "date-time": "2026-11-24T13:00:00Z",
    "date": "2026-11-24",
    "time-local": "14:00:00",
    "duration": "PT10M",
}
LATER: Mapping[str, str] = {"ends": "18:00:00", "closes": "18:00:00", "ends_at": "2026-11-24T14:00:00Z"}


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """One value that fits the schema; fields that have a default of null are left out."""
    if depth > DEPTH_MAX:
        return None
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, name, depth + 1)
    if "anyOf" in schema and "examples" in schema:
        return schema["examples"][0]  # of what may be left out, where a request without it says nothing
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            options = [one for one in schema[choice] if one.get("type") != "null"]
            return example(options[0], schemas, name, depth + 1)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _by_type(schema, schemas, name, depth)


def _by_type(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str, depth: int) -> Any:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {
                field: example(one, schemas, field, depth + 1) for field, one in fields.items() if _shown(one)
            }
        case "array":
            singular = name.removesuffix("s").removesuffix("_id") + ("_id" if name.endswith("_ids") else "")
            return [example(schema.get("items", {}), schemas, singular, depth + 1)]
        case "integer" | "number":
            return BY_NAME.get(name, schema.get("default") or schema.get("minimum", 1))
        case "boolean":
            return bool(schema.get("default", False))
    return _text(schema, name)


def _text(schema: Mapping[str, Any], name: str) -> str:
    if schema.get("format") in BY_FORMAT and name not in BY_NAME:
        return LATER.get(name, BY_FORMAT[schema["format"]])
    text = str(BY_NAME.get(name, schema.get("default") or name.replace("_", " ") or "text"))
    return text[: schema.get("maxLength", len(text))]


def _shown(schema: Mapping[str, Any]) -> bool:
    return "examples" in schema or not ("default" in schema and schema["default"] is None)
