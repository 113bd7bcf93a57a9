"""The phones of the people in the simulator: numbers that belong to nobody."""

from typing import Final

KNOWN_MAX: Final = 100


def doctors_phone(number: int) -> str:
    return f"+48512{number:06d}"


def patients_phone(number: int) -> str:
    return f"+485130{number:05d}"


def employees_phone(number: int) -> str:
    return f"+485140{number:05d}"


KNOWN: Final = tuple(
    phone_of(number)
    for phone_of in (doctors_phone, patients_phone, employees_phone)
    for number in range(KNOWN_MAX)
)
