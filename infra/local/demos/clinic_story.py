"""Where an integrated clinic is near, it is booked by itself; its answer may be lost, and nothing with it."""

from typing import Any

from functions.directory.read_clinic import ReadClinic, read_clinic
from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.domain.candidates import ClinicCandidate
from functions.house_visits.start_cascade import start_cascade
from infra.local.demos import cues, phone_call
from infra.local.demos.app import Refused
from infra.local.demos.people import ZOFIA
from infra.local.demos.promises import Promises, ours
from infra.local.demos.stage import Person, Shown, Stage


class NoClinic(Exception):
    """The seeded world has one near Warsaw; another one may not."""


def clinic_books(stage: Stage) -> Promises:
    patient, _ = _asked(stage)
    return _booked(stage, patient)


def clinic_hangs(stage: Stage) -> Promises:
    """The clinic books, but its answer is lost: we ask by our key before anything else is done."""
    patient, refusal = _asked(stage, hangs=True)
    unknown = stage.visit().status
    stage.says("Visita", "has no answer: booked or not? Until it knows, nothing else may be started.")
    stage.says("Operator", f"tries to start a search all the same, and is told: {refusal}")
    stage.pass_time(cues.HALF_A_MINUTE)
    promises = _booked(stage, patient)
    promises.add("while nobody knew, nothing else could be started", unknown == "unknown_outcome")
    promises.add("the lost answer stands in the log", _logged(stage, "clinic_did_not_answer"))
    return promises


def _asked(stage: Stage, *, hangs: bool = False) -> tuple[Person, str]:
    """The nearest clinic is asked to book; and how a search is refused meanwhile."""
    patient = phone_call.take_call(stage)
    phone_call.pin(stage)
    stage.wait_until(9, 2)
    nearest = _nearest(phone_call.look_around(stage).clinics)
    if hangs:
        fault = {"operation": "book", "mode": "timeout_after_success", "clinic_id": nearest.clinic_id}
        stage.cloud.post("customer", "/_fault", fault)
        stage.says(
            "(Fault)", f"{nearest.name} is going to book, and then not to answer for ten real seconds."
        )
    stage.wait_until(9, 3)
    stage.says("Operator", "books in the nearest clinic that can be booked.")
    stage.cloud.app.call(book_visit, BookVisit(visit_id=stage.visit_id), stage.cloud.staff())
    stage.pass_time()
    return patient, _refusal(stage) if hangs else ""


def _nearest(clinics: tuple[ClinicCandidate, ...]) -> ClinicCandidate:
    for one in clinics:
        if one.can_be_booked:
            return one
    raise NoClinic("no clinic near the visit can be booked: ./emulator.sh reset")


def _refusal(stage: Stage) -> str:
    try:
        plan = phone_call.plan(stage, [Person("doctor-0001", "", "")])
        stage.cloud.app.call(start_cascade, plan, stage.cloud.staff())
    except Refused as no:
        return no.told
    return "nothing; the search has begun"


def _booked(stage: Stage, patient: Person) -> Promises:
    visit = cues.is_in(stage, "booked")
    asked = ReadClinic(clinic_id=visit.winner.clinic_id)
    clinic = stage.cloud.app.call(read_clinic, asked, stage.cloud.staff())
    begins, ends = (stage.show.hour(at) for at in (visit.winner.starts_at, visit.winner.ends_at))
    stage.says("Visita", f"knows: booked at {clinic.name}, {begins} to {ends}.")
    cues.patient_is_told(stage, patient)
    stage.pass_time(cues.LATER)
    promises = Promises(f"booked for {begins} to {ends}")
    held = [one["clinic_id"] for one in _in_the_books(stage, patient)]
    promises.add(
        f"{clinic.name} holds one booking of ours, and no other clinic does", held == [clinic.clinic_id]
    )
    texts = ours(stage, patient)
    once = len(texts) == len(stage.mails_to(ZOFIA.email)) == 1
    promises.add("the patient is told once by text and once by mail", once)
    promises.add("the patient is told the hour", any(f"{begins}-{ends}" in one["body"] for one in texts))
    promises.add("no doctor was texted", ours(stage) == texts)
    promises.add("one line of the log says booked", [line.did for line in stage.log()].count("booked") == 1)
    return promises


def _in_the_books(stage: Stage, patient: Person) -> list[Shown]:
    """What the clinics' own books hold for this patient today."""
    books: list[Any] = stage.cloud.get("customer", "/_bookings")["bookings"]
    return [
        one
        for one in books
        if one["patient_reference"] == patient.id
        and one["status"] in ("held", "booked")
        and str(one["starts_at"]).startswith(f"{stage.today}")
    ]


def _logged(stage: Stage, did: str) -> bool:
    return any(one.did == did for one in stage.log())
