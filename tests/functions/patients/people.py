"""Invented people and how an operator would write them down. Their checksums are valid, they are not."""

from datetime import date
from typing import Any

from functions.patients.domain.identity import GivenIdentifier, Newborn
from functions.patients.domain.particulars import GuardianGiven
from functions.patients.domain.views import PatientSummary
from functions.patients.identify_patient import Identified, IdentifyPatient, identify_patient
from functions.patients.register_patient import RegisterPatient, register_patient
from shared.contracts.patients import IdentifierKey, Patient
from tests.world import World

MARIA_BORN = date(1984, 3, 17)
MARIA_PESEL = "84031742128"
NEIGHBOUR_PESEL = "84031742142"  # a woman born on the same day, two digits apart
MANS_PESEL = "84031742135"  # a man born on the same day
TOMEK_BORN = date(2015, 6, 1)
TOMEK_PESEL = "15260177315"
BABY_BORN = date(2026, 11, 20)
BABY_PESEL = "26312001122"
OLDER_BORN = date(1979, 9, 9)


def pesel(value: str, *, confirmed: bool = False) -> GivenIdentifier:
    return GivenIdentifier(system="pl-pesel", value=value, confirmed=confirmed)


def passport(value: str, country: str = "UA") -> GivenIdentifier:
    return GivenIdentifier(system=f"passport-{country}", value=value)


def maria(**other: Any) -> RegisterPatient:
    fields: dict[str, Any] = {
        "given_name": "Maria",
        "family_name": "Zielińska",
        "birth_date": MARIA_BORN,
        "sex": "female",
        "identifiers": (pesel(MARIA_PESEL),),
        "phone": "512 345 678",
    }
    return RegisterPatient(**{**fields, **other})


def newborn(order: int = 1, **other: Any) -> RegisterPatient:
    fields: dict[str, Any] = {
        "given_name": "Córka",
        "family_name": "Zielińska",
        "birth_date": BABY_BORN,
        "newborn": Newborn(parent=pesel(MARIA_PESEL), birth_order=order),
        "guardian": GuardianGiven(name="Maria Zielińska", relationship="mother", phone="512 345 678"),
    }
    return RegisterPatient(**{**fields, **other})


def register(world: World, form: RegisterPatient) -> PatientSummary:
    return world.call(register_patient, form)


def identify(world: World, born: date, *identifiers: GivenIdentifier, **other: Any) -> Identified:
    return world.call(
        identify_patient, IdentifyPatient(identifiers=identifiers, birth_date=born, language="en", **other)
    )


def patients_on_file(world: World) -> int:
    return count(world, Patient.kind)


def keys_on_file(world: World) -> int:
    return count(world, IdentifierKey.kind)


def count(world: World, collection: str) -> int:
    from shared.kernel.ports import Query

    return len(world.wiring.documents.query(Query(collection, order=(("id", "asc"),), limit=1000)))
