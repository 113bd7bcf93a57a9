"""Fills the local cloud with its invented world: `./emulator.sh seed`, and `up` does it by itself.

Everything comes through the doors that production has: the directory is synchronized from the customer's
systems, patients are registered over the API. Run it again and nothing is there twice.
"""

import sys
import time
from collections.abc import Mapping
from math import inf
from os import environ
from typing import Any, Final

from functions.directory.read_clinic import ReadClinic, read_clinic
from functions.directory.read_doctor import ReadDoctor, read_doctor
from functions.directory.read_sync import ReadSync, read_sync
from functions.patients.identify_patient import IdentifyPatient, identify_patient
from functions.patients.register_patient import RegisterPatient, register_patient
from infra.local.auth.browser import NotLetIn
from infra.local.demos.app import Refused
from infra.local.demos.cloud import Cloud, cloud_from
from infra.local.demos.people import PATIENTS, e164
from shared.kernel.actors import Role
from shared.kernel.places import SEARCH_RADIUS_KM, Position, distance_km

NEEDED: Final = ("gateway", "auth", "tasks", "scheduler", "phones", "customer")
SYNC_JOB: Final = "directory__sync_directory"
DRAIN_SECONDS_MAX: Final = 60
ROWS_A_PAGE: Final = 500
PAGES_MAX: Final = 100
WARSAW: Final = Position(lat=52.2297, lon=21.0122)
NAMED_MAX: Final = 20
"""The phones page shows sixty; whom nobody texts would only be in the way."""

Row = Mapping[str, Any]


class NotSeeded(Exception):
    """The message says what is missing."""


def seed(cloud: Cloud) -> str:
    """One line of figures. Raises NotSeeded, Refused."""
    began = time.monotonic()
    sync_directory(cloud)
    clinics, doctors = rows_of(cloud, "clinics"), rows_of(cloud, "doctors")
    check_arrived(cloud, clinics, doctors)
    for one in PATIENTS:
        put_on_file(cloud, one)
    named = name_phones(cloud, clinics, doctors)
    return (
        f"Seeded in {time.monotonic() - began:.1f} s: {len(clinics)} clinics and {len(doctors)} doctors "
        f"from the customer's systems, {len(PATIENTS)} patients, {named} phones with names."
    )


def sync_directory(cloud: Cloud) -> None:
    """As if five minutes had gone by, until no page is left to be read."""
    ran = cloud.post("scheduler", f"/run/{SYNC_JOB}")
    if ran["status"] != 200:
        raise NotSeeded(f"{SYNC_JOB} answered {ran['status']}; see the log of the gateway")
    if not cloud.post("tasks", "/drain", {"seconds": DRAIN_SECONDS_MAX})["drained"]:
        raise NotSeeded(f"the directory was not synchronized within {DRAIN_SECONDS_MAX} s")
    state = cloud.app.call(read_sync, ReadSync(), cloud.staff(Role.ADMIN))
    behind = [one.collection for one in state.collections if one.checked_at is None or one.trouble]
    if behind:
        raise NotSeeded(f"could not read {', '.join(behind)} from the customer's systems")


def rows_of(cloud: Cloud, collection: str) -> list[Row]:
    """As the customer's systems tell them, without those that were deleted."""
    rows: list[Row] = []
    cursor = ""
    for _ in range(PAGES_MAX):
        page = cloud.get("customer", f"/v1/changes/{collection}?limit={ROWS_A_PAGE}&cursor={cursor}")
        rows += [{"id": one["id"], **one["data"]} for one in page["items"] if not one["deleted"]]
        cursor = page["next_cursor"]
        if not page["more"]:
            return rows
    raise NotSeeded(f"more than {PAGES_MAX} pages of {collection}")


def check_arrived(cloud: Cloud, clinics: list[Row], doctors: list[Row]) -> None:
    """The last row of each is there, so are those before it. Raises Refused."""
    staff = cloud.staff()
    cloud.app.call(read_clinic, ReadClinic(clinic_id=clinics[-1]["id"]), staff)
    cloud.app.call(read_doctor, ReadDoctor(doctor_id=doctors[-1]["id"]), staff)


def put_on_file(cloud: Cloud, person: RegisterPatient) -> str:
    """The id of the patient, who is registered unless known by their numbers. Raises Refused."""
    asked = IdentifyPatient(
        identifiers=person.identifiers, newborn=person.newborn, birth_date=person.birth_date
    )
    found = cloud.app.call(identify_patient, asked, cloud.staff()).patient
    if found is not None:
        return found.patient_id
    return cloud.app.call(register_patient, person, cloud.staff()).patient_id


def name_phones(cloud: Cloud, clinics: list[Row], doctors: list[Row]) -> int:
    """In the order in which the page shows them: a patient, whom a search in Warsaw texts, other patients."""
    first, *others = [_named(one) for one in PATIENTS if one.phone]
    searched = [
        (one["phones"][0]["number"], f"{one['given_name']} {one['family_name']}, doctor")
        for one in _searched_in_warsaw(clinics, doctors)
    ]
    names = dict([first, *searched, *others])
    cloud.post("phones", "/_names", names)
    return len(names)


def _searched_in_warsaw(clinics: list[Row], doctors: list[Row]) -> list[Row]:
    """Doctors of clinics in which nothing can be booked, the nearest first."""
    far = {one["id"]: _km(one["position"]) for one in clinics if one["integration"] == "none"}
    near = [
        (min(far.get(clinic_id, inf) for clinic_id in one["clinic_ids"]), one["id"], one)
        for one in doctors
        if one["phones"] and one["clinic_ids"]
    ]
    return [one for km, _, one in sorted(near, key=lambda it: it[:2]) if km <= SEARCH_RADIUS_KM][:NAMED_MAX]


def _km(place: Mapping[str, float] | None) -> float:
    return inf if place is None else distance_km(WARSAW, Position.model_validate(place))


def _named(person: RegisterPatient) -> tuple[str, str]:
    return e164(person), f"{person.given_name} {person.family_name}, patient"


def main(env: Mapping[str, str] = environ) -> int:
    cloud = cloud_from(env)
    missing = [part for part in NEEDED if not cloud.is_up(part)]
    if missing:
        print(f"Not seeded: {', '.join(missing)} not running.")
        return 0
    try:
        print(seed(cloud))
    except (NotSeeded, NotLetIn, Refused) as why:
        print(f"Not seeded: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
