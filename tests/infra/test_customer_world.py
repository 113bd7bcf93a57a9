"""The invented world of the customer: the same for the same seed, and full of what is easy to get wrong."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumberType

from infra.local.customer_api.world import World, make_world
from shared.adapters.national_ids import NationalIds
from shared.contracts.customer import parse_rows
from shared.contracts.customer_rows import (
    ClinicRow,
    Collection,
    DoctorRow,
    EmployerRow,
    PackageRow,
    PatientRow,
    Row,
)

ROOT = Path(__file__).parents[2]
SEED = 7
TODAY = date(2026, 11, 23)


def all_rows(world: World, collection: Collection) -> list[Row]:
    items = [{"id": row.id, "version": 1, "deleted": False, "data": row.data} for row in world[collection]]
    parsed = parse_rows(collection, items)
    assert parsed.set_aside == ()
    return list(parsed.rows)


def clinics() -> list[ClinicRow]:
    return [row for row in all_rows(make_world(SEED), Collection.CLINICS) if isinstance(row, ClinicRow)]


def doctors() -> list[DoctorRow]:
    return [row for row in all_rows(make_world(SEED), Collection.DOCTORS) if isinstance(row, DoctorRow)]


def patients() -> list[PatientRow]:
    return [row for row in all_rows(make_world(SEED), Collection.PATIENTS) if isinstance(row, PatientRow)]


def test_the_same_seed_gives_the_same_world_in_another_process_to_the_byte() -> None:
    script = (
        "import json, hashlib; from infra.local.customer_api.world import make_world;"
        f"print(hashlib.sha256(json.dumps(make_world({SEED}), sort_keys=True).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == sha256(json.dumps(make_world(SEED), sort_keys=True).encode()).hexdigest()


def test_another_seed_gives_another_world() -> None:
    assert make_world(8)[Collection.CLINICS] != make_world(SEED)[Collection.CLINICS]


def test_the_world_is_as_large_as_promised_and_mostly_polish() -> None:
    world = make_world(SEED)
    countries = Counter(clinic.address.country for clinic in clinics())

    sizes = {collection.value: len(rows) for collection, rows in world.items()}
    assert sizes == {"clinics": 300, "doctors": 1200, "patients": 400, "employers": 40, "packages": 60}
    assert countries["PL"] > 150
    assert set(countries) == {"PL", "DE", "CZ", "SK", "LT", "FR", "ES", "IT", "UA"}


def test_there_are_clinics_for_every_rule_that_is_easy_to_get_wrong() -> None:
    told = clinics()

    assert 160 <= sum(clinic.integration == "integrated" for clinic in told) <= 200
    assert sum(clinic.position is None for clinic in told) == 8
    assert sum(clinic.home_visit_radius_km == 15.0 for clinic in told) > 10
    assert any(len({hours.weekday for hours in clinic.opening_hours}) < 5 for clinic in told)
    assert any(len(clinic.plans) == 1 for clinic in told)
    assert {clinic.time_zone for clinic in told} >= {"Europe/Warsaw", "Europe/Kyiv", "Europe/Vilnius"}


def test_there_are_doctors_with_two_phones_with_a_shared_one_with_none_and_without_a_clinic() -> None:
    told = doctors()
    phones = Counter(phone.number for doctor in told for phone in doctor.phones)
    clinic_phones = {clinic.phone for clinic in clinics()}

    assert sum(len(doctor.phones) == 2 for doctor in told) > 100
    assert sum(not doctor.phones for doctor in told) > 3
    shared = [number for number, times in phones.items() if times > 1]
    assert len(shared) > 10
    assert set(shared) <= clinic_phones
    assert sum(not doctor.clinic_ids for doctor in told) > 400
    assert sum(doctor.license_until < TODAY for doctor in told) == 20


def test_every_doctors_phone_is_a_mobile_that_libphonenumber_believes() -> None:
    numbers = [phonenumbers.parse(phone.number) for doctor in doctors() for phone in doctor.phones]

    assert all(phonenumbers.is_valid_number(number) for number in numbers)
    assert {phonenumbers.number_type(number) for number in numbers} == {PhoneNumberType.MOBILE}


def test_every_identifier_has_its_checksum_and_the_patients_birth_date() -> None:
    ids = NationalIds()

    for patient in patients():
        for identifier in patient.identifiers:
            assert ids.check(identifier.system, identifier.value, patient.birth_date) == identifier.value
    systems = {identifier.system for patient in patients() for identifier in patient.identifiers}
    assert systems >= {"pl-pesel", "cz-rc", "lt-asmens", "es-dni", "passport-DE"}


def test_the_difficult_patients_are_there_by_number() -> None:
    twins = [patient for patient in patients() if patient.id in ("patient-0001", "patient-0002")]
    newborn = next(patient for patient in patients() if patient.id == "patient-0003")

    assert twins[0].birth_date == twins[1].birth_date
    assert twins[0].identifiers[0].value[:8] == twins[1].identifiers[0].value[:8]
    assert twins[0].identifiers != twins[1].identifiers
    assert newborn.identifiers == ()
    assert newborn.guardian is not None


def test_every_row_points_to_rows_that_exist() -> None:
    world = make_world(SEED)
    ids = {collection: {row.id for row in rows} for collection, rows in world.items()}

    assert all(set(doctor.clinic_ids) <= ids[Collection.CLINICS] for doctor in doctors())
    assert all(set(patient.employer_ids) <= ids[Collection.EMPLOYERS] for patient in patients())
    packages = [row for row in all_rows(world, Collection.PACKAGES) if isinstance(row, PackageRow)]
    assert {package.employer_id for package in packages} == ids[Collection.EMPLOYERS]
    assert all(isinstance(row, EmployerRow) for row in all_rows(world, Collection.EMPLOYERS))
