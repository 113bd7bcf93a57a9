"""What the matrix asks of house visits: a visit in each state that is needed, a request for each action."""

from datetime import timedelta
from typing import Any

from functions.house_visits.domain.clinic_news import HeardFromClinic
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.patient_day import PatientDay
from shared.contracts.clinic_booking import ClinicEventKind
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OWN, Ask, Asks, Party, listed, named, told
from tests.authorization.subjects.visits import TOMORROW, visits
from tests.outside import START
from tests.people import HOME


def records(it: Party, wiring: Wiring) -> list[Record]:
    tenant, key = it.tenant_id, wiring.seals.lookup_key(it.tenant_id, it.phone)
    heard = HeardFromClinic(
        id=it.id("event"), tenant_id=tenant, clinic_id=it.id("clinic"), booking_key=it.id("key"),
        event=ClinicEventKind.MOVED, occurred_at=START, heard_at=START, outcome="asked", expires_at=START,
    )  # fmt: skip
    return [
        *visits(it, key),
        Diary(id=it.id("doctor"), tenant_id=tenant),
        Desk(id=key, tenant_id=tenant),
        PatientDay(id=it.id("day"), tenant_id=tenant),
        heard,
    ]


def visit(state: str, **more: Any) -> tuple[Ask, ...]:
    return named(f"visit-{state}", "visit_id", **more)


def with_own(state: str, of: str, fields: Any, missing: int) -> Ask:
    """One's own visit, and a second record that the request names."""
    return Ask(
        lambda it: {"visit_id": OWN.id(f"visit-{state}"), **fields(it)}, missing=missing, of=of, shows=False
    )


def event(it: Party) -> dict[str, Any]:
    return {
        "event_id": "e-1",
        "clinic_id": it.id("clinic"),
        "booking_key": f"{it.id('visit-asking')}-1-1",
        "event": "cancelled",
        "occurred_at": START.isoformat(),
    }


def doctors(it: Party) -> dict[str, Any]:
    return {"doctor_ids": [it.id("colleague")], "intervals": [5]}


def message(state: str, **more: Any) -> tuple[Ask, ...]:
    """Of an older epoch: what is asked here is whether it is taken in, not what it does."""
    return told(lambda it: {"visit_id": it.id(f"visit-{state}"), **more})


DAY = timedelta(days=1)
PLAN = {"doctor_ids": [OWN.id("colleague")], "intervals": [5]}
WISH = {"address": HOME.model_dump(mode="json"), "window": TOMORROW, "specialization": "internal_medicine"}
OUR_DOCTOR = {"kind": "doctor"}
ASKS: Asks = {
    "accept_offer": visit("offering"),
    "add_note": visit("requested", text="Oddzwoniono."),
    "ask_next_doctor": message("offering", epoch=0, arm=0, desk_id=""),
    "book_at_clinic": message("asking", key="another"),
    "book_visit": (
        *visit("requested"),
        with_own("requested", "clinic", lambda it: {"clinic_id": it.id("clinic")}, 404),
    ),
    "cancel_at_clinic": told(
        lambda it: {"visit_id": it.id("visit-asking"), "clinic_id": it.id("clinic"), "key": "another"}
    ),
    "cancel_visit": visit("requested", reason="other"),
    "change_cascade": (
        *visit("offering", change={"kind": "pause"}),
        with_own(
            "offering",
            "doctor",
            lambda it: {"change": {"kind": "add", "doctor_ids": [it.id("colleague")]}},
            200,
        ),
    ),
    "check_booking": message("asking", key="another", cause="e-1"),
    "check_promises": listed(shows=False),
    "check_texts": told(lambda _: {"since": str(START), "day": str(START.date())}),
    "check_visits": told(
        lambda _: {"since": str(START), "until": str(START + DAY), "day": str(START.date())}
    ),
    "claim_outside_work": visit("outside"),
    "complete_visit": visit("booked"),
    "decline_offer": visit("offering"),
    "find_candidates": visit("requested"),
    "get_assigned_visit": visit("booked"),
    "get_own_visit": visit("booked"),
    "get_visit": visit("booked"),
    "hear_chat": told(
        lambda it: {
            "case_id": it.id("visit-booked"),
            "doctor_id": it.doctor,
            "at": str(START + DAY),
            "is_sure": True,
        }
    ),
    "hear_clinic": told(event),
    "list_assigned_visits": listed(),
    "list_my_offers": listed(),
    "list_outside_work": listed(),
    "list_visits": (
        *listed(),
        Ask(lambda it: {"patient_id": it.id("patient")}, missing=200, of="patient"),
    ),
    "note_offer_delivery": told(
        lambda it: {"letter_id": it.id("letter"), "about": it.id("visit-offering"), "status": "delivered"}
    ),
    "notify_patient": message("booked", epoch=0, news="booked"),
    "open_outside_process": visit("requested", reason="nobody near"),
    "pin_address": visit("requested", position={"lat": 52.1, "lon": 21.1}),
    "preview_cascade": (
        *visit("requested", **PLAN),
        with_own("requested", "doctor", doctors, 200),
    ),
    "read_activity": (Ask(lambda it: {"visit_id": it.id("visit-booked")}, shows=False),),
    "read_reply": told(lambda it: {"text_id": it.id("text"), "phone_key": "nobody"}),
    "record_outside_booking": (
        *visit("outside", outcome={"kind": "nobody"}),
        with_own(
            "outside", "doctor", lambda it: {"outcome": {**OUR_DOCTOR, "doctor_id": it.id("doctor")}}, 404
        ),
    ),
    "report_no_show": visit("booked", who="patient"),
    "request_visit": (Ask(lambda it: {**WISH, "patient_id": it.id("patient")}),),
    "reschedule_visit": visit("requested", window=TOMORROW),
    "resolve_booking": message("asking", key="another", tries=0),
    "settle_booking": visit("asking", outcome={"kind": "not_booked"}),
    "start_cascade": (
        *visit("requested", **PLAN),
        with_own("requested", "doctor", doctors, 422),
    ),
    "sweep_cascades": listed(shows=False),
    "report_figures": listed(shows=False),
    "withdraw_from_visit": visit("booked"),
}
