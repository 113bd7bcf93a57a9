"""Certificate cases in every state that an operation may need, as they lie in the store."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from functions.certificates.domain.appointment import Appointment, BookingStep, ClinicRequest
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.booking import ATTENTION_AFTER
from functions.certificates.domain.case import CaseStatus, CertificateCase, Modality, Reservation
from functions.certificates.domain.case_file import shelf_of
from shared.contracts.clinic_booking import Slot
from tests.bench.certificates import a_case
from tests.outside import START
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT, World

DOCTORS: Final = (ANNA, PIOTR, EWA)
POOLED: Final = tuple(f"case-{number}" for number in range(1, 7))
RESERVED: Final = tuple(f"case-of-{one}" for one in DOCTORS)
EXAMINED: Final = tuple(f"case-by-{one}" for one in DOCTORS)
ASKING: Final = "case-asking"
EXAMINED_AT: Final = START + timedelta(days=7)
ENDS_AT: Final = EXAMINED_AT + timedelta(minutes=30)
FITTING: Mapping[str, tuple[str, ...]] = {
    "reserve_certificate": POOLED,
    "convert_to_stationary": POOLED,
    "cancel_certificate_case": POOLED,
    "change_due": POOLED,
    "extend_reservation": RESERVED,
    "release_reservation": RESERVED,
    "get_assigned_case": RESERVED,
    "settle_appointment": (ASKING,),
}
"""The cases on which an action has something to do."""


def put_on_file(world: World) -> dict[str, list[Any]]:
    """What is known of them, by the name of the field that may speak of it, and by operation."""
    cases = [
        *(a_case(one) for one in POOLED),
        *(_reserved(name, one) for name, one in zip(RESERVED, DOCTORS, strict=True)),
        *(_examined(name, one) for name, one in zip(EXAMINED, DOCTORS, strict=True)),
        _asking(),
    ]
    world.given(*cases, *(shelf_of(one) for one in cases), *(_bench(one) for one in cases if one.reservation))
    return {
        **{f"certificates__{name}": list(fitting) for name, fitting in FITTING.items()},
        "case_id": [one.id for one in cases],
        "due_on": ["2026-11-27", "2026-12-06", "2026-12-25"],
        "slot_id": ["near-1500", "s-1"],
    }


def _reserved(name: str, doctor_id: str) -> CertificateCase:
    claim = Reservation(doctor_id=doctor_id, since=START, lease_until=START + timedelta(hours=2))
    return a_case(name).but(status=CaseStatus.RESERVED, reservation=claim, arm=1)


def _bench(case: CertificateCase) -> Bench:
    assert case.reservation is not None
    return Bench(id=case.doctor_id, tenant_id=TENANT).having(case.id, case.reservation.lease_until)


def _examined(name: str, doctor_id: str) -> CertificateCase:
    appointment = Appointment(
        clinic_id="near", doctor_id=doctor_id, starts_at=EXAMINED_AT, ends_at=ENDS_AT, zone="Europe/Warsaw"
    )
    return a_case(name).but(
        status=CaseStatus.SCHEDULED, modality=Modality.STATIONARY, appointment=appointment
    )


def _asking() -> CertificateCase:
    slot = Slot(id="s-1", clinic_id="near", specialization="", starts_at=EXAMINED_AT, ends_at=ENDS_AT)
    request = ClinicRequest(
        clinic_id="near", doctor_id=ANNA, zone="Europe/Warsaw", key=f"cert-{ASKING}-e2", slot=slot,
        step=BookingStep.ASK, asked_at=START, tries=ATTENTION_AFTER,
    )  # fmt: skip
    return a_case(ASKING).but(
        status=CaseStatus.UNKNOWN_OUTCOME, modality=Modality.STATIONARY, clinic_request=request
    )
