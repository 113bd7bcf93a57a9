"""Invented people: names, phones that libphonenumber believes, and identifiers with right checksums.

Phones are drawn from whole ranges, since libphonenumber does not believe those that are kept for fiction.
The local cloud never calls anybody.
"""

from datetime import date, timedelta
from random import Random
from typing import Final, Literal, NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from stdnum.ee import ik
from stdnum.es import dni
from stdnum.pl import pesel

from infra.local.customer_api.names import WORDS
from shared.contracts.customer_rows import IdentifierRow

TRIES_MAX: Final = 100
RANDOM_DIGITS: Final = 6

Sex = Literal["female", "male"]


class Person(NamedTuple):
    given_name: str
    family_name: str
    sex: Sex


def a_person(dice: Random, country: str) -> Person:
    words = WORDS[country]
    sex: Sex = dice.choice(("female", "male"))
    first = dice.choice(words.women if sex == "female" else words.men)
    man, _, woman = dice.choice(words.families).partition("/")
    return Person(first, woman if woman and sex == "female" else man, sex)


def a_birth_date(dice: Random, first_year: int, last_year: int) -> date:
    return date(first_year, 1, 1) + timedelta(days=dice.randrange((last_year - first_year) * 365))


class PhoneBook:
    """Gives every number once."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._taken: set[str] = set()

    def mobile(self, country: str) -> str:
        return self._number(country, PhoneNumberType.MOBILE)

    def landline(self, country: str) -> str:
        return self._number(country, PhoneNumberType.FIXED_LINE)

    def _number(self, country: str, kind: int) -> str:
        example = phonenumbers.example_number_for_type(country, kind)
        assert example is not None
        digits = str(example.national_number)[:-RANDOM_DIGITS]
        for _ in range(TRIES_MAX):
            national = int(f"{digits}{self._dice.randrange(10**RANDOM_DIGITS):0{RANDOM_DIGITS}}")
            number = PhoneNumber(example.country_code, national)
            text = phonenumbers.format_number(number, PhoneNumberFormat.E164)
            if phonenumbers.is_valid_number(number) and text not in self._taken:
                self._taken.add(text)
                return text
        raise AssertionError(f"no phone number left in {country}")


def is_mobile(phone: str) -> bool:
    return bool(phonenumbers.number_type(phonenumbers.parse(phone)) == PhoneNumberType.MOBILE)


def identifiers(dice: Random, country: str, birth: date, sex: Sex) -> tuple[IdentifierRow, ...]:
    """The country's own where it tells a birth date or is short to compute, else a passport."""
    match country:
        case "PL":
            return (IdentifierRow(system="pl-pesel", value=a_pesel(birth, sex, dice.randrange(1000))),)
        case "CZ" | "SK":
            value = _birth_number(birth, sex, dice.randrange(1000))
            return (IdentifierRow(system=f"{country.lower()}-rc", value=value),)
        case "LT":
            return (IdentifierRow(system="lt-asmens", value=_asmens(birth, sex, dice.randrange(1000))),)
        case "ES":
            number = f"{dice.randrange(10**8):08}"
            return (IdentifierRow(system="es-dni", value=number + dni.calc_check_digit(number)),)
    letters = "".join(dice.choice("ABCEHKLMPRTX") for _ in range(2))
    return (IdentifierRow(system=f"passport-{country}", value=f"{letters}{dice.randrange(10**7):07}"),)


def a_pesel(birth: date, sex: Sex, serial: int) -> str:
    """The month tells the century; the last digit before the check digit is odd for men."""
    month = birth.month + {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}[birth.year // 100]
    last = serial % 10 // 2 * 2 + (1 if sex == "male" else 0)
    number = f"{birth.year % 100:02}{month:02}{birth.day:02}{serial:03}{last}"
    return number + str(pesel.calc_check_digit(number))


def _birth_number(birth: date, sex: Sex, serial: int) -> str:
    """Nine digits before 1954; later a tenth that makes the whole divisible by eleven."""
    number = (
        f"{birth.year % 100:02}{birth.month + (50 if sex == 'female' else 0):02}{birth.day:02}{serial:03}"
    )
    return number if birth.year < 1954 else number + str(int(number) % 11 % 10)


def _asmens(birth: date, sex: Sex, serial: int) -> str:
    """Built as the Estonian code is, whose check digit stdnum exports."""
    century = (birth.year // 100 - 18) * 2 + (1 if sex == "male" else 2)
    number = f"{century}{birth:%y%m%d}{serial:03}"
    return number + str(ik.calc_check_digit(f"{number}?"))


def a_license_number(dice: Random, country: str) -> str:
    """Poland's number to practise as a physician: a check digit, then six."""
    if country != "PL":
        return f"{country}-{dice.randrange(10**6):06}"
    for _ in range(TRIES_MAX):
        digits = f"{dice.randrange(10**6):06}"
        check = sum(place * int(digit) for place, digit in enumerate(digits, start=1)) % 11
        if 1 <= check <= 9:
            return f"{check}{digits}"
    raise AssertionError("no license number found")
