"""Invents the patients, the difficult ones among them: twins, a newborn, a minor, a namesake."""

from datetime import date, timedelta
from random import Random
from typing import Final, Literal

from infra.local.customer_api.clinics import PLANS
from infra.local.customer_api.employers import EMPLOYERS
from infra.local.customer_api.names import WORDS
from infra.local.customer_api.people import PhoneBook, a_birth_date, a_person, a_pesel, identifiers
from infra.local.customer_api.spots import a_country, a_spot
from shared.contracts.customer_rows import AddressRow, GuardianRow, IdentifierRow, PatientRow

PATIENTS: Final = 400
OLDEST_YEAR, YOUNGEST_YEAR = 1932, 2024
ADULT_BEFORE: Final = date(2008, 1, 1)
DECEASED_EVERY: Final = 90
FOREIGN_PASSPORT_EVERY: Final = 45
"""So often somebody has a passport beside the national identifier."""

HOME: Final = AddressRow(street="Polna 1", postcode="31-042", city="Kraków")
TWINS_BORN: Final = date(1988, 4, 12)
NEWBORN_BORN: Final = date(2026, 5, 30)


def make_patients(seed: int) -> list[PatientRow]:
    dice = Random(f"{seed}/patients")
    phones = PhoneBook(Random(f"{seed}/patients/phones"))
    difficult = _difficult(phones)
    return difficult + [_patient(dice, phones, number) for number in range(len(difficult) + 1, PATIENTS + 1)]


def _patient(dice: Random, phones: PhoneBook, number: int) -> PatientRow:
    spot = a_spot(dice, a_country(dice))
    person = a_person(dice, spot.country)
    birth = a_birth_date(dice, OLDEST_YEAR, YOUNGEST_YEAR)
    known_by = identifiers(dice, spot.country, birth, person.sex)
    if number % FOREIGN_PASSPORT_EVERY == 0:
        known_by = (*known_by, IdentifierRow(system="passport-UA", value=f"FE{dice.randrange(10**6):06}"))
    is_adult = birth < ADULT_BEFORE
    works = is_adult and dice.random() < 0.5
    return PatientRow(
        id=f"patient-{number:04}",
        version=1,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=birth,
        sex=person.sex,
        identifiers=known_by,
        phone=phones.mobile(spot.country) if is_adult and dice.random() < 0.95 else None,
        email=f"patient-{number:04}@example.org" if is_adult and dice.random() < 0.7 else None,
        language=WORDS[spot.country].language,
        address=spot.address,
        guardian=None if is_adult else _guardian(dice, phones, spot.country),
        deceased_on=date(2026, 3, 1) + timedelta(days=number) if number % DECEASED_EVERY == 0 else None,
        plan=dice.choice((*PLANS, None)),
        employer_ids=(f"employer-{dice.randint(1, EMPLOYERS):04}",) if works else (),
    )


def _guardian(dice: Random, phones: PhoneBook, country: str) -> GuardianRow:
    parent = a_person(dice, country)
    name = f"{parent.given_name} {parent.family_name}"
    return GuardianRow(name=name, relationship="parent", phone=phones.mobile(country))


def _difficult(phones: PhoneBook) -> list[PatientRow]:
    """Always the same, whatever the seed, so that a test may call them by their numbers."""
    return [
        _known(
            "patient-0001", "Anna", "Kowalska", TWINS_BORN, "female", serial=123, phone=phones.mobile("PL")
        ),
        _known(
            "patient-0002", "Alicja", "Kowalska", TWINS_BORN, "female", serial=124, phone=phones.mobile("PL")
        ),
        _known("patient-0003", "Noworodek", "Kowalska", NEWBORN_BORN, "female", guardian=_mother(phones)),
        _known("patient-0004", "Anna", "Kowalska", date(1956, 11, 2), "female", serial=77),
        _known(
            "patient-0005", "Staś", "Mazur", date(2016, 2, 29), "male", serial=5, guardian=_mother(phones)
        ),
    ]


def _known(
    row_id: str,
    given_name: str,
    family_name: str,
    birth: date,
    sex: Literal["female", "male"],
    *,
    serial: int | None = None,
    phone: str | None = None,
    guardian: GuardianRow | None = None,
) -> PatientRow:
    pesel = () if serial is None else (IdentifierRow(system="pl-pesel", value=a_pesel(birth, sex, serial)),)
    return PatientRow(
        id=row_id,
        version=1,
        given_name=given_name,
        family_name=family_name,
        birth_date=birth,
        sex=sex,
        identifiers=pesel,
        phone=phone,
        address=HOME,
        guardian=guardian,
        plan="standard",
    )


def _mother(phones: PhoneBook) -> GuardianRow:
    return GuardianRow(name="Anna Kowalska", relationship="mother", phone=phones.mobile("PL"))
