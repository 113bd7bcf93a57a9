"""The customer's systems, simulated: what the twin promises to everybody who tests against it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from infra.local.clock import MovableClock
from infra.local.customer_api.document import FILE, text
from infra.local.customer_api.twin import API_KEY, CustomerApiTwin
from infra.local.customer_api.world import make_world
from shared.contracts.customer_rows import (
    ClinicRow,
    Collection,
)

ROOT = Path(__file__).parents[2]
SEED = 7
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
START_SECONDS_MAX = 30


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    clock.set(MONDAY)
    return clock


@pytest.fixture
def twin(clock: MovableClock, tmp_path: Path) -> Iterator[CustomerApiTwin]:
    twin = CustomerApiTwin(clock=clock, seed=SEED, state_file=tmp_path / "bookings.json")
    twin.start()
    yield twin
    twin.stop()


def get(twin: CustomerApiTwin, path: str, **query: str) -> requests.Response:
    return requests.get(twin.url + path, params=query, headers={"X-Api-Key": API_KEY}, timeout=5)


def post(twin: CustomerApiTwin, path: str, body: Any, key: str = "") -> requests.Response:
    headers = {"X-Api-Key": API_KEY} | ({"Idempotency-Key": key} if key else {})
    return requests.post(twin.url + path, json=body, headers=headers, timeout=5)


# --- the document


def test_the_document_is_valid_and_the_file_is_what_the_code_says() -> None:
    validate(json.loads(FILE.read_text()))

    assert FILE.read_text() == text(), "run: python -m infra.local.customer_api.document"


def resolved(schema: Any, document: Any) -> Any:
    return {**schema, "components": document["components"]}


@pytest.mark.parametrize("collection", list(Collection))
def test_the_twin_answers_as_the_document_promises(twin: CustomerApiTwin, collection: Collection) -> None:
    document = get(twin, "/openapi.json").json()
    page = get(twin, f"/v1/changes/{collection.value}", limit="500").json()
    schema = {"$ref": f"#/components/schemas/{collection.value.capitalize()}Page"}

    errors = list(OAS31Validator(resolved(schema, document)).iter_errors(page))

    assert errors == []


def test_the_answers_of_a_clinic_are_as_the_document_promises(twin: CustomerApiTwin) -> None:
    document = get(twin, "/openapi.json").json()
    clinic, slot = free_slot(twin)
    at = f"/v1/clinics/{clinic}"
    told = {
        "Slots": slots(twin, clinic),
        "Hold": post(twin, f"{at}/holds", wanted(slot), "k1").json(),
        "Booked": post(twin, f"{at}/bookings", wanted_for(slot), "k1").json(),
        "BookingStatus": get(twin, f"{at}/bookings/k1").json(),
        "Problem": get(twin, f"{at}/bookings/k2").json(),
    }

    for name, answer in told.items():
        schema = {"$ref": f"#/components/schemas/{name}"}
        assert list(OAS31Validator(resolved(schema, document)).iter_errors(answer)) == [], name
    sealed = post(twin, f"{at}/bookings/k3:cancel", {}).json()
    schema = {"$ref": "#/components/schemas/BookingStatus"}
    assert list(OAS31Validator(resolved(schema, document)).iter_errors(sealed)) == []


# --- changes


def test_pages_bring_every_row_once_and_then_only_what_changed(twin: CustomerApiTwin) -> None:
    seen: list[str] = []
    cursor, more = "", True
    while more:
        page = get(twin, "/v1/changes/clinics", cursor=cursor, limit="70").json()
        seen += [item["id"] for item in page["items"]]
        cursor, more = page["next_cursor"], page["more"]
    post(twin, "/_world", {"collection": "clinics", "id": "clinic-0007", "fields": {"name": "Zmieniona"}})
    post(twin, "/_world", {"collection": "clinics", "id": "clinic-0009", "deleted": True})

    later = get(twin, "/v1/changes/clinics", cursor=cursor).json()

    assert len(seen) == len(set(seen)) == 300
    assert [(item["id"], item["version"], item["deleted"]) for item in later["items"]] == [
        ("clinic-0007", 2, False),
        ("clinic-0009", 2, True),
    ]
    assert later["items"][0]["data"]["name"] == "Zmieniona"
    assert "data" not in later["items"][1]
    assert get(twin, "/v1/changes/clinics", cursor=later["next_cursor"]).json()["items"] == []


def test_a_row_that_changes_while_somebody_reads_comes_again_at_the_end(twin: CustomerApiTwin) -> None:
    first = get(twin, "/v1/changes/employers", limit="30").json()
    post(twin, "/_world", {"collection": "employers", "touch": 1})

    rest = get(twin, "/v1/changes/employers", cursor=first["next_cursor"], limit="30").json()

    assert rest["items"][-1]["id"] == first["items"][0]["id"] == "employer-0001"
    assert rest["items"][-1]["version"] == 2


@pytest.mark.parametrize(
    ("cursor", "status", "code"),
    [("nonsense", 400, "bad_cursor"), ("WyJkb2N0b3JzIiwgMV0=", 400, "bad_cursor")],
    ids=["nonsense", "of another collection"],
)
def test_a_cursor_that_is_not_ours_is_refused(
    twin: CustomerApiTwin, cursor: str, status: int, code: str
) -> None:
    answer = get(twin, "/v1/changes/clinics", cursor=cursor)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_cursor_from_before_a_fresh_start_has_expired(twin: CustomerApiTwin) -> None:
    post(twin, "/_world", {"collection": "packages", "touch": 5})
    cursor = get(twin, "/v1/changes/packages").json()["next_cursor"]
    post(twin, "/_reset", {})

    assert get(twin, "/v1/changes/packages", cursor=cursor).status_code == 410


def test_nothing_is_told_without_the_key(twin: CustomerApiTwin) -> None:
    for path in ("/v1/changes/patients", "/v1/clinics/clinic-0001/slots"):
        answer = requests.get(twin.url + path, headers={"X-Api-Key": "another"}, timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_admitted")


# --- clinics


def all_clinics() -> list[ClinicRow]:
    rows = make_world(SEED)[Collection.CLINICS]
    return [ClinicRow.model_validate({**row.data, "id": row.id, "version": 1}) for row in rows]


def integrated() -> list[ClinicRow]:
    return [clinic for clinic in all_clinics() if clinic.integration == "integrated"]


def slots(twin: CustomerApiTwin, clinic: str, days: int = 7) -> Any:
    row = next(row for row in all_clinics() if row.id == clinic)
    window = {"from": MONDAY.isoformat(), "to": (MONDAY + timedelta(days=days)).isoformat()}
    return get(twin, f"/v1/clinics/{clinic}/slots", specialization=row.specializations[0], **window).json()


def free_slot(twin: CustomerApiTwin) -> tuple[str, Any]:
    clinic = integrated()[0].id
    return clinic, slots(twin, clinic)["slots"][0]


def wanted(slot: Any) -> Any:
    return {"slot_id": slot["id"], "starts_at": slot["starts_at"], "ends_at": slot["ends_at"]}


def wanted_for(slot: Any, patient: str = "patient-0001") -> Any:
    return {**wanted(slot), "patient_reference": patient}


def test_slots_lie_within_the_window_and_the_opening_hours(twin: CustomerApiTwin) -> None:
    for clinic in integrated()[:20]:
        told = slots(twin, clinic.id)["slots"]
        assert told == slots(twin, clinic.id)["slots"]
        open_days = {hours.weekday for hours in clinic.opening_hours}
        for slot in told:
            starts = datetime.fromisoformat(slot["starts_at"])
            assert MONDAY <= starts < MONDAY + timedelta(days=7)
            assert starts.astimezone(ZoneInfo(clinic.time_zone)).weekday() in open_days


def test_a_booked_slot_is_no_longer_offered_and_returns_when_it_is_cancelled(twin: CustomerApiTwin) -> None:
    clinic, slot = free_slot(twin)
    post(twin, f"/v1/clinics/{clinic}/bookings", wanted_for(slot), "k1")

    assert slot not in slots(twin, clinic)["slots"]
    post(twin, f"/v1/clinics/{clinic}/bookings/k1:cancel", {})
    assert slot in slots(twin, clinic)["slots"]


def test_bookings_survive_a_restart(twin: CustomerApiTwin, clock: MovableClock, tmp_path: Path) -> None:
    clinic, slot = free_slot(twin)
    booked = post(twin, f"/v1/clinics/{clinic}/bookings", wanted_for(slot), "k1").json()

    again = CustomerApiTwin(clock=clock, seed=SEED, state_file=tmp_path / "bookings.json")
    again.start()
    try:
        assert get(again, f"/v1/clinics/{clinic}/bookings/k1").json() == booked
        assert post(again, f"/v1/clinics/{clinic}/bookings", wanted_for(slot), "k1").json() == booked
    finally:
        again.stop()


def test_a_fresh_start_forgets_bookings_faults_and_changes(twin: CustomerApiTwin) -> None:
    clinic, slot = free_slot(twin)
    post(twin, f"/v1/clinics/{clinic}/bookings", wanted_for(slot), "k1")
    post(twin, "/_fault", {"operation": "find", "mode": "server_error"})
    post(twin, "/_world", {"collection": "clinics", "id": clinic, "deleted": True})

    post(twin, "/_reset", {})

    assert get(twin, "/_bookings").json() == {"bookings": []}
    assert get(twin, "/_fault").json() == {"faults": []}
    assert slot in slots(twin, clinic)["slots"]


# --- as a part of the local cloud


def test_it_has_nothing_of_its_own_to_do_later(twin: CustomerApiTwin) -> None:
    assert get(twin, "/next").json() == {"next": None}
    assert post(twin, "/drain", {"seconds": 60}).json() == {"drained": True}


def test_it_stops_at_once_although_somebody_is_being_kept_waiting(twin: CustomerApiTwin) -> None:
    post(twin, "/_fault", {"operation": "changes", "mode": "timeout"})
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{twin.url}/v1/changes/clinics", headers={"X-Api-Key": API_KEY}, timeout=0.2)

    before = monotonic()
    twin.stop()
    took = monotonic() - before
    twin.start()

    assert took < 2.0


def test_an_order_that_makes_no_sense_is_refused(twin: CustomerApiTwin) -> None:
    assert post(twin, "/_fault", {"operation": "find", "mode": "explode"}).status_code == 400
    assert post(twin, "/_world", {"collection": "moons"}).status_code == 400


def test_it_runs_as_a_process_and_ends_when_told(tmp_path: Path, twin: CustomerApiTwin) -> None:
    port = twin.port
    twin.stop()
    environment = {**os.environ, "PORT_CUSTOMER": str(port), "VISITA_STATE_DIR": str(tmp_path / "state")}
    process = subprocess.Popen(
        [sys.executable, "-m", "infra.local.customer_api"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "customer" in process.stdout.readline()
        assert get(twin, "/healthz").json() == {"status": "ok"}
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(START_SECONDS_MAX) == 0
    twin.start()
