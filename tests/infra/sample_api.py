"""A small OpenAPI document with every form of schema that our actions produce."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema


class Urgency(StrEnum):
    ROUTINE = "routine"
    URGENT = "urgent"


class Address(BaseModel):
    street: str = Field(max_length=100)
    city: str = Field(examples=["Kraków"])


class RequestVisit(BaseModel):
    """What the operator asks for."""

    patient_id: str = Field(min_length=1, max_length=40, description="Whom to see.")
    day: date
    urgency: Urgency = Urgency.ROUTINE
    address: Address
    languages: list[str] = Field(default_factory=list, max_length=5)
    doctor: Address | None = None


class VisitRequested(BaseModel):
    visit_id: str
    at: datetime
    offers: list[Address]


SCHEMAS, DEFINITIONS = models_json_schema(
    [(RequestVisit, "validation"), (VisitRequested, "serialization")],
    ref_template="#/components/schemas/{model}",
)


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


PROBLEM = {"description": "Refused.", "content": {"application/problem+json": {"schema": {"type": "object"}}}}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Visita", "version": "1.0", "description": "House visits <by> text message."},
    "paths": {
        "/v1/house-visits": {
            "post": {
                "operationId": "house_visits__request_visit",
                "tags": ["house_visits"],
                "summary": "Ask for a visit at home.",
                "description": "For: operator. Scope: tenant.",
                "parameters": [
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                ],
                "requestBody": {"content": _json("RequestVisit")},
                "responses": {
                    "200": {"description": "It is asked for.", "content": _json("VisitRequested")},
                    "422": {"$ref": "#/components/responses/Problem"},
                },
            }
        },
        "/v1/house-visits/{visit_id}:accept": {
            "post": {
                "operationId": "house_visits__accept_offer",
                "tags": ["house_visits"],
                "summary": "Take an offered visit; the first doctor to answer gets it.",
                "description": "For: doctor. Scope: offered.",
                "parameters": [
                    {"name": "visit_id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {
                    "200": {"description": "Yours.", "content": _json("VisitRequested")},
                    "409": PROBLEM,
                },
            }
        },
        "/v1/patients": {
            "get": {
                "operationId": "patients__list_patients",
                "summary": "Patients, page by page.",
                "parameters": [
                    {
                        "name": "page_size",
                        "in": "query",
                        "schema": {"type": "integer", "maximum": 100},
                        "description": "Rows wanted.",
                    }
                ],
                "responses": {"200": {"description": "A page."}},
            }
        },
    },
    "components": {"schemas": DEFINITIONS["$defs"], "responses": {"Problem": PROBLEM}},
}
