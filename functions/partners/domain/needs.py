"""A partner's answers, prepared for asking ten thousand institutes the same."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from functions.partners.domain.answers import Answers
from functions.partners.domain.languages import bits_of
from functions.partners.domain.market import ACCESSIBLE, EVENING, SATURDAY, Market, Shape
from functions.partners.domain.packing import currency_number
from functions.partners.domain.services import BY_CODE, PLACE_OF
from functions.partners.domain.weights import FULL, USUAL, Weights
from shared.kernel.places import Spot, in_space_km

_BENT: Final = 24 * 6371.0088**2
"""A chord of c km is c * (1 + c² / _BENT) km long on the ground: within 5 cm up to 200 km."""


@dataclass(frozen=True, slots=True)
class Place:
    """One location: where in space, how many people, and the bits of the languages they need."""

    spot: Spot
    heads: int
    languages: int


@dataclass(frozen=True, slots=True)
class Needs:
    """`wishes`: the service's place in the market's columns, and how many; `scale` in grosz, what utility of
    price is measured by; `budget` 0 where nobody is ruled out by it."""

    answers: Answers
    on: date
    weights: Weights
    places: tuple[Place, ...]
    heads: int
    services: int
    languages_asked: int
    wishes: tuple[tuple[int, int], ...]
    flags: int
    reach_m: int
    need: int
    currency: int
    budget: int
    scale: int


def needs_of(answers: Answers, on: date, weights: Weights = USUAL) -> Needs:
    places = tuple(
        Place(in_space_km(one.position.lat, one.position.lon), one.head_count, bits_of(one.languages))
        for one in answers.locations
    )
    usual = sum(BY_CODE[one.service].reference_net * one.quantity for one in answers.wishes)
    return Needs(
        answers=answers,
        on=on,
        weights=weights,
        places=places,
        heads=answers.head_count,
        services=sum(1 << PLACE_OF[one.service] for one in answers.wishes),
        languages_asked=sum(one.heads * one.languages.bit_count() for one in places),
        wishes=tuple((PLACE_OF[one.service], one.quantity) for one in answers.wishes),
        flags=ACCESSIBLE * answers.accessible | SATURDAY * answers.saturday | EVENING * answers.evening,
        reach_m=answers.distance_max_km * 1000,
        need=answers.monthly_need,
        currency=currency_number(answers.currency),
        budget=(answers.budget or 0) if answers.budget_is_must else 0,
        scale=max(answers.budget or usual, 1),
    )


def metres(chord2: float) -> int:
    """Of a squared chord in km², rounded to the metre."""
    return round(sqrt(chord2) * (1 + chord2 / _BENT) * 1000)


def chord2_limit(reach_m: int) -> float:
    """No squared chord of a distance up to the reach is longer."""
    return (reach_m / 1000 + 0.001) ** 2


def offsets(table: tuple[Shape, ...], age: int, quantity: int) -> list[int]:
    """For each shape of prices, which of its prices holds for this age and quantity; -1 for none."""
    return [_offset(shape, age, quantity) for shape in table]


def _offset(shape: Shape, age: int, quantity: int) -> int:
    ages = [begins for begins, _ in shape]
    end = bisect_right(ages, age)
    if end == 0:
        return -1
    first = ages.index(ages[end - 1])
    found = bisect_right([tier for _, tier in shape[first:end]], quantity)
    return first + found - 1 if found else -1


def price_offsets(market: Market, needs: Needs) -> list[tuple[int, int, list[int]]]:
    """For each wish: its column, the quantity, and the offset by shape."""
    age = needs.answers.age
    return [(place, quantity, offsets(market.shape_table, age, quantity)) for place, quantity in needs.wishes]


def share(part: int, whole: int) -> int:
    """In 1/10,000, rounded down; all of it where nothing is asked for."""
    return part * FULL // whole if whole else FULL
