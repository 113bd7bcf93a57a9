"""Invents the employers and the packages of services that they bought."""

from datetime import date
from random import Random
from typing import Final

from stdnum.pl import nip, regon

from infra.local.customer_api.people import PhoneBook
from infra.local.customer_api.spots import a_spot
from shared.contracts.customer_rows import AllowanceRow, EmployerRow, IdentifierRow, PackageRow

EMPLOYERS: Final = 40
SECOND_PACKAGE_EVERY: Final = 2
TRIES_MAX: Final = 100
BRANCHES: Final = (
    "Piekarnia",
    "Stolarnia",
    "Drukarnia",
    "Ogrodnictwo",
    "Transport",
    "Młyn",
    "Huta szkła",
    "Tartak",
)
WORDS: Final = (
    "Jutrzenka",
    "Zefir",
    "Bursztyn",
    "Kłos",
    "Wrzos",
    "Żubr",
    "Iskra",
    "Dąb",
    "Strumień",
    "Pogoda",
)
SERVICES: Final = ("pre_employment", "periodic", "control", "house_visit", "certificate")


def make_employers(seed: int) -> list[EmployerRow]:
    dice = Random(f"{seed}/employers")
    phones = PhoneBook(dice)
    return [_employer(dice, phones, number) for number in range(1, EMPLOYERS + 1)]


def make_packages(seed: int) -> list[PackageRow]:
    """This year's for everybody, and last year's, used up or not, for every other."""
    dice = Random(f"{seed}/packages")
    packages = []
    for number in range(1, EMPLOYERS + 1):
        for year in (2026, 2025)[: 1 + (number % SECOND_PACKAGE_EVERY == 0)]:
            packages.append(_package(dice, number, year))
    return packages


def _employer(dice: Random, phones: PhoneBook, number: int) -> EmployerRow:
    spot = a_spot(dice, "PL")
    return EmployerRow(
        id=f"employer-{number:04}",
        version=1,
        name=f"{dice.choice(BRANCHES)} {dice.choice(WORDS)} {number} sp. z o.o.",
        identifiers=(
            IdentifierRow(system="pl-nip", value=_nip(dice)),
            IdentifierRow(system="pl-regon", value=_regon(dice)),
        ),
        address=spot.address,
        email=f"hr@employer-{number:04}.example",
        phone=phones.mobile("PL"),
    )


def _package(dice: Random, employer: int, year: int) -> PackageRow:
    services = dice.sample(SERVICES, dice.randint(2, len(SERVICES)))
    granted = (1, 5, 20, 100, 500)
    return PackageRow(
        id=f"package-{year}-{employer:04}",
        version=1,
        employer_id=f"employer-{employer:04}",
        name=f"{year}",
        valid_from=date(year, 1, 1),
        valid_until=date(year + (year == 2026), 12, 31),
        allowances=tuple(AllowanceRow(service=one, granted=dice.choice(granted)) for one in services),
    )


def _nip(dice: Random) -> str:
    """A tenth digit fits only where the sum modulo eleven is not ten."""
    for _ in range(TRIES_MAX):
        body = f"{dice.randrange(10**8, 10**9)}"
        for last in "0123456789":
            if nip.is_valid(body + last):
                return body + last
    raise AssertionError("no tax number found")


def _regon(dice: Random) -> str:
    body = f"{dice.randrange(10**7, 10**8)}"
    return body + str(regon.calc_check_digit(body))
