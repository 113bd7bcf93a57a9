"""Which form of a word goes with a whole number, by the plural rules of CLDR for Polish and English.

Source: unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html (cardinals, no fractions).
"""

from enum import StrEnum
from typing import Final, Literal

Speech = Literal["pl", "en"]


class Form(StrEnum):
    ONE = "one"
    FEW = "few"
    MANY = "many"
    OTHER = "other"


FORMS: Final[dict[Speech, tuple[Form, ...]]] = {
    "pl": (Form.ONE, Form.FEW, Form.MANY),
    "en": (Form.ONE, Form.OTHER),
}
"""Those that whole numbers use."""


def form_of(count: int, speech: Speech) -> Form:
    """1 termin, 2 terminy, 5 terminów; 12 and 112 as 5, 22 as 2. `count`: 0 or more."""
    if count == 1:
        return Form.ONE
    if speech == "en":
        return Form.OTHER
    few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
    return Form.FEW if few else Form.MANY
