"""A recommendation: what was found for a partner on one day, from which data, and what became of it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from functions.partners.domain.answers import Answers
from functions.partners.domain.institute import Institute
from functions.partners.domain.market_head import MarketPins
from functions.partners.domain.outcome import Candidate, Outcome
from functions.partners.domain.partner import belongs_to
from functions.partners.domain.quoting import quoted
from functions.partners.domain.weights import Weights
from shared.contracts.partners import HumanOfferAsked, InstituteChosen
from shared.kernel.actors import Actor, Scope
from shared.kernel.effects import Publish
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.records import Decision, Sealed
from shared.kernel.states import Stateful


class OfferChanged(Conflict):
    """The institute's offer has changed since: ask for a new recommendation."""


class NothingToAccept(NotFound):
    """This institute is not among those that were recommended."""


class RecommendationStatus(StrEnum):
    OFFERED = "offered"
    HUMAN_ASKED = "human_asked"  # somebody will call
    ACCEPTED = "accepted"
    DECLINED = "declined"


class RecommendationEvent(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK_HUMAN = "ask human"


_S, _E = RecommendationStatus, RecommendationEvent
TRANSITIONS: Final[Mapping[tuple[RecommendationStatus, RecommendationEvent], RecommendationStatus]] = {
    (_S.OFFERED, _E.ACCEPT): _S.ACCEPTED,
    (_S.OFFERED, _E.DECLINE): _S.DECLINED,
    (_S.OFFERED, _E.ASK_HUMAN): _S.HUMAN_ASKED,
    (_S.HUMAN_ASKED, _E.ACCEPT): _S.ACCEPTED,
    (_S.HUMAN_ASKED, _E.DECLINE): _S.DECLINED,
}


class Recommendation(Stateful):
    """`answers`, `weights`, `on`, `pins` and the versions named there are all that `outcome` follows from."""

    kind: ClassVar[str] = "recommendations"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    partner_id: str
    upload_id: str
    status: RecommendationStatus = RecommendationStatus.OFFERED
    made_at: datetime
    on: date
    answers: Answers
    weights: Weights
    weights_version: int
    services_version: int
    pins: MarketPins
    outcome: Outcome
    outcome_sha256: str
    institute_id: str = ""
    reason: Sealed = ""

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return belongs_to(self.partner_id, actor, scope)


def chosen(one: Recommendation, institute_id: str) -> Candidate:
    """The named candidate, or the first. Raises NothingToAccept."""
    found = one.outcome.candidate(institute_id or _first(one.outcome))
    if found is None:
        raise NothingToAccept
    return found


def _first(outcome: Outcome) -> str:
    return outcome.candidates[0].institute_id if outcome.candidates else ""


def accepted(
    one: Recommendation, candidate: Candidate, institute: Institute | None, today: date
) -> Decision[Recommendation]:
    """Only for the price that was told. Raises OfferChanged."""
    if institute is None or not institute.active:
        raise OfferChanged
    if institute.version != candidate.number or today != one.on:
        now = quoted(institute.price_lists, one.answers, today)
        if now is None or (now.gross, now.currency) != (candidate.quote.gross, candidate.quote.currency):
            raise OfferChanged
    after = one.after(RecommendationEvent.ACCEPT, institute_id=candidate.institute_id)
    told = Publish(
        key=f"{one.id}.chosen",
        message=InstituteChosen(recommendation_id=one.id, institute_id=candidate.institute_id),
    )
    return Decision(after, "accepted", {"institute_id": candidate.institute_id}, (told,))


def declined(one: Recommendation, reason: str) -> Decision[Recommendation]:
    return Decision(one.after(RecommendationEvent.DECLINE, reason=reason), "declined", note=reason)


def human_asked(one: Recommendation, note: str) -> Decision[Recommendation]:
    after = one.after(RecommendationEvent.ASK_HUMAN)
    told = Publish(key=f"{one.id}.human", message=HumanOfferAsked(recommendation_id=one.id))
    return Decision(after, "human_asked", {}, (told,), note=note)
