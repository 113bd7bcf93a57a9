"""A ranking put into an outcome: names, places, quotations and reasons, from the versions ranked."""

from collections.abc import Mapping, Sequence

from functions.partners.domain.assessment import Assessed, Constraint, Violation
from functions.partners.domain.changes import changes_for
from functions.partners.domain.institute import InstituteVersion, Site
from functions.partners.domain.languages import BIT_OF
from functions.partners.domain.market import ACCESSIBLE, EVENING, SATURDAY
from functions.partners.domain.needs import Needs
from functions.partners.domain.outcome import (
    Behind,
    Candidate,
    Contribution,
    Miss,
    NearMiss,
    Outcome,
    ServedLocation,
)
from functions.partners.domain.quoting import quoted
from functions.partners.domain.ranking import Layers, Ranking
from functions.partners.domain.services import PLACE_OF
from functions.partners.domain.weights import FULL, Criterion

_FLAGS = {"accessible": ACCESSIBLE, "saturday": SATURDAY, "evening": EVENING}


class MarketBroken(Exception):
    """What was ranked and what is written in the versions are not the same: nobody is told anything."""


def explained(
    ranking: Ranking, layers: Layers, needs: Needs, versions: Mapping[str, InstituteVersion]
) -> Outcome:
    """`versions` by institute, of everybody in the ranking. Raises MarketBroken."""
    hidden = [
        {key for layer in layers[number + 1 :] for key in (*layer.ids, *layer.gone)}
        for number in range(len(layers))
    ]
    considered = sum(
        sum(key not in over for key in layer.ids) for layer, over in zip(layers, hidden, strict=True)
    )
    candidates = [_candidate(one, ranking.best, layers, needs, versions) for one in ranking.best]
    all_changes = [change for one in candidates for change in one.changes]
    return Outcome(
        considered=considered,
        fitting=ranking.fitting,
        points_max=needs.weights.total * FULL,
        candidates=tuple(candidates),
        smallest_change=min(all_changes, key=lambda one: one.share, default=None),
        near_misses=tuple(_near_miss(one, versions) for one in ranking.near),
    )


def _candidate(
    one: Assessed,
    best: Sequence[Assessed],
    layers: Layers,
    needs: Needs,
    versions: Mapping[str, InstituteVersion],
) -> Candidate:
    version, first = _version(one, versions), best[0]
    quote = quoted(version.price_lists, needs.answers, needs.on)
    if quote is None or quote.gross != one.gross:
        raise MarketBroken(one.institute_id)
    return Candidate(
        institute_id=one.institute_id,
        number=one.number,
        name=version.name,
        points=one.score,
        contributions=_contributions(one, needs),
        served=_served(one, layers, version),
        quote=quote,
        behind=() if one is first else _behind(one, first, needs),
        changes=() if one is first else changes_for(first, one, needs),
    )


def _version(one: Assessed, versions: Mapping[str, InstituteVersion]) -> InstituteVersion:
    version = versions.get(one.institute_id)
    if version is None or version.number != one.number:
        raise MarketBroken(one.institute_id)
    return version


def _contributions(one: Assessed, needs: Needs) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(
            criterion=criterion,
            weight=needs.weights.of(criterion),
            measure=measure,
            utility=utility,
            points=needs.weights.of(criterion) * utility,
        )
        for criterion, measure, utility in zip(Criterion, one.measures, one.utilities, strict=True)
    )


def _served(one: Assessed, layers: Layers, version: InstituteVersion) -> tuple[ServedLocation, ...]:
    first_row = layers[one.layer].site_starts[one.place]
    return tuple(
        _served_location(number, version.sites[each.site - first_row], each.distance_m)
        for number, each in enumerate(one.served)
    )


def _served_location(number: int, site: Site, distance_m: int) -> ServedLocation:
    return ServedLocation(
        location=number,
        site_id=site.id,
        site_name=site.name,
        address=", ".join(part for part in (site.street, f"{site.postcode} {site.city}".strip()) if part),
        position=site.position,
        distance_m=distance_m,
    )


def _behind(one: Assessed, first: Assessed, needs: Needs) -> tuple[Behind, ...]:
    """What costs it most comes first."""
    lost = [
        Behind(criterion=criterion, points=needs.weights.of(criterion) * (ahead - own))
        for criterion, ahead, own in zip(Criterion, first.utilities, one.utilities, strict=True)
    ]
    return tuple(sorted(lost, key=lambda each: -each.points))


def _near_miss(one: Assessed, versions: Mapping[str, InstituteVersion]) -> NearMiss:
    return NearMiss(
        institute_id=one.institute_id,
        number=one.number,
        name=_version(one, versions).name,
        misses=tuple(_miss(each) for each in one.violations),
    )


def _miss(one: Violation) -> Miss:
    names: Mapping[str, int]
    match one.constraint:
        case Constraint.SERVICES | Constraint.PRICE:
            names = {code: 1 << place for code, place in PLACE_OF.items()}
        case Constraint.LANGUAGES:
            names = BIT_OF
        case Constraint.ACCESS:
            names = _FLAGS
        case _:
            names = {}
    lacking = tuple(code for code, bit in names.items() if one.lacking & bit)
    return Miss(constraint=one.constraint, wanted=one.wanted, found=one.found, lacking=lacking)
