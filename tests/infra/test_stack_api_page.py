"""The page that explains the API says all that is needed, to people and to curl."""

import json
import re
import subprocess

from infra.local.api_page.operations import Operation, operations
from infra.local.api_page.page import render
from infra.local.api_page.schemas import Row, Schemas
from tests.infra.sample_api import DOCUMENT, RequestVisit

BASE = "http://127.0.0.1:28400"


def operation(name: str) -> Operation:
    return next(one for found in operations(DOCUMENT, BASE).values() for one in found if one.id == name)


def test_operations_stand_under_their_module() -> None:
    assert {module: len(found) for module, found in operations(DOCUMENT, BASE).items()} == {
        "house_visits": 2,
        "patients": 1,
    }


def test_every_field_is_shown_with_its_kind_and_limits() -> None:
    body = operation("house_visits__request_visit").body
    assert body

    assert body.rows[:5] == [
        Row("patient_id", "text", True, "Whom to see. (at least 1 characters, at most 40 characters)"),
        Row("day", "text (date)", True, ""),
        Row("urgency", 'one of "routine", "urgent"', False, "(routine if not said)"),
        Row("address", "Address", True, ""),
        Row("address.street", "text", True, "(at most 100 characters)"),
    ]
    assert [row.kind for row in body.rows if row.path in ("languages", "doctor")] == [
        "list of text",
        "Address or nothing",
    ]


def test_fields_in_a_list_are_shown_too() -> None:
    answer = operation("house_visits__request_visit").answers[0].body
    assert answer

    assert "offers[].city" in [row.path for row in answer.rows]


def test_an_example_is_one_that_the_action_would_take() -> None:
    body = operation("house_visits__request_visit").body
    assert body

    taken = RequestVisit.model_validate_json(body.example)

    assert taken.address.city == "Kraków"


def test_a_schema_that_holds_itself_has_an_end() -> None:
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}},
    }
    schemas = Schemas({"components": {"schemas": {"T": tree}}})

    assert len(schemas.rows({"$ref": "#/components/schemas/T"})) < 20
    assert len(json.dumps(schemas.example({"$ref": "#/components/schemas/T"}))) < 500


def test_the_curl_line_is_one_a_shell_understands() -> None:
    curl = operation("house_visits__request_visit").curl
    printed = curl.replace("curl", "printf '%s\\n'", 1)

    words = subprocess.run(
        ["sh", "-c", f"TOKEN=t; uuidgen() {{ echo k; }}; {printed}"], capture_output=True, text=True
    )

    assert f"{BASE}/v1/house-visits" in words.stdout
    assert "Authorization: Bearer t\n" in words.stdout
    assert "Idempotency-Key: k\n" in words.stdout
    assert words.stderr == ""


def test_the_page_needs_nothing_from_elsewhere_and_escapes_what_it_shows() -> None:
    page = render(DOCUMENT, BASE)

    assert not re.findall(r'(?:src|href)="(?!#|data:|/openapi\.json)', page)
    assert "House visits &lt;by&gt; text message." in page
    assert all(f'id="{one}"' in page for one in ("house_visits__accept_offer", "patients__list_patients"))


def test_every_operation_can_be_searched_by_role_and_path() -> None:
    words = re.findall(r'data-words="([^"]*)"', render(DOCUMENT, BASE))

    assert [one for one in words if "doctor" in one and ":accept" in one]
