"""How much each criterion counts, and the scales on which they are measured: one versioned table.

The scales are fixed: what an institute is worth does not depend on who else is there, so a hopeless one that
joins changes nobody's place. Whoever changes a number here raises the version: old recommendations name
theirs.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, model_validator

from shared.kernel.records import Value

WEIGHTS_VERSION: Final = 1
FULL: Final = 10_000
"""The best utility; the worst is 0."""


class Criterion(StrEnum):
    COVERAGE = "coverage"  # how near the nearest site is, by head count
    PRICE = "price"  # the whole year, gross, against the budget or what it usually costs
    LANGUAGES = "languages"  # whether the nearest site itself speaks them, by head count
    CAPACITY = "capacity"  # how much more can be done than is needed
    HOURS = "hours"  # how long the nearest sites are open in a week, by head count


class Scale(Value):
    """`worst` has utility 0, `best` all of it; between them a straight line, beyond them no more."""

    worst: int
    best: int


SCALES: Final[Mapping[Criterion, Scale]] = {
    Criterion.COVERAGE: Scale(worst=50_000, best=2_000),  # metres
    Criterion.PRICE: Scale(worst=15_000, best=5_000),  # 1/10,000 of the budget or the usual price
    Criterion.LANGUAGES: Scale(worst=0, best=FULL),  # 1/10,000 of what is asked for
    Criterion.CAPACITY: Scale(worst=10_000, best=25_000),  # 1/10,000 of the need
    Criterion.HOURS: Scale(worst=30 * 60, best=70 * 60),  # minutes a week
}

Weight = Annotated[int, Field(ge=0, le=1_000)]


class Weights(Value):
    """In any proportion; at least one is more than 0."""

    coverage: Weight = 300
    price: Weight = 350
    languages: Weight = 100
    capacity: Weight = 100
    hours: Weight = 150

    @model_validator(mode="after")
    def _something_counts(self) -> "Weights":
        if self.total == 0:
            raise ValueError("at least one criterion must count")
        return self

    def of(self, criterion: Criterion) -> int:
        weight: int = getattr(self, criterion.value)
        return weight

    @property
    def total(self) -> int:
        return sum(self.of(one) for one in Criterion)


USUAL: Final = Weights()


def utility(criterion: Criterion, measure: int) -> int:
    """0 to FULL, rounded down; the better measure never gets less."""
    scale = SCALES[criterion]
    share = (measure - scale.worst) * FULL // (scale.best - scale.worst)
    return min(max(share, 0), FULL)


def points(weights: Weights, utilities: Mapping[Criterion, int]) -> int:
    """The sum by which institutes are ranked; whole numbers, so equal is equal."""
    return sum(weights.of(one) * utilities[one] for one in Criterion)
