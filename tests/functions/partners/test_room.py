"""The room that accepted offers take: the last of it has one taker, and it counts for whoever asks next."""

import pytest

from functions.partners.domain.institute import Institute
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.taking import NoRoomLeft, OfferChanged
from functions.partners.list_sites import ListSites, list_sites
from functions.partners.put_site import PutSite, put_site
from functions.partners.recompute_recommendation import RecomputeRecommendation, recompute_recommendation
from functions.partners.withdraw_acceptance import WithdrawAcceptance, withdraw_acceptance
from shared.kernel.states import NotPossibleNow
from tests.functions.partners.an_institute import CODES, hours
from tests.functions.partners.desk import (
    NEAR,
    STRANGER,
    a_partner,
    accept,
    an_institute,
    brought,
    recommend,
)
from tests.world import ADMIN, World

NEED = 30
"""Of the questionnaire that these tests fill in: 350 services a year."""


@pytest.fixture
def scarce(world: World) -> World:
    """Two partners; alfa is the cheaper one, and each institute has room for only one of them."""
    a_partner(world)
    a_partner(world, "partner-2")
    an_institute(world, "alfa", net=100_00, capacity=NEED + 5)
    an_institute(world, "beta", net=120_00, capacity=NEED + 5)
    return world


@pytest.fixture
def made(scarce: World) -> str:
    return recommend(scarce, brought(scarce).upload_id).recommendation_id


@pytest.fixture
def theirs(scarce: World) -> str:
    upload = brought(scarce, as_=STRANGER)
    return recommend(scarce, upload.upload_id, STRANGER).recommendation_id


def taken(world: World, key: str = "alfa") -> int:
    return world.record(Institute, key).sites[0].taken


def withdraw(world: World, key: str) -> str:
    wish = WithdrawAcceptance(recommendation_id=key, reason="umowa się skończyła")
    return world.call(withdraw_acceptance, wish, as_=ADMIN).status


def test_an_accepted_offer_takes_its_room_in_the_same_commit(scarce: World, made: str) -> None:
    assert taken(scarce) == 0
    accept(scarce, made)
    assert scarce.record(Recommendation, made).room == {"main": NEED}
    assert (taken(scarce), taken(scarce, "beta")) == (NEED, 0)
    shown = {
        one.institute_id: one.sites[0] for one in scarce.call(list_sites, ListSites(), as_=ADMIN).institutes
    }
    assert (shown["alfa"].capacity, shown["alfa"].taken) == (NEED + 5, NEED)
    assert scarce.log_of(scarce.record(Institute, "alfa"))[-1] == "room_taken"
    with pytest.raises(NotPossibleNow):
        accept(scarce, made)
    assert taken(scarce) == NEED


def test_of_two_who_want_the_last_room_one_has_it(scarce: World, made: str, theirs: str) -> None:
    accept(scarce, theirs, as_=STRANGER)
    with pytest.raises(NoRoomLeft):
        accept(scarce, made)
    assert (taken(scarce), scarce.record(Recommendation, made).status) == (NEED, "offered")
    assert accept(scarce, made, "beta").name == "Beta"


def test_what_is_taken_counts_for_whoever_asks_next(scarce: World, theirs: str) -> None:
    accept(scarce, theirs, as_=STRANGER)
    found = recommend(scarce, brought(scarce).upload_id)
    assert [one.name for one in found.outcome.candidates] == ["Beta"]
    site_put(scarce, institute_id="beta", capacity=0)
    nobody = recommend(scarce, found.upload_id)
    assert nobody.said.near_misses[0] == (f"ma miejsce na 5 usług miesięcznie, a potrzeba {NEED}",)


def test_an_old_recommendation_is_computed_again_to_the_byte(scarce: World, made: str, theirs: str) -> None:
    accept(scarce, theirs, as_=STRANGER)
    accept(scarce, made, "beta")
    for key in (made, theirs):
        wish = RecomputeRecommendation(recommendation_id=key)
        assert scarce.call(recompute_recommendation, wish, as_=ADMIN).same


def test_what_is_withdrawn_is_free_again_once(scarce: World, made: str, theirs: str) -> None:
    with pytest.raises(NotPossibleNow):
        withdraw(scarce, theirs)
    accept(scarce, theirs, as_=STRANGER)
    assert withdraw(scarce, theirs) == "withdrawn"
    with pytest.raises(NotPossibleNow):
        withdraw(scarce, theirs)
    assert taken(scarce) == 0
    assert accept(scarce, made).name == "Alfa"
    assert scarce.log_of(scarce.record(Institute, "alfa"))[-3:] == [
        "room_taken", "room_given_back", "room_taken",
    ]  # fmt: skip


def site_put(world: World, **facts: object) -> None:
    wish = PutSite(
        institute_id="alfa", site_id="main", name="Centrum", city="Warszawa", position=NEAR,
        services=frozenset(CODES), languages=frozenset({"pl", "en"}), capacity=NEED + 5, hours=hours(),
    )  # fmt: skip
    world.call(put_site, wish.but(**facts), as_=ADMIN)


def test_a_site_that_is_put_anew_keeps_what_is_taken_there(scarce: World, made: str) -> None:
    accept(scarce, made)
    site_put(scarce, capacity=10)
    site = scarce.record(Institute, "alfa").sites[0]
    assert (site.capacity, site.taken, site.free) == (10, NEED, 0)
    withdraw(scarce, made)
    assert scarce.record(Institute, "alfa").sites[0].free == 10


@pytest.mark.parametrize(
    "facts",
    [
        {"languages": frozenset({"pl"})},
        {"services": frozenset(CODES[5:])},
        {"position": NEAR.but(lat=50.06, lon=19.94)},
    ],
)
def test_who_no_longer_meets_a_condition_is_not_taken_by_surprise(
    scarce: World, made: str, facts: dict[str, object]
) -> None:
    site_put(scarce, **facts)
    with pytest.raises(OfferChanged):
        accept(scarce, made)
    assert taken(scarce) == 0
