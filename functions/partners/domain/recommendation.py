"""A recommendation: what was found for a partner on one day, from which data, and what became of it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from pydantic import Field

from functions.partners.domain.answers import Answers
from functions.partners.domain.institute import Institute
from functions.partners.domain.market_head import MarketPins
from functions.partners.domain.outcome import Candidate, Outcome
from functions.partners.domain.partner import belongs_to
from functions.partners.domain.taking import require_offered, room_taken
from functions.partners.domain.weights import Weights
from shared.contracts.partners import ChoiceWithdrawn, HumanOfferAsked, InstituteChosen
from shared.kernel.actors import Actor, Scope
from shared.kernel.effects import Publish
from shared.kernel.errors import NotFound
from shared.kernel.records import Decision, Sealed
from shared.kernel.states import Stateful


class NothingToAccept(NotFound):
    """This institute is not among those that were recommended."""


class RecommendationStatus(StrEnum):
    OFFERED = "offered"
    HUMAN_ASKED = "human_asked"  # somebody will call
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # after it was accepted: the room is free again


class RecommendationEvent(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK_HUMAN = "ask human"
    WITHDRAW = "withdraw"


_S, _E = RecommendationStatus, RecommendationEvent
TRANSITIONS: Final[Mapping[tuple[RecommendationStatus, RecommendationEvent], RecommendationStatus]] = {
    (_S.OFFERED, _E.ACCEPT): _S.ACCEPTED,
    (_S.OFFERED, _E.DECLINE): _S.DECLINED,
    (_S.OFFERED, _E.ASK_HUMAN): _S.HUMAN_ASKED,
    (_S.HUMAN_ASKED, _E.ACCEPT): _S.ACCEPTED,
    (_S.HUMAN_ASKED, _E.DECLINE): _S.DECLINED,
    (_S.ACCEPTED, _E.WITHDRAW): _S.WITHDRAWN,
}


class Recommendation(Stateful):
    """`answers`, `weights`, `on`, `pins` and the versions named there are all that `outcome` follows from.
    `room` of an accepted one: services a month that it takes, by site of `institute_id`."""

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
    room: Mapping[str, int] = Field(default_factory=dict)
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
    """Only for the price that was told, and while there is room. Raises OfferChanged and NoRoomLeft."""
    after = one.after(RecommendationEvent.ACCEPT, institute_id=candidate.institute_id)
    offered = require_offered(institute, one.answers, candidate.quote.gross, today)
    after = after.but(room=room_taken(offered.sites, one.answers))
    told = Publish(
        key=f"{one.id}.chosen",
        message=InstituteChosen(recommendation_id=one.id, institute_id=candidate.institute_id),
    )
    return Decision(after, "accepted", {"institute_id": candidate.institute_id}, (told,))


def withdrawn(one: Recommendation, reason: str) -> Decision[Recommendation]:
    """The contract ended, or never came about."""
    after = one.after(RecommendationEvent.WITHDRAW, reason=reason)
    told = Publish(
        key=f"{one.id}.withdrawn",
        message=ChoiceWithdrawn(recommendation_id=one.id, institute_id=one.institute_id),
    )
    return Decision(after, "withdrawn", {"institute_id": one.institute_id}, (told,), note=reason)


def declined(one: Recommendation, reason: str) -> Decision[Recommendation]:
    return Decision(one.after(RecommendationEvent.DECLINE, reason=reason), "declined", note=reason)


def human_asked(one: Recommendation, note: str) -> Decision[Recommendation]:
    after = one.after(RecommendationEvent.ASK_HUMAN)
    told = Publish(key=f"{one.id}.human", message=HumanOfferAsked(recommendation_id=one.id))
    return Decision(after, "human_asked", {}, (told,), note=note)
