"""A handful of invented patients who live in Warsaw; their numbers are valid and belong to nobody."""

from datetime import date
from typing import Final

from functions.patients.domain.identity import GivenIdentifier, Newborn
from functions.patients.domain.particulars import GuardianGiven
from functions.patients.register_patient import RegisterPatient
from infra.local.customer_api.people import Sex, a_pesel

MARIA_BORN: Final = date(1991, 9, 5)


def _pesel(born: date, sex: Sex, serial: int) -> GivenIdentifier:
    return GivenIdentifier(system="pl-pesel", value=a_pesel(born, sex, serial))


ZOFIA: Final = RegisterPatient(
    given_name="Zofia", family_name="Malinowska", birth_date=date(1950, 3, 14), sex="female",
    identifiers=(_pesel(date(1950, 3, 14), "female", 271),),
    phone="511 000 101", email="zofia.malinowska@example.org", plan="standard",
)  # fmt: skip
HENRYK: Final = RegisterPatient(
    given_name="Henryk", family_name="Zając", birth_date=date(1938, 11, 2), sex="male",
    identifiers=(_pesel(date(1938, 11, 2), "male", 114),),
    phone="511 000 102", email="henryk.zajac@example.org", plan="premium",
)  # fmt: skip
MARIA: Final = RegisterPatient(
    given_name="Maria", family_name="Wróbel", birth_date=MARIA_BORN, sex="female",
    identifiers=(_pesel(MARIA_BORN, "female", 582),),
    phone="511 000 103", email="maria.wrobel@example.org", plan="standard",
)  # fmt: skip
STAS: Final = RegisterPatient(
    given_name="Staś", family_name="Wróbel", birth_date=date(2019, 2, 28), sex="male",
    identifiers=(_pesel(date(2019, 2, 28), "male", 33),),
    guardian=GuardianGiven(name="Maria Wróbel", relationship="mother", phone="511 000 103"), plan="standard",
)  # fmt: skip
NEWBORN: Final = RegisterPatient(
    given_name="Córka", family_name="Wróbel", birth_date=date(2026, 5, 30), sex="female",
    newborn=Newborn(parent=MARIA.identifiers[0]),
    guardian=GuardianGiven(name="Maria Wróbel", relationship="mother", phone="511 000 103"), plan="standard",
)  # fmt: skip
OKSANA: Final = RegisterPatient(
    given_name="Oksana", family_name="Melnyk", birth_date=date(1984, 6, 17), sex="female",
    identifiers=(GivenIdentifier(system="passport-UA", value="FE482913"),),
    phone="511 000 104", email="oksana.melnyk@example.org", language="uk", plan="basic",
)  # fmt: skip

PATIENTS: Final = (ZOFIA, HENRYK, MARIA, STAS, NEWBORN, OKSANA)


def e164(person: RegisterPatient) -> str:
    """All of them have a Polish number, dictated in groups."""
    return f"+48{person.phone.replace(' ', '')}"
