"""Every operation answers as is documented, whatever it is sent. Longer: python -m tests.robustness api."""

import json

import pytest
import requests
from schemathesis.core.result import Err
from urllib3 import HTTPResponse

from infra.local.gateway import OPENAPI
from shared.runtime import catalog
from tests.robustness import api
from tests.robustness.answers import Found, wrong_with
from tests.robustness.callers import Caller
from tests.robustness.documented import name_of, operations, read

pytestmark = pytest.mark.timeout(600)  # some thousand requests, on a machine that does other things too
EXAMPLES = 12
PROBLEM = b'{"type":"/problems/x","title":"X.","status":401,"code":"x","trace_id":"0"}'
NO_VISITS = b'{"visits":[],"next_page_token":""}'


@pytest.fixture(scope="module")
def found() -> Found:
    return api.run(EXAMPLES)


def test_every_operation_is_asked(found: Found) -> None:
    paths = json.loads(OPENAPI.read_text())["paths"].values()
    assert set(found.statuses) == {one["operationId"] for path in paths for one in path.values()}
    assert found.fewest >= EXAMPLES


def test_an_operation_that_cannot_be_read_is_not_left_out() -> None:
    with pytest.raises(ValueError, match="no such schema"):
        read(Err(ValueError("no such schema")))


def test_no_answer_is_a_server_error_or_undocumented(found: Found) -> None:
    assert not found.stories, "\n".join(f"{kind}\n{stories[0]}" for kind, stories in found.stories.items())


@pytest.mark.parametrize(
    ("status", "kind", "body", "told"),
    [
        (500, "application/problem+json", PROBLEM, "500"),
        (418, "application/problem+json", PROBLEM, "UndefinedStatusCode"),
        (404, "text/html", b"<h1>Not found</h1>", "UndefinedContentType"),
        (404, "application/problem+json", b'{"title":"x"}', "JsonSchemaError"),
        (200, "application/json", b'{"visits":[{}],"next_page_token":""}', "JsonSchemaError"),
        (200, "application/json", NO_VISITS, "200 for whom only 401 is meant"),
    ],
)
def test_the_net_catches_fish(status: int, kind: str, body: bytes, told: str) -> None:
    assert told in "\n".join(wrongs(status, kind, body))


def test_what_is_as_documented_is_let_through() -> None:
    assert wrongs(401, "application/problem+json", PROBLEM) == []


def wrongs(status: int, kind: str, body: bytes) -> list[str]:
    """What is said of this answer to somebody without a token who asks for the visits."""
    answer = requests.Response()
    answer.status_code, answer._content = status, body
    answer.headers.update({"Content-Type": kind, "Cache-Control": "no-store"})
    answer.raw = HTTPResponse(headers=answer.headers)
    answer.request = requests.Request("GET", "http://127.0.0.1/v1/house-visits").prepare()
    action = catalog.find("house_visits__list_visits")
    operation = next(one for one in operations() if name_of(one) == action.entry_point)
    return list(wrong_with(operation, action, answer.request, Caller("nobody", None), answer))
