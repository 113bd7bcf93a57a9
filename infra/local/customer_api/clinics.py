"""Invents the clinics: most in Poland; some without a position, a weekday or the usual radius."""

from datetime import time
from random import Random
from typing import Final, Literal

from infra.local.customer_api.names import WORDS
from infra.local.customer_api.people import PhoneBook
from infra.local.customer_api.spots import Spot, a_country, a_spot
from shared.contracts.customer_rows import ClinicRow, OpeningHours
from shared.contracts.specializations import Specialization

CLINICS: Final = 300
INTEGRATED_SHARE: Final = 0.6
WITHOUT_POSITION_EVERY: Final = 37
SMALL_RADIUS_KM: Final = 15.0
RADII_KM: Final = (SMALL_RADIUS_KM, None, None, None, None, None, 30.0, 80.0)
PLANS: Final = ("basic", "standard", "premium")
COMMON: Final = (Specialization.FAMILY_MEDICINE, Specialization.INTERNAL_MEDICINE, Specialization.PEDIATRICS)
MOBILE_SHARE: Final = 0.3
NO_LANDLINES: Final = ("IT",)  # libphonenumber's example is too short to vary

Day = tuple[tuple[time, time], ...]
SHORT: Final[Day] = ((time(8), time(16)),)
LONG: Final[Day] = ((time(7, 30), time(20)),)
LUNCH_BREAK: Final[Day] = ((time(8), time(13)), (time(14), time(18)))
ROUND_THE_CLOCK: Final[Day] = ((time(0), time(0)),)
SATURDAY: Final[Day] = ((time(9), time(13)),)


def make_clinics(seed: int) -> list[ClinicRow]:
    dice = Random(f"{seed}/clinics")
    phones = PhoneBook(dice)
    return [_clinic(dice, phones, number) for number in range(1, CLINICS + 1)]


def some_specializations(dice: Random, most: int) -> tuple[Specialization, ...]:
    """A common one for two out of three, and up to `most` others."""
    chosen = {dice.choice(COMMON)} if dice.random() < 2 / 3 else set()
    chosen |= set(dice.sample(list(Specialization), dice.randint(0 if chosen else 1, most)))
    return tuple(sorted(chosen))


def _clinic(dice: Random, phones: PhoneBook, number: int) -> ClinicRow:
    spot = a_spot(dice, a_country(dice))
    integration: Literal["integrated", "none"] = "integrated" if dice.random() < INTEGRATED_SHARE else "none"
    return ClinicRow(
        id=f"clinic-{number:04}",
        version=1,
        name=f"{WORDS[spot.country].clinic.format(town=spot.town.name)} {number}",
        address=spot.address,
        position=None if number % WITHOUT_POSITION_EVERY == 0 else spot.position,
        specializations=some_specializations(dice, most=6),
        opening_hours=_opening_hours(dice),
        time_zone=spot.town.time_zone,
        home_visit_radius_km=dice.choice(RADII_KM),
        integration=integration,
        phone=_phone(dice, phones, spot),
        plans=PLANS if dice.random() < 0.6 else tuple(dice.sample(PLANS, dice.randint(1, 2))),
    )


def _phone(dice: Random, phones: PhoneBook, spot: Spot) -> str:
    is_mobile = dice.random() < MOBILE_SHARE or spot.country in NO_LANDLINES
    return phones.mobile(spot.country) if is_mobile else phones.landline(spot.country)


def _opening_hours(dice: Random) -> tuple[OpeningHours, ...]:
    usual = dice.choices((SHORT, LONG, LUNCH_BREAK, ROUND_THE_CLOCK), (40, 40, 17, 3))[0]
    days = dict.fromkeys(range(7 if usual is ROUND_THE_CLOCK else 5), usual)
    if usual is not ROUND_THE_CLOCK and dice.random() < 0.3:
        days[5] = SATURDAY
    if usual is not ROUND_THE_CLOCK and dice.random() < 0.1:
        del days[dice.randrange(5)]
    return tuple(
        OpeningHours(weekday=weekday, opens=opens, closes=closes)
        for weekday, day in sorted(days.items())
        for opens, closes in day
    )
