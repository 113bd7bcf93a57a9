"""The smallest change that would put another institute first, computed exactly on the fixed scales."""

from collections.abc import Iterator

from functions.partners.domain.assessment import Assessed
from functions.partners.domain.needs import Needs
from functions.partners.domain.outcome import Change
from functions.partners.domain.weights import FULL, SCALES, Criterion

WEIGHT_MAX = 1_000
_ORDER = tuple(Criterion)


def changes_for(first: Assessed, other: Assessed, needs: Needs) -> tuple[Change, ...]:
    """All there are for this one, the smallest first."""
    gap = first.score - other.score
    found = [*_measured(other, gap, needs), *_weighted(first, other, gap, needs)]
    return tuple(sorted(found, key=lambda one: (one.share, one.kind, one.criterion)))


def _measured(other: Assessed, gap: int, needs: Needs) -> Iterator[Change]:
    """By a better price or nearer sites of its own: where the scale ends first, there is no such change."""
    for criterion, kind in ((Criterion.PRICE, "price"), (Criterion.COVERAGE, "coverage")):
        place, weight = _ORDER.index(criterion), needs.weights.of(criterion)
        if weight == 0:
            continue
        wanted = other.utilities[place] + gap // weight + 1
        if wanted > FULL:
            continue
        measure = _measure_for(criterion, wanted)
        if criterion == Criterion.PRICE:
            amount, whole = other.gross - measure * needs.scale // FULL, other.gross
        else:
            amount, whole = other.measures[place] - measure, other.measures[place]
        if 0 < amount <= whole:
            yield Change.model_validate(
                {
                    "kind": kind,
                    "institute_id": other.institute_id,
                    "criterion": criterion,
                    "amount": amount,
                    "share": -(-amount * FULL // whole),
                }
            )


def _measure_for(criterion: Criterion, wanted: int) -> int:
    """The worst measure that still has this utility; of scales on which less is better."""
    scale = SCALES[criterion]
    return scale.worst - -(-wanted * (scale.worst - scale.best) // FULL)


def _weighted(first: Assessed, other: Assessed, gap: int, needs: Needs) -> Iterator[Change]:
    for place, criterion in enumerate(_ORDER):
        ahead = first.utilities[place] - other.utilities[place]
        if ahead == 0:
            continue
        step = gap // abs(ahead) + 1
        amount = -step if ahead > 0 else step
        changed = needs.weights.of(criterion) + amount
        if 0 <= changed <= WEIGHT_MAX and needs.weights.total + amount > 0:
            yield Change(
                kind="weight",
                institute_id=other.institute_id,
                criterion=criterion,
                amount=amount,
                share=-(-step * FULL // needs.weights.total),
            )
