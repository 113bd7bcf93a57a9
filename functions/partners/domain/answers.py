"""What a partner wants, as its questionnaire says: all that a recommendation knows beside the market."""

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from functions.partners.domain.money import Currency
from shared.kernel.places import Position
from shared.kernel.records import Value

LOCATIONS_MAX: Final = 40
HEAD_COUNT_MAX: Final = 200_000
DISTANCE_MAX_KM: Final = 200
DISTANCE_USUAL_KM: Final = 50
BUDGET_MAX: Final = 10**11
"""In grosz: a milliard zlotys."""

Text = Annotated[str, StringConstraints(max_length=120)]


class Location(Value):
    """Where people work, how many, and which languages must be spoken to them."""

    name: Text = ""
    street: Text = ""
    postcode: Annotated[str, StringConstraints(max_length=12)] = ""
    city: Text
    head_count: int = Field(ge=1, le=HEAD_COUNT_MAX)
    languages: tuple[str, ...] = ()
    position: Position


class Wish(Value):
    """A service, and how often a year."""

    service: str
    quantity: int = Field(ge=1, le=1_000_000)


class Answers(Value):
    """`budget` a year and gross, None where none was named; `budget_is_must` rules out who is dearer."""

    locations: tuple[Location, ...] = Field(min_length=1, max_length=LOCATIONS_MAX)
    wishes: tuple[Wish, ...] = Field(min_length=1, max_length=64)
    average_age: Decimal = Field(ge=16, le=80, max_digits=5, decimal_places=2)
    currency: Currency = Currency.PLN
    budget: int | None = Field(None, ge=1, le=BUDGET_MAX)
    budget_is_must: bool = False
    distance_max_km: int = Field(DISTANCE_USUAL_KM, ge=1, le=DISTANCE_MAX_KM)
    accessible: bool = False
    saturday: bool = False
    evening: bool = False

    @property
    def age(self) -> int:
        """Completed years: 39.9 is 39."""
        return int(self.average_age)

    @property
    def head_count(self) -> int:
        return sum(one.head_count for one in self.locations)

    @property
    def monthly_need(self) -> int:
        """Services a month, a begun one counted whole."""
        return -(-sum(one.quantity for one in self.wishes) // 12)
