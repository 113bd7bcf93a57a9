"""What the matrix asks of certificates: a case in each state that is needed, a request for each action."""

from datetime import date, timedelta
from typing import Any

from functions.certificates.domain.appointment import Appointment, BookingStep, ClinicRequest
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.booking import ATTENTION_AFTER
from functions.certificates.domain.case import (
    CaseStatus,
    CertificateCase,
    CertificateKind,
    Modality,
    Purpose,
    Reservation,
)
from shared.contracts.clinic_booking import Slot
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OTHER, OWN, Ask, Asks, Party, listed, named, told
from tests.authorization.subjects import opinions
from tests.outside import START

DUE = date(2026, 12, 1)
EXAMINED_AT = START + timedelta(days=7)
ENDS_AT = EXAMINED_AT + timedelta(minutes=30)


def records(it: Party, wiring: Wiring) -> list[Record]:
    reservation = Reservation(doctor_id=it.doctor, since=START, lease_until=START + timedelta(hours=2))
    return [
        _offered(it),
        _case(it, "reserved", CaseStatus.RESERVED, reservation=reservation),
        _scheduled(it, "scheduled"),
        _case(it, "asking", CaseStatus.UNKNOWN_OUTCOME, clinic_request=_request(it)),
        Bench(id=it.id("doctor"), tenant_id=it.tenant_id),
        *opinions.records(it, wiring),
    ]


def _offered(it: Party) -> CertificateCase:
    """What any doctor may take is nobody's alone; so what is another's here is an examination."""
    return _scheduled(it, "offered") if it is OTHER else _case(it, "offered", CaseStatus.PENDING)


def _scheduled(it: Party, state: str) -> CertificateCase:
    appointment = Appointment(
        clinic_id=it.id("clinic"),
        doctor_id=it.doctor,
        starts_at=EXAMINED_AT,
        ends_at=ENDS_AT,
        zone="Europe/Warsaw",
    )
    return _case(it, state, CaseStatus.SCHEDULED, modality=Modality.STATIONARY, appointment=appointment)


def _request(it: Party) -> ClinicRequest:
    slot = Slot(
        id="s-1", clinic_id=it.id("clinic"), specialization="", starts_at=EXAMINED_AT, ends_at=ENDS_AT
    )
    return ClinicRequest(
        clinic_id=it.id("clinic"),
        doctor_id=it.doctor,
        zone="Europe/Warsaw",
        key=f"cert-{it.id('case-asking')}-e2",
        slot=slot,
        step=BookingStep.ASK,
        asked_at=START,
        tries=ATTENTION_AFTER,
    )


def _case(it: Party, state: str, status: CaseStatus, **facts: Any) -> CertificateCase:
    return CertificateCase(
        id=it.id(f"case-{state}"),
        tenant_id=it.tenant_id,
        status=status,
        modality=Modality.REMOTE,
        certificate_kind=CertificateKind.HEALTH_DAMAGE,
        purpose=Purpose.INSURANCE_CLAIM,
        patient_id=it.patient,
        due_on=DUE,
        requested_at=START,
        requested_by="op-1",
    ).but(**facts)


def case(state: str, **more: Any) -> tuple[Ask, ...]:
    return named(f"case-{state}", "case_id", **more)


def message(state: str, **more: Any) -> tuple[Ask, ...]:
    """Of an older turn: what is asked here is whether it is taken in, not what it does."""
    return told(lambda it: {"case_id": it.id(f"case-{state}"), **more})


def ordered(patient: Party, how: dict[str, Any]) -> dict[str, Any]:
    kinds = {"certificate_kind": "health_damage", "purpose": "insurance_claim"}
    return {"patient_id": patient.id("patient"), "how": how, **kinds}


def at_clinic(it: Party) -> dict[str, Any]:
    times = {"starts_at": EXAMINED_AT.isoformat(), "ends_at": ENDS_AT.isoformat()}
    return {"clinic_id": it.id("clinic"), "doctor_id": it.id("doctor"), "slot_id": "s-1", **times}


def somebody_else(it: Party) -> Party:
    """A patient who does not share this party's phone."""
    return OTHER if it is OWN else OWN


ASKS: Asks = {
    **opinions.ASKS,
    "attach_comment": case("reserved", text="Oddzwoniono."),
    "book_appointment": message("asking", key="another"),
    "cancel_certificate_case": case("offered", reason="other"),
    "change_due": case("reserved", priority="stat", reason="Rozprawa."),
    "convert_to_stationary": (
        Ask(lambda it: {"case_id": it.id("case-offered"), **at_clinic(OWN)}),
        Ask(lambda it: {"case_id": OWN.id("case-offered"), **at_clinic(it)}, of="clinic", shows=False),
    ),
    "expire_reservation": message("reserved", arm=-1),
    "extend_reservation": case("reserved"),
    "get_assigned_case": case("reserved"),
    "get_case": case("reserved"),
    "hear_booking_change": told(
        lambda it: {
            "clinic_id": it.id("clinic"),
            "booking_key": f"cert-{it.id('case-asking')}-e1",
            "event": "moved",
        }
    ),
    "list_cases": (
        *listed(),
        Ask(lambda it: {"patient_id": it.id("patient")}, missing=200, of="patient"),
    ),
    "list_clinic_slots": (
        Ask(lambda it: {"clinic_id": it.id("clinic"), "specialization": "internal_medicine"}, shows=False),
    ),
    "list_worklist": listed(),
    "notify_patient": message("scheduled", epoch=0, news="appointment"),
    "read_activity": (Ask(lambda it: {"case_id": it.id("case-reserved")}, shows=False),),
    "release_appointment": told(
        lambda it: {"case_id": it.id("case-asking"), "clinic_id": it.id("clinic"), "key": "another"}
    ),
    "release_reservation": case("reserved", reason="no_time"),
    "report_breach": message("reserved"),
    "report_figures": listed(shows=False),
    "request_certificate": (
        Ask(lambda it: ordered(it, {"kind": "remote", "due_on": DUE.isoformat()})),
        Ask(
            lambda it: ordered(somebody_else(it), {"kind": "stationary", **at_clinic(it)}),
            of="clinic",
            shows=False,
        ),
    ),
    "reserve_certificate": case("offered"),
    "resolve_appointment": message("asking", key="another", tries=0),
    "settle_appointment": case("asking", outcome="not_booked"),
    "sweep_appointments": listed(shows=False),
    "sweep_reservations": listed(shows=False),
    "watch_due_certificates": listed(shows=False),
}
