"""A company looks for an institute: a questionnaire filled in, corrected, answered, and an offer taken."""

import pytest

from functions.partners.domain.institute import Institute
from functions.partners.domain.partner import UploadDesk
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.taking import NoRoomLeft
from functions.partners.domain.upload import Upload
from functions.partners.download_recommendation import DownloadRecommendation, download_recommendation
from functions.partners.list_recommendations import ListRecommendations, list_recommendations
from functions.partners.recompute_recommendation import RecomputeRecommendation, recompute_recommendation
from functions.partners.withdraw_acceptance import WithdrawAcceptance, withdraw_acceptance
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.functions.partners.desk import (
    PARTNER_USER,
    STRANGER,
    a_market,
    a_partner,
    accept,
    an_institute,
    brought,
    finish,
    look,
    questionnaire,
    recommend,
    send,
    start,
)
from tests.functions.partners.filled import PARTNER, edited, filled, one
from tests.world import ADMIN, World


@pytest.fixture
def market(world: World) -> World:
    return a_market(world)


def test_from_a_blank_questionnaire_to_an_offer_that_is_taken(market: World) -> None:
    market.tasks_come_twice()
    read = brought(market)
    assert (read.status, read.issues) == ("read", ())
    found = recommend(market, read.upload_id)
    assert [one.name for one in found.outcome.candidates] == ["Alfa", "Beta"]
    key = found.recommendation_id
    paper = market.call(
        download_recommendation, DownloadRecommendation(recommendation_id=key), as_=PARTNER_USER
    )
    assert market.download(paper.url).startswith(b"%PDF")
    accept(market, key)
    market.settle()
    with pytest.raises(NotPossibleNow):
        accept(market, key)
    assert market.log_of(market.record(Recommendation, key)) == ["recommended", "accepted"]
    assert market.log_of(market.record(Upload, read.upload_id)) == ["announced", "arrived", "read"]
    again = market.call(recompute_recommendation, RecomputeRecommendation(recommendation_id=key), as_=ADMIN)
    assert again.same


def test_a_faulty_workbook_comes_back_marked_and_is_read_once_it_is_mended(market: World) -> None:
    faulty = brought(market, one("Firma", "C5", "dużo"), one("Usługi", "C6", "nie"))
    assert [(each.sheet, each.cell) for each in faulty.issues] == [("Firma", "C5"), ("Usługi", "D6")]
    with pytest.raises(NotFound):
        look(market, faulty.upload_id, STRANGER)
    marked = market.download(faulty.marked_url)
    mended = edited(marked, one("Firma", "C5", 40), one("Usługi", "C6", "tak"))
    assert brought(market, content=mended).status == "read"


def test_a_newer_upload_wins_over_an_older_one_that_arrives_late(market: World) -> None:
    file = filled(content=questionnaire(market))
    corrected = edited(file, one("Firma", "C5", 50))
    older, newer = start(market, file), start(market, corrected)
    for each, content in ((newer, corrected), (older, file)):
        send(market, each, content)
        market.settle()
        finish(market, each.upload_id)
    assert [look(market, each.upload_id).status for each in (older, newer)] == ["superseded", "read"]
    assert market.log_of(market.record(Upload, older.upload_id)) == ["announced", "superseded"]
    assert market.record(UploadDesk, PARTNER).reading == ""


def test_the_same_file_twice_is_one_result(market: World) -> None:
    file = filled(content=questionnaire(market))
    first, again = brought(market, content=file), brought(market, content=file)
    assert (first.status, again.status, again.same_as) == ("read", "same", first.upload_id)
    recommend(market, first.upload_id)
    listed = market.call(list_recommendations, ListRecommendations(), as_=PARTNER_USER)
    assert len(listed.recommendations) == 1


def test_the_last_room_of_an_institute_has_one_taker_until_it_is_withdrawn(market: World) -> None:
    a_partner(market, "partner-2")
    an_institute(market, "gamma", net=90_00, capacity=35)
    mine, theirs = (
        recommend(market, brought(market, as_=each).upload_id, each).recommendation_id
        for each in (PARTNER_USER, STRANGER)
    )
    accept(market, theirs, "gamma", as_=STRANGER)
    with pytest.raises(NoRoomLeft):
        accept(market, mine, "gamma")
    withdrawn = WithdrawAcceptance(recommendation_id=theirs, reason="umowa się skończyła")
    market.call(withdraw_acceptance, withdrawn, as_=ADMIN)
    assert accept(market, mine, "gamma").name == "Gamma"
    assert market.record(Institute, "gamma").sites[0].taken == 30
