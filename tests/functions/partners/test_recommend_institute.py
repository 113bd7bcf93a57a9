"""From a questionnaire to an institute, and what becomes of the offer."""

from datetime import timedelta

import pytest

from functions.partners.decline_recommendation import DeclineRecommendation, decline_recommendation
from functions.partners.domain.market_head import PACK_AFTER, MarketHead, PackMarket
from functions.partners.domain.recommendation import NothingToAccept, Recommendation
from functions.partners.domain.recommending import NotReadYet
from functions.partners.domain.taking import OfferChanged
from functions.partners.domain.weights import Weights
from functions.partners.get_recommendation import GetRecommendation, get_recommendation
from functions.partners.list_recommendations import ListRecommendations, list_recommendations
from functions.partners.put_site import PutSite, put_site
from functions.partners.recompute_recommendation import RecomputeRecommendation, recompute_recommendation
from functions.partners.renew_market import renew_market
from functions.partners.request_human_offer import RequestHumanOffer, request_human_offer
from shared.kernel.actors import Actor
from shared.kernel.errors import NotFound
from shared.kernel.places import Position
from shared.kernel.states import NotPossibleNow
from tests.functions.partners.an_institute import CODES, TODAY, flat
from tests.functions.partners.desk import (
    NEAR,
    PARTNER_USER,
    STRANGER,
    a_partner,
    accept,
    an_institute,
    brought,
    put_prices,
    recommend,
    start,
)
from tests.functions.partners.filled import one
from tests.world import ADMIN, TENANT, World


@pytest.fixture
def made(market: World) -> str:
    return recommend(market, brought(market).upload_id).recommendation_id


def recomputed(world: World, key: str) -> bool:
    return world.call(
        recompute_recommendation, RecomputeRecommendation(recommendation_id=key), as_=ADMIN
    ).same


def test_the_best_comes_first_with_its_quotation_and_its_reasons(market: World) -> None:
    found = recommend(market, brought(market).upload_id)
    first, second = found.outcome.candidates
    assert (first.name, second.name) == ("Alfa", "Beta")
    assert first.quote.gross == (30 + 120 + 200) * 100_00
    assert "Alfa" in found.said.why_first
    assert "cena" in found.said.why_first
    assert "Beta" in found.said.smallest_change
    assert len(found.said.runners_up) == 1
    kinds = [(each.kind, each.institute_id) for each in found.map]
    assert kinds == [("location", ""), ("location", ""), ("site", "alfa"), ("site", "beta")]


def test_when_nothing_fits_the_nearest_misses_say_why(market: World) -> None:
    found = recommend(market, brought(market, one("Lokalizacje", "I5", "x")).upload_id)
    assert found.outcome.candidates == ()
    assert found.said.near_misses[0] == ("nikt nie mówi: ukraiński",)
    with pytest.raises(NothingToAccept):
        accept(market, found.recommendation_id)


def test_a_partners_own_weights_count(market: World) -> None:
    far, budget = Position(lat=52.20, lon=21.1), one("Firma", "C7", 40_000)
    an_institute(market, "cheap", net=50_00, at=far)
    assert recommend(market, brought(market, budget).upload_id).outcome.candidates[0].name == "Cheap"
    a_partner(market, weights=Weights(coverage=1000, price=0, languages=0, capacity=0, hours=0))
    found = recommend(market, brought(market, budget, one("Firma", "C5", 38)).upload_id)
    assert [each.name for each in found.outcome.candidates][-1] == "Cheap"


def test_what_is_not_read_is_not_recommended_for(market: World) -> None:
    with pytest.raises(NotReadYet):
        recommend(market, start(market, b"x").upload_id)


def test_an_old_recommendation_can_be_computed_again_whatever_changed(market: World, made: str) -> None:
    before = market.record(Recommendation, made)
    put_prices(market, "alfa", flat(300_00, CODES, TODAY))
    an_institute(market, "gamma", net=1_00)
    leaves(market, "beta")
    pack(market)
    assert recomputed(market, made)
    market.restart()
    assert recomputed(market, made)
    again = recommend(market, before.upload_id)
    assert [each.name for each in again.outcome.candidates] == ["Gamma", "Alfa"]
    assert recomputed(market, again.recommendation_id)


def leaves(world: World, key: str) -> None:
    left = PutSite(
        institute_id=key,
        site_id="main",
        institute_active=False,
        name="Centrum",
        city="Warszawa",
        position=NEAR,
        services=frozenset(CODES),
        languages=frozenset({"pl"}),
        capacity=500,
    )
    world.call(put_site, left, as_=ADMIN)


def pack(world: World) -> None:
    world.tick(renew_market)
    world.settle()


def test_many_changes_make_a_new_edition_and_nothing_is_lost(market: World) -> None:
    for number in range(PACK_AFTER):
        an_institute(market, f"more-{number:02d}", net=200_00 + number)
    market.settle()
    head = market.record(MarketHead, TENANT)
    assert (head.edition >= 1, len(head.changed) < PACK_AFTER) == (True, True)
    found = recommend(market, brought(market).upload_id)
    assert (found.outcome.considered, found.outcome.candidates[0].name) == (PACK_AFTER + 2, "Alfa")


def test_packing_twice_or_late_changes_nothing(market: World) -> None:
    market.tasks_come_twice()
    pack(market)
    head = market.record(MarketHead, TENANT)
    assert (head.edition, head.changed) == (1, {})
    assert PackMarket(edition=1).edition == head.edition


def test_accepting_is_for_the_price_that_was_told(market: World, made: str) -> None:
    assert accept(market, made).status == "accepted"
    assert market.log_of(market.record(Recommendation, made)) == ["recommended", "accepted"]
    with pytest.raises(NotPossibleNow):
        accept(market, made)


def test_another_one_that_was_shown_may_be_taken(market: World, made: str) -> None:
    with pytest.raises(NothingToAccept):
        accept(market, made, "gamma")
    line = accept(market, made, "beta")
    assert (line.name, line.gross) == ("Beta", 350 * 120_00)


def test_an_offer_that_changed_meanwhile_is_not_accepted_by_surprise(market: World, made: str) -> None:
    put_prices(market, "alfa", flat(101_00, CODES, TODAY))
    with pytest.raises(OfferChanged):
        accept(market, made)
    assert accept(market, made, "beta").status == "accepted"


def test_a_change_that_leaves_the_price_does_no_harm(market: World, made: str) -> None:
    put_prices(market, "alfa", flat(500_00, CODES, TODAY + timedelta(days=1)))
    assert accept(market, made).status == "accepted"


def test_an_institute_that_left_is_not_accepted(market: World, made: str) -> None:
    leaves(market, "alfa")
    with pytest.raises(OfferChanged):
        accept(market, made)


def test_declining_and_asking_for_a_person(market: World, made: str) -> None:
    asked = RequestHumanOffer(recommendation_id=made, note="proszę o telefon")
    assert market.call(request_human_offer, asked, as_=PARTNER_USER).status == "human_asked"
    no = DeclineRecommendation(recommendation_id=made, reason="za drogo")
    assert market.call(decline_recommendation, no, as_=PARTNER_USER).status == "declined"
    with pytest.raises(NotPossibleNow):
        market.call(request_human_offer, asked, as_=PARTNER_USER)


def test_partners_list_their_own_and_staff_all(market: World, made: str) -> None:
    def listed(as_: Actor, **wish: object) -> list[str]:
        page = market.call(list_recommendations, ListRecommendations(**wish), as_=as_)
        return [each.recommendation_id for each in page.recommendations]

    assert listed(PARTNER_USER) == listed(ADMIN) == listed(ADMIN, status="offered") == [made]
    assert listed(STRANGER) == listed(ADMIN, status="declined") == []
    assert listed(PARTNER_USER, status="offered") == [made]
    with pytest.raises(NotFound):
        market.call(get_recommendation, GetRecommendation(recommendation_id=made), as_=STRANGER)
