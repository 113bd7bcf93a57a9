"""The employer of the demo as it stands before the story: its people, its package, and who examines them."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from functions.referrals.add_employee import AddEmployee, add_employee
from functions.referrals.domain.people_facts import AlreadyListed
from infra.local.demos.app import Refused
from infra.local.demos.people import MARIA, e164
from infra.local.demos.stage import Person, Stage
from infra.local.seed import put_on_file, sync_directory
from shared.kernel.actors import Actor, Role

EMPLOYER, PACKAGE, CLINIC, DOCTOR = "employer-demo", "package-demo", "clinic-demo", "doctor-demo"
WELDER: Final = "spawacz"
PRUSZKOW: Final = {"street": "ul. Hutnicza 3", "postcode": "05-800", "city": "Pruszków", "country": "PL"}


@dataclass
class Office:
    """The human resources of one employer, one of its people, and who examines them."""

    stage: Stage
    hr: Actor
    doctor: Actor
    patient: Actor
    worker: Person
    employee_id: str
    papers: list[Path] = field(default_factory=list)

    def call(self, run: Any, request: Any, who: Actor) -> Any:
        return self.stage.cloud.app.call(run, request, who)


def open_office(stage: Stage) -> Office:
    """A glassworks near Warsaw, a clinic of occupational medicine, and Maria, who welds."""
    _change(stage, "employers", EMPLOYER, _EMPLOYER)
    _change(stage, "packages", PACKAGE, _PACKAGE)
    _change(stage, "clinics", CLINIC, _CLINIC)
    _change(stage, "doctors", DOCTOR, _DOCTOR)
    stage.wait_until(9, 1)  # a run of nine o'clock has been
    sync_directory(stage.cloud)
    patient_id = put_on_file(stage.cloud, MARIA)
    tenant = stage.cloud.tenant_id
    office = Office(
        stage,
        hr=Actor(role=Role.EMPLOYER, tenant_id=tenant, user_id="hr-demo", record_id=EMPLOYER),
        doctor=Actor(role=Role.DOCTOR, tenant_id=tenant, user_id="user-doctor-demo", record_id=DOCTOR),
        patient=Actor(role=Role.PATIENT, tenant_id=tenant, user_id="user-maria", record_id=patient_id),
        worker=Person(patient_id, "Maria Wróbel", e164(MARIA)),
        employee_id="",
    )
    office.employee_id = _hire(office)
    return office


def _change(stage: Stage, collection: str, row_id: str, fields: dict[str, Any]) -> None:
    """In the customer's own systems, from where it is read like everything else."""
    stage.cloud.post("customer", "/_world", {"collection": collection, "id": row_id, "fields": fields})


def _hire(office: Office) -> str:
    """HR puts Maria on its list; where the demo was shown before, she is there."""
    number = MARIA.identifiers[0]
    person = AddEmployee(
        given_name=MARIA.given_name,
        family_name=MARIA.family_name,
        birth_date=MARIA.birth_date.isoformat(),
        identifier_system=number.system,
        identifier=number.value,
        address="ul. Kwiatowa 7, 02-539 Warszawa",
        since=date(2024, 3, 1),
        positions=(WELDER,),
        department="Produkcja",
    )
    try:
        return str(office.call(add_employee, person, office.hr).employee_id)
    except Refused as refused:
        if refused.code != AlreadyListed.code():
            raise
        return refused.see


_HOURS: Final = [{"weekday": day, "opens": "08:00", "closes": "16:00"} for day in range(5)]
_EMPLOYER: Final[dict[str, Any]] = {
    "name": "Huta Szkła Jantar sp. z o.o.",
    "identifiers": [{"system": "pl-nip", "value": "5261040828"}],
    "address": PRUSZKOW,
    "email": "kadry@huta-demo.example",
    "language": "pl",
}
_PACKAGE: Final[dict[str, Any]] = {
    "employer_id": EMPLOYER,
    "name": "Medycyna pracy",
    "valid_from": "2026-01-01",
    "valid_until": "2031-12-31",
    "allowances": [{"service": "periodic", "granted": 10}],
}
_CLINIC: Final[dict[str, Any]] = {
    "name": "Medycyna Pracy Pruszków",
    "address": {**PRUSZKOW, "street": "ul. Lipowa 1"},
    "position": {"lat": 52.1705, "lon": 20.8121},
    "specializations": ["occupational_medicine"],
    "opening_hours": _HOURS,
    "time_zone": "Europe/Warsaw",
    "integration": "integrated",
}
_DOCTOR: Final[dict[str, Any]] = {
    "given_name": "Ewa",
    "family_name": "Lis",
    "clinic_ids": [CLINIC],
    "specializations": ["occupational_medicine"],
    "languages": ["pl"],
    "license_number": "7654321",
    "license_until": "2035-12-31",
}
