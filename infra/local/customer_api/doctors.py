"""Invents the doctors: of a clinic or of none, with two phones, a shared phone or a lapsed license."""

from datetime import date, time
from random import Random
from typing import Final

from infra.local.customer_api.clinics import some_specializations
from infra.local.customer_api.names import WORDS
from infra.local.customer_api.people import PhoneBook, a_license_number, a_person, is_mobile
from infra.local.customer_api.spots import a_country, a_spot
from shared.contracts.customer_rows import ClinicRow, DoctorPhoneRow, DoctorRow
from shared.kernel.places import Position
from shared.kernel.times import QuietHours

DOCTORS: Final = 1200
OUTSIDE_SHARE: Final = 0.45
TWO_PHONES_SHARE: Final = 0.2
QUIET_SHARE: Final = 0.5
LAPSED_EVERY: Final = 60
WITHOUT_HOME_EVERY: Final = 25
WITHOUT_PHONE_EVERY: Final = 150
SHARED_PHONE_EVERY: Final = 40
"""So often two doctors of one clinic, this one and the next, both give the clinic's phone."""
CLINIC_NEAR_DEGREES: Final = 0.4
CLINICS_MAX: Final = 2
VERIFIED_ON: Final = (date(2026, 6, 1), date(2026, 9, 15), date(2025, 1, 10), None)
LAPSED: Final = date(2025, 12, 31)
QUIET: Final = ((time(21), time(7)), (time(22), time(6)), (time(20), time(8)))


def make_doctors(seed: int, clinics: list[ClinicRow]) -> list[DoctorRow]:
    dice = Random(f"{seed}/doctors")
    phones = PhoneBook(Random(f"{seed}/doctors/phones"))
    doctors = [_doctor(dice, phones, clinics, number) for number in range(1, DOCTORS + 1)]
    return _sharing_phones(doctors, clinics)


def _doctor(dice: Random, phones: PhoneBook, clinics: list[ClinicRow], number: int) -> DoctorRow:
    spot = a_spot(dice, a_country(dice))
    person = a_person(dice, spot.country)
    near = [clinic for clinic in clinics if _is_near(clinic.position, spot.position)]
    own = (
        []
        if dice.random() < OUTSIDE_SHARE
        else dice.sample(near, min(len(near), dice.randint(1, CLINICS_MAX)))
    )
    own_phones = 0 if number % WITHOUT_PHONE_EVERY == 0 else 1 + (dice.random() < TWO_PHONES_SHARE)
    language = WORDS[spot.country].language
    languages = (language, *dice.choices(((), ("en",), ("en", "uk"), ("de",)), (50, 30, 10, 10))[0])
    begins, ends = dice.choice(QUIET)
    quiet = QuietHours(zone=spot.town.time_zone, begins=begins, ends=ends)
    return DoctorRow(
        id=f"doctor-{number:04}",
        version=1,
        given_name=person.given_name,
        family_name=person.family_name,
        clinic_ids=tuple(sorted(clinic.id for clinic in own)),
        specializations=some_specializations(dice, most=2),
        phones=tuple(
            DoctorPhoneRow(number=phones.mobile(spot.country), verified_on=dice.choice(VERIFIED_ON))
            for _ in range(own_phones)
        ),
        languages=languages,
        license_number=a_license_number(dice, spot.country),
        license_until=LAPSED if number % LAPSED_EVERY == 0 else date(dice.randint(2029, 2035), 12, 31),
        quiet_hours=quiet if dice.random() < QUIET_SHARE else None,
        home=spot.address,
        home_position=None if number % WITHOUT_HOME_EVERY == 0 else spot.position,
    )


def _is_near(clinic: Position | None, home: Position) -> bool:
    if clinic is None:
        return False
    return max(abs(clinic.lat - home.lat), abs(clinic.lon - home.lon)) < CLINIC_NEAR_DEGREES


def _sharing_phones(doctors: list[DoctorRow], clinics: list[ClinicRow]) -> list[DoctorRow]:
    """Every fortieth doctor and the one after work in one clinic, live by it and answer its one phone."""
    told = list(doctors)
    textable = [clinic for clinic in clinics if clinic.phone and is_mobile(clinic.phone)]
    for place in range(SHARED_PHONE_EVERY - 1, len(told) - 1, SHARED_PHONE_EVERY):
        clinic = textable[place % len(textable)]
        shared = DoctorPhoneRow(number=str(clinic.phone), verified_on=VERIFIED_ON[0])
        here = {"clinic_ids": (clinic.id,), "home": clinic.address, "home_position": clinic.position}
        for one in (place, place + 1):
            told[one] = told[one].but(phones=(shared,), **here)
    return told
