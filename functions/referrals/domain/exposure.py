"""What a person meets at work: five groups of factors, each stated or left open.

"None" and "not filled in" are different things. A doctor may sign for the first; the second is asked back.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from shared.kernel.records import Value
from shared.kernel.times import Day

FACTORS_MAX: Final = 30


class ExposureGroup(StrEnum):
    PHYSICAL = "physical"
    DUST = "dust"
    CHEMICAL = "chemical"
    BIOLOGICAL = "biological"
    OTHER = "other"  # also night work, heights, driving, screens, stress


class ExposureLevel(StrEnum):
    """Against the limit that the law sets for the factor."""

    PRESENT = "present"  # there is no limit for it, or nobody measured
    LOW = "low"  # up to half the limit
    MEDIUM = "medium"  # above half, up to the limit
    HIGH = "high"  # above the limit


class Measurement(Value):
    """As the report of the measurement says it: 82.5 dB(A), limit 85."""

    value: Decimal = Field(ge=0, max_digits=12)
    unit: Annotated[str, Field(min_length=1, max_length=20)]
    limit: Decimal | None = Field(None, gt=0, max_digits=12)
    measured_on: Day


class ExposureFactor(Value):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    level: ExposureLevel = ExposureLevel.PRESENT
    measurement: Measurement | None = None


Factors = Annotated[tuple[ExposureFactor, ...], Field(max_length=FACTORS_MAX)]


def _not_filled_in() -> None:
    """A default that the API's description does not take for what one usually sends."""


class Exposures(Value):
    """Each group: its factors, () for none, None for not filled in."""

    physical: Factors | None = Field(default_factory=_not_filled_in)
    dust: Factors | None = Field(default_factory=_not_filled_in)
    chemical: Factors | None = Field(default_factory=_not_filled_in)
    biological: Factors | None = Field(default_factory=_not_filled_in)
    other: Factors | None = Field(default_factory=_not_filled_in)

    def of(self, group: ExposureGroup) -> tuple[ExposureFactor, ...] | None:
        stated: tuple[ExposureFactor, ...] | None = getattr(self, group.value)
        return stated

    def factors(self) -> Iterator[tuple[ExposureGroup, ExposureFactor]]:
        for group in ExposureGroup:
            for factor in self.of(group) or ():
                yield group, factor

    @property
    def open_groups(self) -> tuple[ExposureGroup, ...]:
        """Those that nobody filled in."""
        return tuple(group for group in ExposureGroup if self.of(group) is None)

    @property
    def met(self) -> tuple[ExposureGroup, ...]:
        """Groups with at least one factor."""
        return tuple(group for group in ExposureGroup if self.of(group))

    @property
    def count(self) -> int:
        """The total that the statutory form asks for."""
        return sum(1 for _ in self.factors())

    def unmeasured(self, after: date) -> tuple[str, ...]:
        """Factors with a level but no measurement, or one from before that day."""
        return tuple(
            factor.name
            for _, factor in self.factors()
            if factor.level != ExposureLevel.PRESENT
            and (factor.measurement is None or factor.measurement.measured_on < after)
        )
