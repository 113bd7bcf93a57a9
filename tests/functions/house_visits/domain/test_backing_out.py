"""A word in the chat that somebody cannot come: whether it is about the visit as it stands."""

import pytest

from functions.house_visits.domain.backing_out import doubted, is_about
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.chat import WorkerCannot
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    offer,
    searching,
    visit,
    won_by_anna,
    won_by_clinic,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA

WON_AT = NOW - 10 * MINUTE


def wrote(**facts: object) -> WorkerCannot:
    return WorkerCannot(case_id="v1", doctor_id=ANNA, at=NOW, is_sure=False).but(**facts)


def test_it_counts_from_the_instant_at_which_they_took_the_visit() -> None:
    assert is_about(wrote(), won_by_anna())
    assert is_about(wrote(at=WON_AT), won_by_anna())
    assert not is_about(wrote(at=WON_AT - MINUTE), won_by_anna())


@pytest.mark.parametrize(
    "other",
    [
        won_by_anna().but(status=VisitStatus.COMPLETED),
        won_by_anna().but(status=VisitStatus.CANCELLED),
        won_by_clinic(),
        searching(offer(ANNA)),
        visit(),
    ],
)
def test_who_does_not_have_the_visit_now_takes_nothing_back(other: Visit) -> None:
    assert is_about(wrote(), other) is False


def test_the_word_of_another_doctor_takes_nothing_back() -> None:
    assert not is_about(wrote(doctor_id=EWA), won_by_anna())


def test_a_doubt_waits_for_a_person_and_is_told_once() -> None:
    before = won_by_anna()
    decision = doubted(before, wrote())
    assert told(before, decision) == said(
        """
        winner_said_no doctor_id=d-anna channel=chat
          attention: "" > winner_said_no
        """
    )
    assert decision is not None
    assert doubted(decision.record, wrote()) is None
