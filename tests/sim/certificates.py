"""What must hold of certificate cases at the end of a story, and the people who speak in it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from functions.certificates.domain.bench import RESERVATIONS_MAX, Bench
from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.case_file import shelf_of
from functions.certificates.domain.reserving import AlreadyReserved
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from shared.contracts.documents import Shelf
from shared.kernel.records import Activity, Value
from shared.runtime.letters import Letter, LetterStatus
from shared.runtime.problem import Answer
from tests.people import as_doctor
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.people import Cast

LATE_MAX: Final = timedelta(minutes=3)
"""A sweep runs every minute, and looks at what is a minute overdue."""
COPIES_MAX: Final = 2
"""A mail goes out at least once and at most twice."""


@dataclass
class Practice:
    """Doctors who want cases, and what their apps answered: (case, doctor, status and code). `had`: who had
    reserved a case before the story begins."""

    cast: Cast
    ends: frozenset[CaseStatus]
    cases: list[str] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    had: dict[str, str] = field(default_factory=dict)

    @property
    def machine(self) -> Machine:
        return self.cast.machine

    def operator(self, run: Callable[[Any, Any], Any], request: Value) -> Answer | None:
        return self.cast.operator(run, request)

    def doctor(self, run: Callable[[Any, Any], Any], request: Value, doctor_id: str) -> Answer | None:
        return self.machine.call(run, request, as_doctor(doctor_id))

    def reserves(self, case_id: str, doctor_id: str) -> None:
        answer = self.doctor(reserve_certificate, ReserveCertificate(case_id=case_id), doctor_id)
        if answer is not None:
            code = json.loads(answer.body).get("code", "")
            self.answers.append((case_id, doctor_id, code or str(answer.status)))


def breaches(practice: Practice) -> list[str]:
    machine = practice.machine
    cases = all_of(machine, CertificateCase)
    logs = {one.id: log_of(machine, one) for one in cases}
    return [
        *(f"{one.id} {what}" for one in cases for what in _of_case(one, logs[one.id], machine)),
        *_benches(machine, {one.id: one for one in cases}),
        *_shelves(machine, cases),
        *_clinics(machine, cases),
        *_alarms(machine, cases, logs),
        *_apps(practice, logs),
        *(f"{one.id} ended {one.status}" for one in cases if one.status not in practice.ends),
        *([] if cases else ["no case was made"]),
    ]


def _of_case(case: CertificateCase, lines: list[Activity], machine: Machine) -> Iterator[str]:
    now, claim = machine.timeline.now(), case.reservation
    if [one.number for one in lines] != list(range(1, case.version + 1)):
        yield f"has version {case.version} and lines {[one.number for one in lines]}"
    if (case.status == CaseStatus.RESERVED) != (claim is not None):
        yield f"is {case.status}, with the reservation {claim}"
    if claim is not None and claim.lease_until + LATE_MAX < now:
        yield "is still reserved, and its lease is over"
    if case.status == CaseStatus.UNKNOWN_OUTCOME:
        yield "still does not know what became of its booking"
    if case.status == CaseStatus.SCHEDULED and case.told_epoch != case.epoch:
        yield f"is scheduled in epoch {case.epoch}, the patient knows of {case.told_epoch}"
    if _ends_of(lines) > 1:
        yield "ended twice"


def _ends_of(lines: list[Activity]) -> int:
    return sum(one.did in ("cancelled", "issued") for one in lines)


def _benches(machine: Machine, cases: dict[str, CertificateCase]) -> Iterator[str]:
    """Who has reserved a case has it on their bench, as long; nobody holds more than they may."""
    now = machine.timeline.now()
    held = {
        bench.id: {one.case_id: one.lease_until for one in bench.held} for bench in all_of(machine, Bench)
    }
    for case in cases.values():
        claim = case.reservation
        if claim is not None and held.get(claim.doctor_id, {}).get(case.id) != claim.lease_until:
            yield f"{case.id} is not on the bench of {claim.doctor_id}"
    for doctor_id, their in held.items():
        live = [case_id for case_id, until in their.items() if until > now]
        strays = [one for one in live if cases[one].doctor_id != doctor_id or not cases[one].reservation]
        yield from (f"{one} is on the bench of {doctor_id}, who does not have it" for one in strays)
        if len(live) > RESERVATIONS_MAX:
            yield f"{doctor_id} holds {len(live)} cases"


def _shelves(machine: Machine, cases: list[CertificateCase]) -> Iterator[str]:
    kept = {one.id: one for one in all_of(machine, Shelf)}
    yield from (
        f"the shelf of {one.id} does not follow it" for one in cases if kept.get(one.id) != shelf_of(one)
    )


def _clinics(machine: Machine, cases: list[CertificateCase]) -> Iterator[str]:
    """What a clinic holds for us is what an examination was booked at."""
    booked = [one.appointment for one in cases if one.status == CaseStatus.SCHEDULED and one.appointment]
    wanted, held = Counter(one.clinic_id for one in booked if one.key), Counter(machine.clinics.live())
    if held != wanted:
        yield f"clinics hold {dict(held)}, cases are booked at {dict(wanted)}"


def _alarms(machine: Machine, cases: list[CertificateCase], logs: dict[str, list[Activity]]) -> Iterator[str]:
    """Each breach is reported once; whatever is late now has been.

    A mail whose two attempts both died with their process may have gone out or not.
    """
    now, letters = machine.timeline.now(), all_of(machine, Letter)
    given_up = [one.mail.subject for one in letters if one.mail and one.status == LetterStatus.UNKNOWN]
    for case in cases:
        days = Counter(str(one.details["due_on"]) for one in logs[case.id] if one.did == "due_breached")
        yield from (f"{case.id} was late {times} times on {day}" for day, times in days.items() if times > 1)
        mails = Counter(one.message_id for one in machine.mail.sent if case.id in one.subject)
        lost = sum(case.id in one for one in given_up)
        if not len(days) - lost <= len(mails) <= len(days) or any(one > COPIES_MAX for one in mails.values()):
            yield f"{case.id} was late on {sorted(days)}, and {sum(mails.values())} mails say so"
        if case.is_open and now > case.due_at + timedelta(minutes=10) and str(case.due_on) not in days:
            yield f"{case.id} is late and nobody was told"


def _apps(practice: Practice, logs: dict[str, list[Activity]]) -> Iterator[str]:
    for case_id, doctor_id, said in practice.answers:
        whose = {str(one.details["doctor_id"]) for one in logs[case_id] if one.did == "reserved"}
        whose |= {practice.had[case_id]} if case_id in practice.had else set()
        if said == "200" and doctor_id not in whose:
            yield f"the app told {doctor_id} that {case_id} is theirs, and it never was"
        if said == AlreadyReserved.code() and not whose - {doctor_id}:
            yield f"the app told {doctor_id} that {case_id} is another's, and it never was"
