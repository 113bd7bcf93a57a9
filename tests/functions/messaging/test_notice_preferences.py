"""A person reads what they may be told, refuses what may be refused, and has quiet when they want it."""

from datetime import time, timedelta

import pytest

from functions.messaging.domain.preferring import MustBeTold, NoSuchNotice, QuietTooLong
from functions.messaging.get_notice_preferences import (
    GetNoticePreferences,
    MyNotices,
    get_notice_preferences,
)
from functions.messaging.set_notice_preferences import SetNoticePreferences, set_notice_preferences
from shared.contracts.notice_rules import NoticePreferences, Refused, preferences_id
from shared.contracts.notices import Channel, Refusing
from shared.kernel.actors import Actor, Role
from shared.kernel.times import QuietHours
from tests.people import ANNA, as_doctor
from tests.world import TENANT, World

ME = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="zofia", record_id="p-1")
BOSS = Actor(role=Role.EMPLOYER, tenant_id=TENANT, user_id="hr", record_id="e-1")
READY = Refused(notice="certificates.ready", channel=Channel.SMS)
LATE_RISER = QuietHours(begins=time(22), ends=time(10))


def mine(world: World, actor: Actor = ME) -> MyNotices:
    found: MyNotices = world.call(get_notice_preferences, GetNoticePreferences(), as_=actor)
    return found


def test_who_has_said_nothing_wants_everything(world: World) -> None:
    seen = mine(world)
    assert all(one.wanted for one in seen.notices)
    assert seen.quiet_hours is None
    names = {one.notice for one in seen.notices}
    assert {"certificates.ready", "house_visits.booked", "referrals.invited"} <= names
    assert "house_visits.offer" not in names


def test_what_is_chosen_is_kept_and_shown(world: World) -> None:
    choice = SetNoticePreferences(refused=(READY,), quiet_hours=LATE_RISER)
    told = world.call(set_notice_preferences, choice, as_=ME)
    seen = mine(world)
    assert seen.notices == told.notices
    assert seen.quiet_hours == LATE_RISER
    refused = [(one.notice, one.channel) for one in seen.notices if not one.wanted]
    assert refused == [("certificates.ready", Channel.SMS)]
    assert all(one.may_refuse == Refusing.PREFERENCES for one in seen.notices if not one.wanted)


def test_choosing_again_replaces_all_of_it_and_the_same_again_changes_nothing(world: World) -> None:
    for refused in ((READY,), (READY, READY), ()):
        world.call(set_notice_preferences, SetNoticePreferences(refused=refused), as_=ME)
    kept = world.record(NoticePreferences, preferences_id(TENANT, Role.PATIENT, "p-1"))
    assert kept.refused == ()
    assert world.log_of(kept) == ["chosen", "chosen"]


@pytest.mark.parametrize(
    "notice", ["house_visits.booked", "house_visits.cancelled", "certificates.void", "referrals.scheduled"]
)
def test_what_must_be_told_cannot_be_refused(world: World, notice: str) -> None:
    choice = SetNoticePreferences(refused=(Refused(notice=notice, channel=Channel.MAIL),))
    with pytest.raises(MustBeTold):
        world.call(set_notice_preferences, choice, as_=ME)
    assert all(one.wanted for one in mine(world).notices)


@pytest.mark.parametrize(
    ("notice", "channel"),
    [
        ("chat.unread", Channel.SMS),  # a doctor's
        ("certificates.ready", Channel.PUSH),
        ("no.such", Channel.SMS),
        ("", Channel.MAIL),
    ],
)
def test_what_is_no_notice_of_theirs_is_refused_by_name(world: World, notice: str, channel: Channel) -> None:
    choice = SetNoticePreferences(refused=(Refused(notice=notice, channel=channel),))
    with pytest.raises(NoSuchNotice):
        world.call(set_notice_preferences, choice, as_=ME)


def test_nobody_can_be_quiet_all_day(world: World) -> None:
    choice = SetNoticePreferences(quiet_hours=QuietHours(begins=time(8), ends=time(7)))
    with pytest.raises(QuietTooLong):
        world.call(set_notice_preferences, choice, as_=ME)


def test_doctor_patient_and_employer_of_one_id_have_each_their_own(world: World) -> None:
    doctor, boss = as_doctor("p-1"), BOSS.but(record_id="p-1")
    world.call(set_notice_preferences, SetNoticePreferences(refused=(READY,)), as_=ME)
    assert all(one.wanted for one in mine(world, doctor).notices)
    assert all(one.wanted for one in mine(world, boss).notices)
    unread = Refused(notice="chat.unread", channel=Channel.SMS)
    world.call(set_notice_preferences, SetNoticePreferences(refused=(unread,)), as_=as_doctor(ANNA))
    assert [one.notice for one in mine(world, as_doctor(ANNA)).notices if not one.wanted] == ["chat.unread"]


def test_a_repeated_request_is_answered_and_done_once(world: World) -> None:
    choice = SetNoticePreferences(refused=(READY,))
    first = world.call(set_notice_preferences, choice, as_=ME, key="one-key-0001")
    world.clock.advance(timedelta(seconds=5))
    assert world.call(set_notice_preferences, choice, as_=ME, key="one-key-0001") == first
    kept = world.record(NoticePreferences, preferences_id(TENANT, Role.PATIENT, "p-1"))
    assert world.log_of(kept) == ["chosen"]
