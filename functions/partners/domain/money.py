"""Money in whole grosz (or cents): no fraction is ever kept, and each is rounded once, where it is said."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

VAT_WHOLE: Final = 10_000
"""VAT is told in hundredths of a percent: 2300 is 23 %."""
MINOR_MAX: Final = 1_000_000_00
"""The dearest unit price: a million."""


class Currency(StrEnum):
    PLN = "PLN"
    EUR = "EUR"
    CZK = "CZK"


UnitPrice = Annotated[int, Field(ge=0, le=MINOR_MAX)]
VatRate = Annotated[int, Field(ge=0, le=VAT_WHOLE)]


def gross_of(net_unit: int, quantity: int, vat: int) -> int:
    """The line with its VAT, half a grosz upwards: VAT is reckoned of the whole line, never of one piece."""
    return (net_unit * quantity * (VAT_WHOLE + vat) + VAT_WHOLE // 2) // VAT_WHOLE


def in_words(minor: int, currency: str, language: str = "pl") -> str:
    """1234567 -> "12 345,67 PLN"; English "12,345.67 PLN"."""
    sign, whole, rest = "-" if minor < 0 else "", abs(minor) // 100, abs(minor) % 100
    grouped, point = f"{whole:,}", "."
    if language == "pl":
        grouped, point = grouped.replace(",", " "), ","
    return f"{sign}{grouped}{point}{rest:02d} {currency}"
