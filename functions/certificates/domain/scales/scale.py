"""A damage scale: a named, versioned table of what an injury counts in percent of health.

A percentage means nothing without the scale it was read from. A version never changes: what is to change is a
new version with its own days of validity. Percents are whole numbers.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, Self

from pydantic import Field, model_validator

from shared.kernel.records import Value

WHOLE_BODY: Final = 100
"""The most that anybody can lose, in percent."""


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class Limb(StrEnum):
    ARM = "arm"
    LEG = "leg"


class Position(Value):
    """One row. `least` to `most` percent, both included, for a damage of this `function` of the body.

    `sided` rows are about the left or the right; rows with a `limb` always are.
    """

    code: str = Field(pattern=r"^[0-9A-Za-z]{1,4}$")
    pl: str
    en: str
    function: str
    least: int = Field(ge=1, le=WHOLE_BODY)
    most: int = Field(ge=1, le=WHOLE_BODY)
    limb: Limb | None = None
    sided: bool = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.least > self.most:
            raise ValueError("a range begins with its least")
        if self.limb is not None and not self.sided:
            raise ValueError("a limb has a side")
        return self


class DamageScale(Value):
    """`is_general`: for whoever names no scale of their own. The last day is included."""

    name: str
    version: str
    pl: str
    en: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    valid_from: date
    valid_until: date | None = None
    is_general: bool = False
    limb_caps: Mapping[Limb, int]
    positions: tuple[Position, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(self.by_code) < len(self.positions):
            raise ValueError("a code stands for one position")
        missing = {one.limb for one in self.positions if one.limb} - self.limb_caps.keys()
        if missing:
            raise ValueError("every limb has its cap")
        kinds = {(one.function, one.limb, one.sided) for one in self.positions}
        if len(kinds) > len(self.by_function):
            raise ValueError("a function belongs to one limb, or to none")
        return self

    @cached_property
    def by_code(self) -> Mapping[str, Position]:
        return {one.code: one for one in self.positions}

    @cached_property
    def by_function(self) -> Mapping[str, Position]:
        """Any position of each function: they share limb and sidedness."""
        return {one.function: one for one in self.positions}

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
