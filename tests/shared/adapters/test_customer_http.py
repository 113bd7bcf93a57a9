"""Changes from the customer over a real socket: whole pages, honest troubles, and no endless feed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.clock import MovableClock
from infra.local.customer_api.twin import API_KEY, CustomerApiTwin
from shared.adapters.customer_http import CustomerHttp
from shared.contracts.customer import CHANGES_LIMIT_MAX, CursorExpired, CustomerRefused, CustomerUnavailable
from shared.contracts.customer_rows import ClinicRow, Collection, Gone
from shared.contracts.ports import Customer
from tests.shared.adapters.canned import answer, closed_port, server, silent_server

ANSWER_SECONDS = 0.5
PAGES_MAX = 20


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CustomerApiTwin]:
    clock = MovableClock(Path(tmp_path_factory.mktemp("clock")) / "clock.json")
    twin = CustomerApiTwin(clock=clock)
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def twin(running: CustomerApiTwin) -> CustomerApiTwin:
    running.reset()
    return running


@pytest.fixture
def customer(twin: CustomerApiTwin) -> Customer:
    return CustomerHttp(twin.url, API_KEY, ANSWER_SECONDS)


def order(twin: CustomerApiTwin, path: str, **said: Any) -> None:
    requests.post(twin.url + path, json=said, timeout=5).raise_for_status()


@pytest.mark.parametrize(
    ("collection", "rows"),
    [("clinics", 300), ("doctors", 1200), ("patients", 400), ("employers", 40), ("packages", 60)],
)
def test_a_whole_collection_comes_in_pages_and_no_row_is_set_aside(
    customer: Customer, collection: str, rows: int
) -> None:
    ids: set[str] = set()
    cursor = ""
    for _ in range(PAGES_MAX):
        page = customer.changes(collection, cursor, 130)
        ids |= {row.id for row in page.rows}
        assert page.set_aside == ()
        assert len(page.rows) <= 130
        cursor = page.next_cursor
        if not page.more:
            break

    assert len(ids) == rows


def test_only_what_changed_since_comes_again(customer: Customer, twin: CustomerApiTwin) -> None:
    cursor = customer.changes("clinics", "", CHANGES_LIMIT_MAX).next_cursor
    order(twin, "/_world", collection="clinics", id="clinic-0002", fields={"phone": None})
    order(twin, "/_world", collection="clinics", id="clinic-0003", deleted=True)

    page = customer.changes("clinics", cursor, CHANGES_LIMIT_MAX)

    changed, gone = page.rows
    assert isinstance(changed, ClinicRow)
    assert (changed.id, changed.version, changed.phone) == ("clinic-0002", 2, None)
    assert gone == Gone(id="clinic-0003", version=2)


def test_a_drifted_row_does_not_stop_the_others(customer: Customer, twin: CustomerApiTwin) -> None:
    order(twin, "/_fault", operation="changes", mode="schema_drift")

    page = customer.changes("clinics", "", 10)

    assert len(page.rows) == 9
    assert page.set_aside[0].id == "clinic-0001"
    assert "name: Field required" in page.set_aside[0].reason


@pytest.mark.parametrize("mode", ["timeout", "timeout_after_success", "server_error"])
def test_an_outage_is_to_be_asked_again(customer: Customer, twin: CustomerApiTwin, mode: str) -> None:
    order(twin, "/_fault", operation="changes", mode=mode)

    with pytest.raises(CustomerUnavailable):
        customer.changes("clinics", "", 10)
    assert len(customer.changes("clinics", "", 10).rows) == 10


def test_a_forgotten_cursor_says_begin_again(customer: Customer, twin: CustomerApiTwin) -> None:
    order(twin, "/_world", collection="clinics", touch=3)
    cursor = customer.changes("clinics", "", CHANGES_LIMIT_MAX).next_cursor
    twin.reset()

    with pytest.raises(CursorExpired):
        customer.changes("clinics", cursor, 10)


def test_a_wrong_key_is_for_people_to_mend(twin: CustomerApiTwin) -> None:
    with pytest.raises(CustomerRefused, match="401 not_admitted"):
        CustomerHttp(twin.url, "another").changes("clinics", "", 10)


def test_an_unknown_collection_is_our_own_mistake(customer: Customer) -> None:
    with pytest.raises(ValueError):
        customer.changes("moons", "", 10)


def page(**changes: Any) -> dict[str, Any]:
    return {"items": [], "next_cursor": "c2", "more": False, **changes}


@pytest.mark.parametrize(
    "told",
    [
        b"",
        answer(200, b"<html>", content_type="text/html"),
        answer(200, b"[]"),
        answer(200, page(items=None)),
        answer(200, page(items=[{}] * (CHANGES_LIMIT_MAX + 1))),
        answer(200, page(next_cursor=None)),
        answer(200, page(next_cursor="x" * 1000)),
        answer(200, page(more="yes")),
        answer(200, page(next_cursor="c1", more=True)),
        answer(302, {}),
        answer(429, {}),
        answer(200, page())[:-5],
    ],
    ids=[
        "hangs up",
        "not json",
        "a list",
        "no items",
        "more than a page",
        "no cursor",
        "a long cursor",
        "not a flag",
        "a cursor that stands still",
        "a redirect",
        "too fast",
        "half an answer",
    ],
)
def test_a_page_that_cannot_be_trusted_is_no_page(told: bytes) -> None:
    with server(told) as there, pytest.raises(CustomerUnavailable):
        CustomerHttp(there.url, "k", ANSWER_SECONDS).changes("clinics", "c1", 10)
    assert len(there.heard) == 1


def flood() -> bytes:
    return answer(200, b" " * 9_000_000 + b"{}")


@pytest.mark.parametrize("told", [flood])
def test_a_flood_is_cut_off(told: Callable[[], bytes]) -> None:
    with server(told()) as there, pytest.raises(CustomerUnavailable, match="too long"):
        CustomerHttp(there.url, "k", 5.0).changes("clinics", "", 10)


def test_silence_and_absence_are_outages() -> None:
    with silent_server() as there, pytest.raises(CustomerUnavailable):
        CustomerHttp(there.url, "k", ANSWER_SECONDS).changes("clinics", "", 10)
    with pytest.raises(CustomerUnavailable):
        CustomerHttp(f"http://127.0.0.1:{closed_port()}", "k", ANSWER_SECONDS).changes("clinics", "", 10)


def test_the_key_travels_in_its_header_and_a_redirect_never_sees_it() -> None:
    with server(answer(200, page())) as elsewhere:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {elsewhere.url}/\r\nContent-Length: 0\r\n\r\n".encode()
        with server(moved) as there, pytest.raises(CustomerUnavailable):
            CustomerHttp(there.url, "the-key", ANSWER_SECONDS).changes("clinics", "", 10)

    assert "X-Api-Key: the-key" in there.heard[0]
    assert elsewhere.heard == []


def test_every_collection_has_a_name_that_the_customer_knows(customer: Customer) -> None:
    assert all(customer.changes(collection, "", 1).rows for collection in Collection)
