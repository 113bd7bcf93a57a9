"""Certificates, one thing at a time: reserved, lost by the clock, booked at a clinic that is silent, late."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.convert_to_stationary import ConvertToStationary, convert_to_stationary
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CaseStatus, CertificateCase, Reservation
from functions.certificates.domain.case_file import shelf_of
from functions.certificates.extend_reservation import ExtendReservation, extend_reservation
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from functions.certificates.request_certificate import Remote, RequestCertificate, request_certificate
from shared.contracts.clinic_booking import RefusalReason
from shared.contracts.patients import Identifier
from shared.kernel.records import Record
from tests.bench.certificates import a_case
from tests.clinic_twin import Trouble
from tests.outside import START
from tests.people import patient
from tests.sim.certificates import Practice, breaches
from tests.sim.machine import Machine
from tests.sim.people import Cast
from tests.sim.phones import patients_phone
from tests.sim.scenario import Scenario

ANNA, PIOTR, EWA = "d-1", "d-2", "d-3"
CLINIC: Final = "clinic-1"
EXAMINED_AT: Final = START + timedelta(days=2)
MODULES: Final = ("certificates", "messaging", "platform")
_S = CaseStatus


def orders(practice: Practice) -> str:
    """The id of the new case; "" where the app gave up."""
    wanted = RequestCertificate(
        patient_id="p-1",
        how=Remote(kind="remote", due_on=date(2026, 12, 1)),
        certificate_kind="health_damage",
        purpose="insurance_claim",
    )
    answer = practice.operator(request_certificate, wanted)
    return str(json.loads(answer.body)["case_id"]) if answer is not None and answer.status == 200 else ""


def at_clinic(practice: Practice) -> dict[str, Any]:
    slot = practice.machine.clinics.has_slot(CLINIC, EXAMINED_AT)
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return {"doctor_id": ANNA, "clinic_id": CLINIC, "slot_id": slot.id, **times}


def examined(practice: Practice) -> str:
    """An order for an examination at a clinic with a system of its own."""
    wanted = RequestCertificate.model_validate(
        {
            "patient_id": "p-1",
            "how": {"kind": "stationary", **at_clinic(practice)},
            "certificate_kind": "health_damage",
            "purpose": "insurance_claim",
        }
    )
    answer = practice.operator(request_certificate, wanted)
    return str(json.loads(answer.body)["case_id"]) if answer is not None and answer.status == 200 else ""


def two_doctors_want_one_case(practice: Practice) -> None:
    case_id = orders(practice)
    for one in (ANNA, PIOTR, EWA):
        practice.machine.timeline.start(partial(practice.reserves, case_id, one))


def given_back_and_taken_by_another(practice: Practice) -> None:
    case_id = orders(practice)
    practice.reserves(case_id, ANNA)
    practice.machine.wait(minutes=1)
    practice.doctor(release_reservation, ReleaseReservation(case_id=case_id, reason="no_time"), ANNA)
    practice.machine.wait(minutes=1)
    practice.reserves(case_id, PIOTR)


def a_lease_runs_out_and_nobody_brings_its_timer(practice: Practice) -> None:
    """Seeded as it lies there two minutes before its end: nothing but the sweeper knows of it."""
    nearly_over(practice, minutes=2)
    practice.machine.wait(minutes=1)
    practice.reserves("case-1", PIOTR)


def extended_in_the_last_minute(practice: Practice) -> None:
    nearly_over(practice, minutes=2)
    practice.doctor(extend_reservation, ExtendReservation(case_id="case-1"), ANNA)


def nearly_over(practice: Practice, minutes: int) -> None:
    since = START - timedelta(hours=2) + timedelta(minutes=minutes)
    claim = Reservation(doctor_id=ANNA, since=since, lease_until=START + timedelta(minutes=minutes))
    case = a_case("case-1").but(status=_S.RESERVED, reservation=claim, arm=1)
    bench = Bench(id=ANNA, tenant_id=case.tenant_id).having(case.id, claim.lease_until)
    practice.had[case.id] = ANNA
    seeded(practice, case, bench)


def seeded(practice: Practice, case: CertificateCase, *beside: Record) -> None:
    """A case as it lies there after some time, with its shelf, and what else lies beside it."""
    practice.machine.given(case, shelf_of(case), *beside)


def booked_at_the_clinic(practice: Practice) -> None:
    examined(practice)


def booked_in_silence(practice: Practice) -> None:
    practice.machine.clinics.will(CLINIC, "book", Trouble.SILENT_AFTER)
    examined(practice)


def the_slot_is_gone(practice: Practice) -> None:
    practice.machine.clinics.will(CLINIC, "hold", RefusalReason.SLOT_TAKEN)
    examined(practice)


def cancelled_at_the_clinic_again(practice: Practice) -> None:
    case_id = examined(practice)
    practice.machine.wait(minutes=3)
    practice.operator(cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="other"))


def examined_after_all(practice: Practice) -> None:
    """A doctor has reserved the case when the operator finds that it needs an examination."""
    case_id = orders(practice)
    practice.reserves(case_id, PIOTR)
    practice.machine.wait(minutes=1)
    practice.operator(convert_to_stationary, ConvertToStationary(case_id=case_id, **at_clinic(practice)))


def late_and_said_once(practice: Practice) -> None:
    seeded(practice, a_case("case-1", days=-1))


STORIES: Final[tuple[tuple[Callable[[Practice], object], tuple[CaseStatus, ...]], ...]] = (
    (two_doctors_want_one_case, (_S.RESERVED,)),
    (given_back_and_taken_by_another, (_S.RESERVED,)),
    (a_lease_runs_out_and_nobody_brings_its_timer, (_S.PENDING,)),
    (extended_in_the_last_minute, (_S.RESERVED,)),
    # Where nobody knows whether it heard us before it was asked to book, it is given up and a person goes on.
    (booked_at_the_clinic, (_S.SCHEDULED, _S.PENDING)),
    (booked_in_silence, (_S.SCHEDULED, _S.PENDING)),
    (the_slot_is_gone, (_S.PENDING, _S.SCHEDULED)),  # it is refused once: a process that dies asks again
    (cancelled_at_the_clinic_again, (_S.CANCELLED,)),
    (examined_after_all, (_S.SCHEDULED, _S.PENDING)),
    (late_and_said_once, (_S.PENDING,)),
)
"""Each with the states in which its cases may end, whichever call goes wrong."""


def _play(act: Callable[[Practice], object], ends: tuple[CaseStatus, ...], machine: Machine) -> Practice:
    practice = Practice(Cast(machine), frozenset(ends))
    for one in (ANNA, PIOTR, EWA):
        practice.cast.doctor(one, clinic_ids=(CLINIC,))
    practice.cast.integrated_clinic(CLINIC)
    known = Identifier(system="passport-UA", key="k-1", value="AB123456")
    machine.given(patient("p-1").but(phone=patients_phone(1), identifiers=(known,)))
    machine.timeline.start(lambda: act(practice), 5.0)
    return practice


SCENARIOS = tuple(
    Scenario(act.__name__, partial(_play, act, ends), breaches, minutes=15, calm_minutes=30, modules=MODULES)
    for act, ends in STORIES
)
