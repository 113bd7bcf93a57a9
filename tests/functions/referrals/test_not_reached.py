"""A notice was handed over and comes back later: the referral shows that its person was not reached."""

import pytest

from functions.referrals.domain.combining import NotYoursToAsk
from functions.referrals.domain.referral import Referral
from functions.referrals.get_referral import GetReferral, get_referral
from functions.referrals.invite_again import InviteAgain, invite_again
from functions.referrals.search_referrals import SearchReferrals, search_referrals
from shared.contracts.patients import Patient
from shared.kernel.actors import Actor
from tests.functions.referrals.orders import issue
from tests.functions.referrals.people import as_employer, employee
from tests.functions.referrals.places import practice
from tests.functions.referrals.test_examination import PHONE
from tests.functions.referrals.test_reminders import Choosy
from tests.world import OPERATOR, World

__all__ = ["practice"]
MAIL = "zofia@example.org"


def referred(world: World) -> Referral:
    seen = issue(world)
    world.settle()
    return world.record(Referral, seen.referral_id)


def text_comes_back(world: World, status: str = "undelivered") -> None:
    """Hours later, as the carrier reports it."""
    texted = [one for one in world.phones.sent if one.sms.to == PHONE][-1]
    for _ in range(2):
        world.reported(texted, status)
        world.settle()


def by_text_alone(world: World) -> None:
    world.given(employee(email=""), world.record(Patient, "p-1").but(email=""))


def found(world: World, as_: Actor, **filters: bool) -> list[str]:
    seen = world.call(search_referrals, SearchReferrals(**filters), as_=as_)
    return [one.referral_id for one in seen.referrals]


def test_who_gets_the_mail_is_reached_though_the_text_came_back(practice: World) -> None:
    referral = referred(practice)
    text_comes_back(practice)
    after = practice.record(Referral, referral.id)
    assert (after.is_unreached, after.attention) == (False, "")
    assert practice.log_of(after).count("notice_came_back") == 1


def test_who_is_reached_by_nothing_is_seen_by_employer_and_operator(practice: World) -> None:
    by_text_alone(practice)
    referral = referred(practice)
    assert found(practice, as_employer(), unreached=True) == []
    text_comes_back(practice)
    asked = GetReferral(referral_id=referral.id)
    assert practice.call(get_referral, asked, as_=as_employer()).unreached
    assert found(practice, as_employer(), unreached=True) == [referral.id]
    assert found(practice, OPERATOR, waits_for_person=True) == [referral.id]
    after = practice.record(Referral, referral.id)
    assert after.attention == "employee_not_reached"
    assert practice.log_of(after).count("employee_not_reached") == 1


def test_a_mail_that_is_refused_counts_as_well(practice: World) -> None:
    Choosy(practice, MAIL)
    referral = referred(practice)
    assert not practice.record(Referral, referral.id).is_unreached
    text_comes_back(practice, "failed")
    assert practice.record(Referral, referral.id).is_unreached


def test_another_invitation_begins_anew_and_news_of_the_older_one_change_nothing(practice: World) -> None:
    by_text_alone(practice)
    referral = referred(practice)
    first = [one for one in practice.phones.sent if one.sms.to == PHONE][-1]
    text_comes_back(practice)
    practice.call(invite_again, InviteAgain(referral_id=referral.id), as_=OPERATOR)
    practice.settle()
    after = practice.record(Referral, referral.id)
    assert (after.is_unreached, after.attention) == (False, "")
    practice.reported(first, "failed")
    practice.settle()
    assert not practice.record(Referral, referral.id).is_unreached


def test_who_has_neither_phone_nor_address_is_seen_at_once(practice: World) -> None:
    practice.given(employee(phone="", email=""), practice.record(Patient, "p-1").but(phone="", email=""))
    referral = referred(practice)
    assert found(practice, as_employer(), unreached=True) == [referral.id]


def test_an_employer_does_not_ask_what_we_have_to_look_at(practice: World) -> None:
    with pytest.raises(NotYoursToAsk):
        found(practice, as_employer(), waits_for_person=True)
