"""What apps see of a recommendation: its numbers, its reasons in words, and what a map needs."""

from datetime import datetime
from typing import Literal

from functions.partners.domain.outcome import Candidate, Outcome
from functions.partners.domain.recommendation import Recommendation, RecommendationStatus
from functions.partners.domain.sentences import missed, percent, what_would_change, why_first, why_not_first
from functions.partners.domain.template_words import Spoken
from shared.kernel.places import Position
from shared.kernel.records import Value


class MapPoint(Value):
    """`label` of a location is what the partner calls it; of a site its name."""

    kind: Literal["location", "site"]
    label: str
    position: Position
    institute_id: str = ""


class Said(Value):
    """The reasons in words; `runners_up` and `near_misses` by institute, in their order."""

    why_first: str
    smallest_change: str
    runners_up: tuple[str, ...]
    near_misses: tuple[tuple[str, ...], ...]


class RecommendationView(Value):
    recommendation_id: str
    upload_id: str
    status: RecommendationStatus
    made_at: datetime
    outcome: Outcome
    outcome_sha256: str
    score: str
    said: Said
    map: tuple[MapPoint, ...]
    institute_id: str


class RecommendationLine(Value):
    """`name` of the first, or of the accepted one; "" where nothing fits."""

    recommendation_id: str
    partner_id: str
    status: RecommendationStatus
    made_at: datetime
    name: str
    gross: int
    currency: str


def said(one: Recommendation, language: Spoken) -> Said:
    outcome, answers = one.outcome, one.answers
    return Said(
        why_first=why_first(outcome, language),
        smallest_change=what_would_change(outcome.smallest_change, outcome, answers, language)
        if outcome.candidates
        else "",
        runners_up=tuple(why_not_first(each, outcome, language) for each in outcome.candidates[1:]),
        near_misses=tuple(
            tuple(missed(miss, answers, language) for miss in each.misses) for each in outcome.near_misses
        ),
    )


def recommendation_view(one: Recommendation, language: Spoken) -> RecommendationView:
    first = one.outcome.candidates[:1]
    return RecommendationView(
        recommendation_id=one.id,
        upload_id=one.upload_id,
        status=one.status,
        made_at=one.made_at,
        outcome=one.outcome,
        outcome_sha256=one.outcome_sha256,
        score=percent(first[0].points, one.outcome.points_max, language) if first else "",
        said=said(one, language),
        map=_map(one),
        institute_id=one.institute_id,
    )


def _map(one: Recommendation) -> tuple[MapPoint, ...]:
    places = [
        MapPoint(kind="location", label=each.name or each.city, position=each.position)
        for each in one.answers.locations
    ]
    sites = {
        (each.institute_id, served.site_id): MapPoint(
            kind="site", label=served.site_name, position=served.position, institute_id=each.institute_id
        )
        for each in one.outcome.candidates
        for served in each.served
    }
    return (*places, *sites.values())


def recommendation_line(one: Recommendation) -> RecommendationLine:
    shown: Candidate | None = one.outcome.candidate(one.institute_id) or next(
        iter(one.outcome.candidates), None
    )
    return RecommendationLine(
        recommendation_id=one.id,
        partner_id=one.partner_id,
        status=one.status,
        made_at=one.made_at,
        name=shown.name if shown else "",
        gross=shown.quote.gross if shown else 0,
        currency=one.answers.currency,
    )
