"""What is found of one institute: which constraints it violates, or how well it fits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from functions.partners.domain.weights import FULL


class Constraint(StrEnum):
    DISTANCE = "distance"  # every location has a site within reach
    SERVICES = "services"  # all wishes, at sites within reach of each location
    LANGUAGES = "languages"  # all languages of a location, at sites within its reach
    ACCESS = "access"  # a site within reach that is accessible, open on Saturdays or in the evening
    CAPACITY = "capacity"  # the sites within reach have room for as much a month as is needed
    PRICE = "price"  # every wish has a price in the partner's currency today
    BUDGET = "budget"  # where the budget is a must


class Violation(NamedTuple):
    """`wanted` and `found` in the constraint's unit: metres, services, languages, sites, services a month,
    prices, grosz. `lacking`: bits of the services or languages that are missing."""

    constraint: Constraint
    wanted: int
    found: int
    lacking: int = 0

    @property
    def shortfall(self) -> int:
        """How far it misses, in 1/10,000 of what is wanted, so that misses can be compared."""
        return min(abs(self.wanted - self.found) * FULL // max(self.wanted, 1), FULL)


class Served(NamedTuple):
    """A location's nearest site within reach, by its row in the market, and how far it is."""

    site: int
    distance_m: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """`utilities` and `score` only of one that fits; `served` one for each location then."""

    institute_id: str
    number: int
    layer: int
    place: int
    violations: tuple[Violation, ...]
    served: tuple[Served, ...] = ()
    gross: int = 0
    measures: tuple[int, ...] = ()
    utilities: tuple[int, ...] = ()
    score: int = 0

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """The declared way to break ties: more points, then cheaper, then nearer, then by id."""
        return -self.score, self.gross, sum(one.distance_m for one in self.served), self.institute_id
