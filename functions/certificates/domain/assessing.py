"""How several damages become one percentage: what the person has now, less what they had before.

Each function of the body is looked at as it is now and as it was before; what was damaged before and is not
named now is still so. What one limb has lost never counts more than the limb itself, what one person has
lost never more than a hundred. The damage is the difference of the two states.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pydantic import Field

from functions.certificates.domain.scales.scale import WHOLE_BODY, DamageScale, Limb, Position, Side
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value

ITEMS_MAX: Final = 30
Place = tuple[str, Side | None]
"""A function of the body, and its side."""


class AssessmentMakesNoSense(Invalid):
    """This cannot be assessed: correct the items that are named."""


class DamageItem(Value):
    """A position of the scale and what this damage counts in its range, in whole percent."""

    code: str = Field(min_length=1, max_length=4)
    side: Side | None = None
    percent: int = Field(ge=0, le=1000)


class PriorDamage(Value):
    """What this function had lost before, in whole percent. Unknown is none: leave it out."""

    function: str = Field(min_length=1, max_length=40)
    side: Side | None = None
    percent: int = Field(ge=0, le=1000)


class Assessment(Value):
    """`total` percent. `now` and `before` are the two states it is the difference of; `capped` names the
    limbs ("left arm") and "whole body" where a cap held the present state down."""

    items: tuple[DamageItem, ...]
    prior: tuple[PriorDamage, ...]
    now: int = Field(ge=0, le=WHOLE_BODY)
    before: int = Field(ge=0, le=WHOLE_BODY)
    capped: tuple[str, ...]
    total: int = Field(ge=0, le=WHOLE_BODY)


def combine(items: Sequence[DamageItem], prior: Sequence[PriorDamage], scale: DamageScale) -> Assessment:
    """Raises AssessmentMakesNoSense, which names every item that is wrong. No items: nothing is damaged."""
    errors = [*_wrong_items(items, scale), *_wrong_prior(prior, scale)]
    if errors:
        raise AssessmentMakesNoSense(errors=errors)
    had = {(one.function, one.side): one.percent for one in prior}
    has: dict[Place, int] = defaultdict(int)
    for item in items:
        has[scale.by_code[item.code].function, item.side] += item.percent
    worse = {place: max(has.get(place, 0), had.get(place, 0)) for place in has.keys() | had.keys()}
    before, _ = _state(had, scale)
    now, capped = _state(worse, scale)
    return Assessment(
        items=tuple(items), prior=tuple(prior), now=now, before=before, capped=capped, total=now - before
    )


def shares(items: Sequence[DamageItem], prior: Sequence[PriorDamage], scale: DamageScale) -> tuple[int, ...]:
    """What each item adds to the total, read from the first to the last: together they are the total."""
    totals = [combine(items[:count], prior, scale).total for count in range(len(items) + 1)]
    return tuple(after - before for before, after in pairwise(totals))


def _state(damaged: Mapping[Place, int], scale: DamageScale) -> tuple[int, tuple[str, ...]]:
    """What all of this counts together, and the names of the caps that held it down."""
    limbs: dict[tuple[Limb, Side | None], int] = defaultdict(int)
    whole, capped = 0, []
    for (function, side), percent in damaged.items():
        limb = scale.by_function[function].limb
        if limb is None:
            whole += percent
        else:
            limbs[limb, side] += percent
    for (limb, side), percent in limbs.items():
        whole += min(percent, scale.limb_caps[limb])
        if percent > scale.limb_caps[limb]:
            capped.append(f"{side} {limb}")
    if whole > WHOLE_BODY:
        capped.append("whole body")
    return min(whole, WHOLE_BODY), tuple(sorted(capped))


def _wrong_items(items: Sequence[DamageItem], scale: DamageScale) -> Iterator[FieldError]:
    if len(items) > ITEMS_MAX:
        yield FieldError("/items", f"at most {ITEMS_MAX}")
    for at, item in enumerate(items):
        position = scale.by_code.get(item.code)
        if position is None:
            yield FieldError(f"/items/{at}/code", f"is not on the scale {scale.name} {scale.version}")
            continue
        yield from _wrong_side(f"/items/{at}", position, item.side)
        if not position.least <= item.percent <= position.most:
            yield FieldError(f"/items/{at}/percent", f"{position.least} to {position.most} for this position")
    yield from _twice("/items", ((one.code, one.side) for one in items))


def _wrong_prior(prior: Sequence[PriorDamage], scale: DamageScale) -> Iterator[FieldError]:
    for at, one in enumerate(prior):
        position = scale.by_function.get(one.function)
        if position is None:
            yield FieldError(f"/prior/{at}/function", f"is not on the scale {scale.name} {scale.version}")
            continue
        yield from _wrong_side(f"/prior/{at}", position, one.side)
        if not 1 <= one.percent <= WHOLE_BODY:
            yield FieldError(f"/prior/{at}/percent", f"1 to {WHOLE_BODY}; leave out what is not known")
    yield from _twice("/prior", ((one.function, one.side) for one in prior))


def _wrong_side(pointer: str, position: Position, side: Side | None) -> Iterator[FieldError]:
    if position.sided and side is None:
        yield FieldError(f"{pointer}/side", "say left or right")
    if not position.sided and side is not None:
        yield FieldError(f"{pointer}/side", "this position has no side")


def _twice(pointer: str, named: Iterable[Place]) -> Iterator[FieldError]:
    seen: set[Place] = set()
    for at, place in enumerate(named):
        if place in seen:
            yield FieldError(f"{pointer}/{at}", "is named twice")
        seen.add(place)
