"""Random days of a practice: many cases, doctors who want the same ones, an operator who thinks again."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from functions.certificates.attach_comment import AttachComment, attach_comment
from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.change_due import ChangeDue, change_due
from functions.certificates.convert_to_stationary import ConvertToStationary, convert_to_stationary
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CaseStatus, CertificateCase, Reservation
from functions.certificates.domain.case_file import shelf_of
from functions.certificates.extend_reservation import ExtendReservation, extend_reservation
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from functions.certificates.request_certificate import RequestCertificate, request_certificate
from shared.contracts.clinic_booking import RefusalReason
from shared.contracts.patients import Identifier
from shared.kernel.records import Record, Value
from tests.bench.certificates import a_case
from tests.clinic_twin import Trouble
from tests.outside import START
from tests.people import patient
from tests.sim.certificates import Practice, breaches
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.people import Cast
from tests.sim.phones import patients_phone
from tests.sim.scenario import Scenario

CASES: Final = 20
SEEDED: Final = 6
DOCTORS: Final = 6
WANT_A_CASE: Final = 4
CLINIC: Final = "clinic-1"
EXAMINED_AT: Final = START + timedelta(days=2)
TROUBLES: Final[tuple[tuple[str, Any], ...]] = (
    ("hold", RefusalReason.SLOT_TAKEN), ("book", Trouble.SILENT_AFTER), ("book", Trouble.SILENT_BEFORE),
    ("book", Trouble.OTHER_TIME), ("hold", Trouble.SILENT_BEFORE),
)  # fmt: skip
"""What one booking in three meets."""
DOES: Final = (*("",) * 6, "release", "release", "extend", "conflict")
"""What who has reserved a case does with it after a while."""
TURNS: Final = (*("",) * 6, "cancel", "convert", "convert", "due", "comment")
"""What the operator does."""


class Day:
    """All chances of one day; each is named by what it is about."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.dice = machine, machine.dice
        self.practice = Practice(Cast(machine), frozenset(CaseStatus))
        self.doctors = [f"d-{number}" for number in range(1, DOCTORS + 1)]

    def play(self) -> Practice:
        for one in self.doctors:
            self.practice.cast.doctor(one, clinic_ids=(CLINIC,))
        self.practice.cast.integrated_clinic(CLINIC)
        self._lies_there()
        for number in range(SEEDED, CASES):
            after = self.dice.between(f"call {number}", 0, 1200)
            self.machine.timeline.start(partial(self._call, number), after)
        return self.practice

    def _lies_there(self) -> None:
        """From before: some reserved long ago, some late, all wanted by somebody."""
        benches = {one: Bench(id=one, tenant_id="vm") for one in self.doctors}
        kept: list[Record] = []
        for number in range(SEEDED):
            case = a_case(f"case-{number}", days=-1 if number % 3 == 0 else 3)
            if number % 2 == 0:
                doctor_id = self.doctors[number % DOCTORS]
                ends = START + timedelta(minutes=self.dice.between(f"case {number} ends", 1, 40))
                claim = Reservation(doctor_id=doctor_id, since=ends - timedelta(hours=2), lease_until=ends)
                case = case.but(status=CaseStatus.RESERVED, reservation=claim, arm=1)
                self.practice.had[case.id] = doctor_id
                benches[doctor_id] = benches[doctor_id].having(case.id, ends)
            kept += [case, shelf_of(case)]
            self.machine.timeline.start(partial(self._lives_on, case.id, f"case {number}"), 5.0)
        self.machine.given(patient("p-1"), *kept, *benches.values())

    def _call(self, number: int) -> None:
        """From the order to whatever end."""
        name, patient_id = f"case {number}", f"p-{number}"
        known = Identifier(system="passport-UA", key=f"k-{number}", value=f"AB{number:06d}")
        self.machine.given(patient(patient_id).but(phone=patients_phone(number), identifiers=(known,)))
        is_remote = self.dice.share(f"{name} remote") < 0.7
        due_on = date(2026, 11, 24) + timedelta(days=self.dice.roll(f"{name} due") % 5)
        remote = {"kind": "remote", "due_on": due_on}
        wanted = RequestCertificate.model_validate(
            {
                "patient_id": patient_id,
                "how": remote if is_remote else {"kind": "stationary", **self._slot(name)},
                "certificate_kind": "health_damage",
                "purpose": "insurance_claim",
                "priority": self.dice.one_of(f"{name} priority", ("routine", "urgent", "asap", "stat")),
            }
        )
        answer = self.practice.operator(request_certificate, wanted)
        if answer is not None and answer.status == 200:
            self._lives_on(str(json.loads(answer.body)["case_id"]), name)

    def _lives_on(self, case_id: str, name: str) -> None:
        for doctor_id in self.dice.order(f"{name} wanted by", self.doctors)[:WANT_A_CASE]:
            after = self.dice.between(f"{name} {doctor_id} after", 1, 900)
            self.machine.timeline.start(partial(self._wants, case_id, name, doctor_id), after)
        turn = self.dice.one_of(f"{name} turn", TURNS)
        if turn:
            after = self.dice.between(f"{name} turn after", 60, 900)
            self.machine.timeline.start(partial(self._turns, case_id, name, turn), after)

    def _wants(self, case_id: str, name: str, doctor_id: str) -> None:
        self.practice.reserves(case_id, doctor_id)
        does = self.dice.one_of(f"{name} {doctor_id} does", DOES)
        self.machine.wait(minutes=self.dice.between(f"{name} {doctor_id} works", 1, 20))
        calls: dict[str, tuple[Callable[[Any, Any], Any], Value]] = {
            "release": (release_reservation, ReleaseReservation(case_id=case_id, reason="no_time")),
            "conflict": (
                release_reservation,
                ReleaseReservation(case_id=case_id, reason="conflict_of_interest"),
            ),
            "extend": (extend_reservation, ExtendReservation(case_id=case_id)),
        }
        if does:
            self.practice.doctor(*calls[does], doctor_id)

    def _turns(self, case_id: str, name: str, turn: str) -> None:
        calls: dict[str, Callable[[], tuple[Callable[[Any, Any], Any], Value]]] = {
            "cancel": lambda: (
                cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="other"),
            ),
            "convert": lambda: (
                convert_to_stationary, ConvertToStationary(case_id=case_id, **self._slot(name)),
            ),
            "due": lambda: (
                change_due, ChangeDue(case_id=case_id, due_on=date(2026, 12, 2), reason="Nowy termin."),
            ),
            "comment": lambda: (attach_comment, AttachComment(case_id=case_id, text="Proszę o pilność.")),
        }  # fmt: skip
        self.practice.operator(*calls[turn]())

    def _slot(self, name: str) -> dict[str, Any]:
        """A free slot of the clinic; sometimes what becomes of it goes wrong."""
        number = int(name.split()[1])
        slot = self.machine.clinics.has_slot(CLINIC, EXAMINED_AT + timedelta(minutes=31 * number))
        if self.dice.share(f"{name} trouble") < 1 / 3:
            self.machine.clinics.will(CLINIC, *self.dice.one_of(f"{name} which", TROUBLES))
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
        doctor_id = self.doctors[number % DOCTORS]
        return {"doctor_id": doctor_id, "clinic_id": CLINIC, "slot_id": slot.id, **times}


SCENARIOS = (
    Scenario(
        "a day of certificates",
        lambda machine: Day(machine).play(),
        breaches,
        minutes=45,
        calm_minutes=40,
        subjects=CASES,
        ends=records(CertificateCase),
        is_random=True,
        modules=("certificates", "messaging", "platform"),
    ),
)
