"""The room that an accepted offer takes: how many services a month, at which sites of the institute.

An offer holds nothing. Who accepts first has the room, and is told no as soon as there is too little of it;
ranking asks the same question of the same sites, so what fits there can be taken here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from functions.partners.domain.answers import Answers, Location
from functions.partners.domain.assessing import Assessor
from functions.partners.domain.assessment import Constraint
from functions.partners.domain.institute import Institute, Site, version_of
from functions.partners.domain.needs import chord2_limit, needs_of
from functions.partners.domain.packing import packed
from shared.kernel.errors import Conflict
from shared.kernel.places import in_space_km

_CONSTRAINTS = len(Constraint)


class OfferChanged(Conflict):
    """The institute's offer has changed since: ask for a new recommendation."""


class NoRoomLeft(Conflict):
    """Others have taken the room that there was: take another institute, or ask for a new recommendation."""


def require_offered(institute: Institute | None, answers: Answers, gross: int, today: date) -> Institute:
    """It still meets every condition, for the price that was told. Raises OfferChanged and NoRoomLeft."""
    if institute is None or not institute.active:
        raise OfferChanged
    found = Assessor(packed([version_of(institute)]), needs_of(answers, today)).assess(0, _CONSTRAINTS)
    broken = {one.constraint for one in found.violations} if found else set(Constraint)
    if found is None or broken - {Constraint.CAPACITY} or found.gross != gross:
        raise OfferChanged
    if broken:
        raise NoRoomLeft
    return institute


def room_taken(sites: Sequence[Site], answers: Answers) -> Mapping[str, int]:
    """Services a month by site: each location's share where it is nearest, and what is too much for the sites
    near it where others of its locations have room. Raises NoRoomLeft."""
    free = {one.id: one.free for one in sites}
    order = [_within_reach(sites, one, answers.distance_max_km * 1000) for one in answers.locations]
    together = sorted({key for keys in order for key in keys})
    left = 0
    for share, keys in zip(_shares(answers), order, strict=True):
        left += _poured(share, keys, free)
    if _poured(left, together, free):
        raise NoRoomLeft
    return {one.id: one.free - free[one.id] for one in sites if one.free > free[one.id]}


def _poured(amount: int, keys: Sequence[str], free: dict[str, int]) -> int:
    """Fills one site after another; what does not fit."""
    for key in keys:
        fits = min(amount, free[key])
        free[key] -= fits
        amount -= fits
    return amount


def _within_reach(sites: Sequence[Site], location: Location, reach_m: int) -> list[str]:
    """The nearest first."""
    x, y, z = in_space_km(location.position.lat, location.position.lon)
    far = []
    for one in sites:
        a, b, c = in_space_km(one.position.lat, one.position.lon)
        far.append(((a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2, one.id))
    return [key for chord2, key in sorted(far) if chord2 <= chord2_limit(reach_m)]


def _shares(answers: Answers) -> Iterator[int]:
    """The monthly need by head count, to the last service."""
    need, heads, before, counted = answers.monthly_need, answers.head_count, 0, 0
    for one in answers.locations:
        counted += one.head_count
        yield need * counted // heads - before
        before = need * counted // heads
