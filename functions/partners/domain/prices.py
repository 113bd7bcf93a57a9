"""What an institute charges: lists of prices, each in force until the next one begins.

Age bands are whole years, both ends included: who is exactly 40 is in the band 40 to 59. A quantity tier
holds from its number on, for the whole quantity. The bands of a service cover every age, and the tiers of a
band begin at 1: no question that may be asked has two answers or none.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from functions.partners.domain.money import Currency, UnitPrice, VatRate
from functions.partners.domain.services import BY_CODE
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Value
from shared.kernel.times import Day

AGE_MAX: Final = 120
QUANTITY_MAX: Final = 1_000_000
ITEMS_MAX: Final = 1_000
LISTS_MAX: Final = 6

Age = Annotated[int, Field(ge=0, le=AGE_MAX)]
Quantity = Annotated[int, Field(ge=1, le=QUANTITY_MAX)]


class PriceListBroken(Invalid):
    """The price list leaves a question open or answers it twice: correct the rows named in `errors`."""


class PriceListTooLate(Invalid):
    """A price list begins today or later: what was promised before stays as it was."""


class PriceItem(Value):
    """`net` in grosz for one; `vat` in hundredths of a percent, 0 for exempt."""

    service: str
    net: UnitPrice
    vat: VatRate = 0
    age_from: Age = 0
    age_until: Age = AGE_MAX
    quantity_from: Quantity = 1

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.service not in BY_CODE:
            raise ValueError("is no service of the catalogue")
        if self.age_from > self.age_until:
            raise ValueError("the age band ends before it begins")
        return self


class PriceList(Value):
    """Holds from `valid_from` until the day before the next list of the institute."""

    valid_from: Day
    currency: Currency
    items: tuple[PriceItem, ...] = Field(min_length=1, max_length=ITEMS_MAX)


class TooManyLists(Conflict):
    """So many price lists are in force or about to begin as an institute can have: change one of those."""


class Fault(NamedTuple):
    """What is wrong with the item at this place of the list: `overlap` or `gap`, of `ages` or `tiers`, from
    `first` to `last` (a tier has no last)."""

    place: int
    rule: Literal["overlap", "gap"]
    of: Literal["ages", "tiers"]
    first: int
    last: int = 0

    def in_words(self, language: str) -> str:
        words = _FAULTS[self.rule, self.of][0 if language == "pl" else 1]
        return words.format(first=self.first, last=self.last)


_FAULTS: Final = {
    ("overlap", "ages"): ("wiek {first}–{last} ma dwie ceny", "ages {first} to {last} have two prices"),
    ("gap", "ages"): ("wiek {first}–{last} nie ma ceny", "ages {first} to {last} have no price"),
    ("overlap", "tiers"): ("ilości od {first} mają dwie ceny", "quantities from {first} on have two prices"),
    ("gap", "tiers"): ("ilości poniżej {first} nie mają ceny", "quantities below {first} have no price"),
}


def faults_of(items: Sequence[PriceItem]) -> list[Fault]:
    """Overlaps and gaps, in the order of services; empty where every question has one answer."""
    order = sorted(range(len(items)), key=lambda place: _key(items[place]))
    found: list[Fault] = []
    for _, places in groupby(order, key=lambda place: items[place].service):
        found += _of_service(items, list(places))
    return found


def _key(item: PriceItem) -> tuple[str, int, int, int]:
    return item.service, item.age_from, item.age_until, item.quantity_from


def _of_service(items: Sequence[PriceItem], places: list[int]) -> Iterator[Fault]:
    bands = [
        list(group)
        for _, group in groupby(places, lambda place: (items[place].age_from, items[place].age_until))
    ]
    next_age = 0
    for band in bands:
        first = items[band[0]]
        if first.age_from < next_age:
            yield Fault(band[0], "overlap", "ages", first.age_from, min(next_age - 1, first.age_until))
        elif first.age_from > next_age:
            yield Fault(band[0], "gap", "ages", next_age, first.age_from - 1)
        next_age = max(next_age, first.age_until + 1)
        yield from _of_band(items, band)
    if next_age <= AGE_MAX:
        yield Fault(bands[-1][0], "gap", "ages", next_age, AGE_MAX)


def _of_band(items: Sequence[PriceItem], band: list[int]) -> Iterator[Fault]:
    if items[band[0]].quantity_from != 1:
        yield Fault(band[0], "gap", "tiers", items[band[0]].quantity_from)
    for one, other in pairwise(band):
        if items[one].quantity_from == items[other].quantity_from:
            yield Fault(other, "overlap", "tiers", items[other].quantity_from)


def require_sound(prices: PriceList) -> None:
    found = faults_of(prices.items)
    if found:
        raise PriceListBroken(errors=[FieldError(f"/items/{one.place}", one.in_words("en")) for one in found])


def with_list(lists: Sequence[PriceList], new: PriceList, today: date) -> tuple[PriceList, ...]:
    """As `joined`; only the first list of an institute may begin in the past. Raises PriceListTooLate."""
    if lists and new.valid_from < today:
        raise PriceListTooLate
    return joined(lists, new, today)


def joined(lists: Sequence[PriceList], new: PriceList, today: date) -> tuple[PriceList, ...]:
    """All lists with the new one, oldest first; it takes the place of one that begins on the same day.

    Of the lists that have ended only the last few stay: what old recommendations need lies in the versions.
    Raises TooManyLists where one in force or to come would have to go.
    """
    kept = [one for one in lists if one.valid_from != new.valid_from]
    found = sorted([*kept, new], key=lambda one: one.valid_from)
    ended = sum(later.valid_from <= today for later in found[1:])
    if len(found) - ended > LISTS_MAX:
        raise TooManyLists
    return tuple(found[-LISTS_MAX:])


def list_on(lists: Sequence[PriceList], day: date) -> PriceList | None:
    begun = [one for one in lists if one.valid_from <= day]
    return begun[-1] if begun else None


def valid_until(lists: Sequence[PriceList], this: PriceList) -> date | None:
    """The last day of a list; None where no other follows."""
    later = [one.valid_from for one in lists if one.valid_from > this.valid_from]
    return min(later) - timedelta(days=1) if later else None


def item_for(prices: PriceList, service: str, age: int, quantity: int) -> PriceItem | None:
    """The one price for this age and quantity; None where the service is not on the list."""
    fits = [
        one
        for one in prices.items
        if one.service == service and one.age_from <= age <= one.age_until and one.quantity_from <= quantity
    ]
    return max(fits, key=lambda one: one.quantity_from) if fits else None
