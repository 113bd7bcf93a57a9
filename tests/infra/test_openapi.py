"""The API's document: valid, complete, and its examples fit what they are examples of."""

import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from infra.rendering.openapi import openapi
from shared.runtime import catalog

DOCUMENT = openapi()


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(one["operationId"], one) for ways in DOCUMENT["paths"].values() for one in ways.values()]


def resolver(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "components": DOCUMENT["components"]}


def test_it_is_openapi() -> None:
    validate(json.loads(json.dumps(DOCUMENT)))


def test_every_action_with_a_door_is_in_it() -> None:
    doors = {
        one.entry_point for one in catalog.all_actions() if one.trigger.kind in ("http", "webhook", "public")
    }
    assert {name for name, _ in operations()} == doors


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[name for name, _ in operations()])
def test_examples_fit_their_schemas(name: str, operation: dict[str, Any]) -> None:
    contents = [operation.get("requestBody", {}).get("content", {}), operation["responses"]["200"]["content"]]
    for content in contents:
        for kind, one in content.items():
            if kind != "text/xml":
                jsonschema.validate(one["example"], resolver(one["schema"]))


def test_what_stands_in_our_own_url_is_not_asked_of_twilio() -> None:
    """Twilio signs the names it knows; another one in the form is refused."""
    report = DOCUMENT["paths"]["/v1/webhooks/twilio/status"]["post"]
    form = report["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]

    assert {one["name"] for one in report["parameters"] if one["in"] == "query"} == {"m", "a", "t"}
    assert {"AccountSid", "MessageSid", "MessageStatus"} <= set(form["required"])
    assert not {"m", "a", "t"} & set(form["properties"])
