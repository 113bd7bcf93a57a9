"""How every story begins: somebody phones, the operator finds out who, opens a visit, seeks doctors."""

from datetime import time
from typing import Final

from functions.directory.read_doctor import ReadDoctor, read_doctor
from functions.house_visits.domain.address import Address, Caller
from functions.house_visits.domain.candidates import Candidates, DoctorCandidate
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.previewing import Preview
from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.pin_address import PinAddress, pin_address
from functions.house_visits.preview_cascade import preview_cascade
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from infra.local.demos.people import ZOFIA, e164
from infra.local.demos.stage import Person, Stage, counted
from infra.local.seed import put_on_file
from shared.contracts.specializations import LABELS, Specialization
from shared.kernel.places import Position
from shared.kernel.times import PreferredWindow

INTERVAL_MINUTES: Final = 10
DOCTORS: Final = 3
HOME: Final = Address(line="ul. Kwiatowa 7/12", city="Warszawa", district="Mokotów", postcode="02-539")
PIN: Final = Position(lat=52.20516, lon=21.00973)
WANTED: Final = Specialization.FAMILY_MEDICINE
NEAREST: Final = 4


class TooFewDoctors(Exception):
    """The seeded world has them; another one may not."""


def take_call(stage: Stage) -> Person:
    """The patient, on file, with a visit opened for this afternoon."""
    stage.says("Call", "Anna Malinowska phones for her mother Zofia, who has had a fever since the night.")
    patient_id = put_on_file(stage.cloud, ZOFIA)
    stage.says("Operator", "asks for the PESEL and the birth date. They agree: Zofia Malinowska, on file.")
    stage.wait_until(9, 1)
    window = PreferredWindow(day=stage.today, begins=time(14), ends=time(18))
    caller = Caller(name="Anna Malinowska", relationship="daughter", has_consent=True)
    wish = RequestVisit(
        patient_id=patient_id,
        caller=caller,
        address=HOME,
        window=window,
        specialization=WANTED,
        reason="fever since the night",
    )
    visit = stage.cloud.app.call(request_visit, wish, stage.cloud.staff())
    stage.visit_id = visit.visit_id
    stage.says(
        "Operator",
        f"opens a visit: {LABELS[WANTED].en}, {HOME.line}, {HOME.city} {HOME.district}, today "
        f"{window.begins:%H:%M} to {window.ends:%H:%M}. The map knows the {visit.position_quality}.",
    )
    return Person(patient_id, f"{ZOFIA.given_name} {ZOFIA.family_name}", e164(ZOFIA))


def pin(stage: Stage) -> None:
    """A postcode is a rough place; the operator sets it right."""
    stage.cloud.app.call(pin_address, PinAddress(visit_id=stage.visit_id, position=PIN), stage.cloud.staff())
    stage.says("Operator", "sets a pin on the map, on the house.")


def look_around(stage: Stage) -> Candidates:
    """The clinics near the visit and their doctors, the nearest first."""
    asked = FindCandidates(visit_id=stage.visit_id)
    found = stage.cloud.app.call(find_candidates, asked, stage.cloud.staff())
    stage.says(
        "Visita",
        f"finds {counted(len(found.clinics), 'clinic')} of {LABELS[WANTED].en} within "
        f"{found.radius_km:g} km and {counted(len(found.doctors), 'doctor')} who work there.",
    )
    stage.show.rows(
        [
            (f"{one.distance_km:.1f} km", one.name, "integrated" if one.integrated else "not integrated")
            for one in found.clinics[:NEAREST]
        ],
        right=(0,),
    )
    return found


def choose(stage: Stage, found: Candidates) -> list[Person]:
    """The nearest doctors who may be texted and whose clinic we cannot book in. Raises TooFewDoctors."""
    outside = [one for one in found.doctors if one.can_be_asked and not one.integrated][:DOCTORS]
    if len(outside) < DOCTORS:
        raise TooFewDoctors(
            f"only {counted(len(outside), 'doctor')} to ask; {DOCTORS} are needed: ./emulator.sh reset"
        )
    stage.says("Operator", "chooses three doctors outside the integrated clinics, to be asked in this order:")
    stage.show.rows(
        [
            (f"{place}.", _name(one), one.doctor_id, f"{one.distance_km:.1f} km", ", ".join(one.languages))
            for place, one in enumerate(outside, 1)
        ],
        right=(3,),
    )
    return [_with_phone(stage, one) for one in outside]


def preview(stage: Stage, doctors: list[Person]) -> Preview:
    """What the search would do, and what speaks against it."""
    shown = stage.cloud.app.call(preview_cascade, plan(stage, doctors), stage.cloud.staff())
    names = {one.id: one.name for one in doctors}
    stage.says(
        "Visita",
        f"shows what a search would do, {INTERVAL_MINUTES} minutes for each doctor: "
        f"{counted(shown.segments, 'segment')}, {shown.cost_eur} EUR if nobody answers.",
    )
    stage.show.rows(
        [
            (
                stage.show.hour(one.asked_at) if one.asked_at else "too late",
                names[one.doctor_id],
                f"{one.characters} characters",
                counted(one.segments, "segment"),
            )
            for one in shown.steps
        ],
        right=(2,),
    )
    for warning in shown.warnings:
        stage.show.warning(warning)
    return shown


def start(stage: Stage, doctors: list[Person]) -> None:
    stage.says("Operator", "starts the search.")
    stage.cloud.app.call(start_cascade, plan(stage, doctors), stage.cloud.staff())
    stage.pass_time()


def plan(stage: Stage, doctors: list[Person]) -> PlanRequest:
    ids = tuple(one.id for one in doctors)
    return PlanRequest(visit_id=stage.visit_id, doctor_ids=ids, intervals=(INTERVAL_MINUTES,))


def _with_phone(stage: Stage, doctor: DoctorCandidate) -> Person:
    """Whoever had no name on the phones page has one from now on."""
    known = stage.cloud.app.call(read_doctor, ReadDoctor(doctor_id=doctor.doctor_id), stage.cloud.staff())
    phone, name = next(one.number for one in known.phones if not one.opted_out), _name(doctor)
    if phone not in stage.names:
        stage.cloud.post("phones", "/_names", {phone: f"{name.removeprefix('Dr ')}, doctor"})
    stage.names[phone] = name
    return Person(doctor.doctor_id, name, phone)


def _name(doctor: DoctorCandidate) -> str:
    return f"Dr {doctor.given_name} {doctor.family_name}"
