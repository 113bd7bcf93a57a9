"""A clinic's webhook is believed only with a fresh seal; the twin seals as the document says."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from infra.local.clock import MovableClock
from infra.local.customer_api.twin import WEBHOOK_SECRET, CustomerApiTwin
from shared.adapters.clinic_signature import HEADER, WrongClinicSignature, sign, verify_clinic_signature
from shared.contracts.clinic_booking import ClinicEvent, ClinicEventKind
from tests.shared.adapters.canned import Canned, answer, server

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
BODY = b'{"event":"cancelled"}'


def test_what_the_clinic_signed_just_now_is_believed() -> None:
    verify_clinic_signature(["s1"], sign("s1", BODY, NOW), BODY, NOW)


def test_a_seal_is_made_as_the_document_says() -> None:
    """By `openssl dgst -sha256 -hmac s1` over the time, a dot and the body."""
    seal = "1cd15f29ae5760d5b98ac06aab1ec35d0db74b9a0bc36b23c76aa4fea83cf8ce"
    assert sign("s1", BODY, NOW) == f"t=1795413600,v1={seal}"


@pytest.mark.parametrize("minutes", [-5, 5])
def test_clocks_may_differ_by_five_minutes(minutes: int) -> None:
    verify_clinic_signature(["s1"], sign("s1", BODY, NOW), BODY, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("seconds", [-301, 301])
def test_what_is_older_or_from_the_future_is_refused(seconds: int) -> None:
    with pytest.raises(WrongClinicSignature):
        verify_clinic_signature(["s1"], sign("s1", BODY, NOW), BODY, NOW + timedelta(seconds=seconds))


def test_during_a_change_of_secrets_both_are_believed_and_neither_afterwards() -> None:
    old, new = sign("old", BODY, NOW), sign("new", BODY, NOW)
    both = f"{old},{new.split(',')[1]}"

    for header in (old, new, both):
        verify_clinic_signature(["new", "old"], header, BODY, NOW)
    verify_clinic_signature(["new"], both, BODY, NOW)
    with pytest.raises(WrongClinicSignature):
        verify_clinic_signature(["new"], old, BODY, NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=",
        "v1=abc",
        "t=1",
        "t=x,v1=abc",
        "t=1795413600",
        "t=1,t=2,v1=a",
        f"t={'9' * 400},v1=a",
        "t=²,v1=a",
    ],
)
def test_a_header_that_is_no_seal_is_refused(header: str) -> None:
    with pytest.raises(WrongClinicSignature):
        verify_clinic_signature(["s1"], header, BODY, NOW)


def test_without_a_secret_nothing_is_believed() -> None:
    for secrets in ([], [""]):
        with pytest.raises(WrongClinicSignature):
            verify_clinic_signature(secrets, sign("", BODY, NOW), BODY, NOW)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_seal_fits_one_body_alone(body: bytes, other: bytes) -> None:
    header = sign("s1", body, NOW)
    if body == other:
        verify_clinic_signature(["s1"], header, other, NOW)
    else:
        with pytest.raises(WrongClinicSignature):
            verify_clinic_signature(["s1"], header, other, NOW)


@given(st.text(max_size=80))
def test_no_header_breaks_it(header: str) -> None:
    with pytest.raises(WrongClinicSignature):
        verify_clinic_signature(["s1"], header, BODY, NOW)


# --- the twin's own webhook, over the wire


@pytest.fixture
def us() -> Iterator[Canned]:
    with server(answer(204, b"")) as here:
        yield here


@pytest.fixture
def twin(us: Canned, tmp_path: Path) -> Iterator[CustomerApiTwin]:
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    clock.set(NOW)
    twin = CustomerApiTwin(clock=clock, public_url=us.url)
    twin.start()
    yield twin
    twin.stop()


def happen(twin: CustomerApiTwin, **order: Any) -> Any:
    said = {"clinic_id": "clinic-0001", "booking_key": "k1", "event": "cancelled", **order}
    return requests.post(f"{twin.url}/_event", json=said, timeout=5).json()


def heard(us: Canned, number: int = 0) -> tuple[str, bytes]:
    head, _, body = us.heard[number].partition("\r\n\r\n")
    seal = next(line for line in head.splitlines() if line.startswith(HEADER))
    return seal.removeprefix(f"{HEADER}: "), body.encode()


def test_an_event_arrives_signed_at_the_agreed_address(us: Canned, twin: CustomerApiTwin) -> None:
    told = happen(twin)
    seal, body = heard(us)

    verify_clinic_signature([WEBHOOK_SECRET], seal, body, NOW)
    event = ClinicEvent.model_validate_json(body)
    assert us.heard[0].startswith("POST /v1/webhooks/clinics/bookings ")
    assert (event.event, event.booking_key, event.occurred_at) == (ClinicEventKind.CANCELLED, "k1", NOW)
    assert told == {"event_id": event.event_id, "delivered": True, "status": 204}


def test_an_event_can_come_twice_from_a_wrong_clock_or_a_wrong_hand(
    us: Canned, twin: CustomerApiTwin
) -> None:
    first = happen(twin)
    happen(twin, event_id=first["event_id"])
    happen(twin, skew_seconds=-600)
    happen(twin, secret="another")

    assert json.loads(heard(us, 1)[1])["event_id"] == first["event_id"]
    for number in (2, 3):
        with pytest.raises(WrongClinicSignature):
            verify_clinic_signature([WEBHOOK_SECRET], *heard(us, number), NOW)


def test_when_we_are_down_the_twin_says_so(tmp_path: Path) -> None:
    twin = CustomerApiTwin(clock=MovableClock(tmp_path / "clock.json"), public_url="http://127.0.0.1:9")
    twin.start()
    try:
        assert happen(twin)["delivered"] is False
    finally:
        twin.stop()
