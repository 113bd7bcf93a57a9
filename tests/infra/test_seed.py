"""The world that a newcomer finds after `up`."""

import pytest

from functions.directory.read_doctor import ReadDoctor, read_doctor
from functions.patients.identify_patient import IdentifyPatient, identify_patient
from infra.local.demos.cloud import Cloud
from infra.local.demos.people import PATIENTS, ZOFIA
from infra.local.seed import main, seed

pytestmark = [pytest.mark.emulator, pytest.mark.slow]


def patient_ids(cloud: Cloud) -> list[str]:
    asked = [
        IdentifyPatient(identifiers=one.identifiers, newborn=one.newborn, birth_date=one.birth_date)
        for one in PATIENTS
    ]
    found = [cloud.app.call(identify_patient, one, cloud.staff()).patient for one in asked]
    return [one.patient_id for one in found if one is not None]


def test_everybody_is_there_and_a_second_seed_makes_nobody_twice(seeded_cloud: Cloud) -> None:
    people, phones = patient_ids(seeded_cloud), seeded_cloud.get("phones", "/_names")

    assert "300 clinics and 1200 doctors" in seed(seeded_cloud)

    assert len(set(people)) == len(PATIENTS)
    assert patient_ids(seeded_cloud) == people
    assert seeded_cloud.get("phones", "/_names") == phones


def test_the_phones_are_called_by_the_names_of_their_owners(seeded_cloud: Cloud) -> None:
    phones = seeded_cloud.get("phones", "/_names")
    doctor = seeded_cloud.app.call(read_doctor, ReadDoctor(doctor_id="doctor-0661"), seeded_cloud.staff())

    assert phones[doctor.phones[0].number] == f"{doctor.given_name} {doctor.family_name}, doctor"
    assert f"{ZOFIA.given_name} {ZOFIA.family_name}, patient" in phones.values()


def test_without_the_cloud_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    ports = ("PORT_AUTH", "PORT_TASKS_HTTP", "PORT_SCHEDULER", "PORT_PHONES", "PORT_CUSTOMER")
    nothing = dict.fromkeys(ports, "1")

    assert main({**nothing, "VISITA_PUBLIC_URL": "http://127.0.0.1:1"}) == 0
    assert (
        "Not seeded: gateway, auth, tasks, scheduler, phones, customer not running."
        in capsys.readouterr().out
    )
