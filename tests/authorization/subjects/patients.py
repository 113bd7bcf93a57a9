"""What the matrix asks of patients."""

from datetime import date
from typing import Any

from shared.contracts.patients import Identifier, IdentifierKey, Patient
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Ask, Asks, Party, listed, named
from tests.outside import START

PASSPORT = "passport-UA"
BORN = date(1950, 3, 14)


def records(it: Party, wiring: Wiring) -> list[Record]:
    key = wiring.seals.lookup_key(it.tenant_id, f"{PASSPORT}:{passport(it)}")
    patient = Patient(
        id=it.id("patient"),
        tenant_id=it.tenant_id,
        given_name="Zofia",
        family_name="Malinowska",
        birth_date=BORN,
        identifiers=(Identifier(system=PASSPORT, key=key, value=passport(it)),),
        phone=it.phone,
        created_at=START,
    )
    return [patient, IdentifierKey(id=key, tenant_id=it.tenant_id, patient_id=patient.id)]


def passport(it: Party) -> str:
    return f"AB12345{it.number}"


def number(it: Party) -> dict[str, Any]:
    return {"identifiers": [{"system": PASSPORT, "value": passport(it)}], "birth_date": BORN.isoformat()}


NEW = {
    "given_name": "Maria",
    "family_name": "Nowa",
    "birth_date": "1984-03-17",
    "identifiers": [{"system": PASSPORT, "value": "CD98765"}],
}
ASKS: Asks = {
    "correct_patient": named("patient", language="uk"),
    "identify_patient": (Ask(number, missing=200),),
    "read_my_record": (Ask(lambda _: {}, names="caller"),),
    "read_patient": named("patient"),
    "register_patient": listed(shows=False, **NEW),
}
