"""What a recommendation says: who is first and why, who is next, what would change it, or what is missing.

Numbers only, in whole units; words are put to them where they are shown. The same outcome is the same bytes.
"""

import hashlib
from typing import Literal

from functions.partners.domain.assessment import Constraint
from functions.partners.domain.quoting import Quote
from functions.partners.domain.weights import FULL, Criterion
from shared.kernel.places import Position
from shared.kernel.records import Value


class Contribution(Value):
    """`measure` in the unit of its scale, `utility` 0 to 10,000, `points` = weight * utility."""

    criterion: Criterion
    weight: int
    measure: int
    utility: int
    points: int


class ServedLocation(Value):
    """Which site is the nearest for the location of this number, and how far it is, in a straight line."""

    location: int
    site_id: str
    site_name: str
    address: str
    position: Position
    distance_m: int


class Behind(Value):
    """How many points it has less than the first by this criterion; negative where it has more."""

    criterion: Criterion
    points: int


class Change(Value):
    """What would put this institute first, everything else staying as it is.

    `price`: its price for the year lower by `amount` grosz. `coverage`: its sites nearer by `amount` metres
    on average. `weight`: the weight of `criterion` changed by `amount`. `share` in 1/10,000 of what it
    changes, so that changes can be compared.
    """

    kind: Literal["price", "coverage", "weight"]
    institute_id: str
    criterion: Criterion
    amount: int
    share: int


class Candidate(Value):
    """`points` of at most `points_max` (the outcome's)."""

    institute_id: str
    number: int
    name: str
    points: int
    contributions: tuple[Contribution, ...]
    served: tuple[ServedLocation, ...]
    quote: Quote
    behind: tuple[Behind, ...] = ()
    changes: tuple[Change, ...] = ()


class Miss(Value):
    """`wanted` and `found` in the constraint's unit; `lacking` codes of services or languages, or the words
    accessible, saturday, evening."""

    constraint: Constraint
    wanted: int
    found: int
    lacking: tuple[str, ...] = ()


class NearMiss(Value):
    institute_id: str
    number: int
    name: str
    misses: tuple[Miss, ...]


class Outcome(Value):
    """`candidates`: the best first, five at most; empty where nothing fits: then `near_misses` say why."""

    considered: int
    fitting: int
    points_max: int
    candidates: tuple[Candidate, ...] = ()
    smallest_change: Change | None = None
    near_misses: tuple[NearMiss, ...] = ()

    def canonical(self) -> bytes:
        return self.model_dump_json().encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()

    def candidate(self, institute_id: str) -> Candidate | None:
        return next((one for one in self.candidates if one.institute_id == institute_id), None)


def hundredths_of_percent(points: int, points_max: int) -> int:
    """8123 is 81.23 %."""
    return points * FULL // points_max if points_max else 0
