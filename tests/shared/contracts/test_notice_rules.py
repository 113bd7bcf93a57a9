"""The decision about a notice: who is told now, who later, who not, and why."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.notice_rules import (
    READERS,
    NoticePreferences,
    Refused,
    Why,
    decide,
    earliest,
    preferences_id,
    ways_of,
)
from shared.contracts.notices import NOTICES, Channel, Haste, Refusing
from shared.kernel.actors import STAFF, Actor, Role, Scope
from shared.kernel.times import QuietHours
from tests.world import TENANT

READY = NOTICES["certificates.ready"]  # waits, and may be refused
VOID = NOTICES["certificates.void"]  # waits, and may not be refused
BOOKED = NOTICES["house_visits.booked"]  # does neither
BOTH = frozenset({Channel.SMS, Channel.MAIL})
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight in Warsaw
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # seven
REFUSES = {(one.name, way) for one in (READY, VOID, BOOKED) for way in Channel}


def wants(*refused: tuple[str, Channel], quiet: QuietHours | None = None) -> NoticePreferences:
    return NoticePreferences(
        id=preferences_id(TENANT, Role.PATIENT, "p-1"),
        tenant_id=TENANT,
        role=Role.PATIENT,
        record_id="p-1",
        refused=tuple(Refused(notice=name, channel=way) for name, way in refused),
        quiet_hours=quiet,
    )


def test_by_day_it_goes_by_every_way_there_is() -> None:
    verdict = decide(READY, BOTH, NOON)
    assert (verdict.by, verdict.at, verdict.why_not) == ((Channel.SMS, Channel.MAIL), NOON, {})
    assert not verdict.waits(NOON)


def test_at_night_it_waits_for_the_morning_unless_it_is_urgent() -> None:
    assert decide(READY, BOTH, NIGHT).at == MORNING
    assert decide(READY, BOTH, NIGHT).waits(NIGHT)
    assert decide(BOOKED, BOTH, NIGHT).at == NIGHT
    assert decide(NOTICES["house_visits.offer"], BOTH, NIGHT).at == NIGHT  # the operator's word counts


def test_a_timer_that_is_a_moment_early_is_on_time() -> None:
    early = MORNING.replace(hour=5, minute=59, second=40)
    assert not decide(READY, BOTH, early).waits(early)


def test_the_readers_own_quiet_hours_come_before_those_of_the_place() -> None:
    afternoons = QuietHours(begins=time(12), ends=time(16))
    assert decide(READY, BOTH, NOON, preferences=wants(quiet=afternoons)).at > NOON
    assert decide(READY, BOTH, NIGHT, preferences=wants(quiet=afternoons)).at == NIGHT
    assert earliest(READY, NOON, afternoons) > NOON


def test_what_may_be_refused_does_not_go_by_the_way_it_was_refused_for() -> None:
    verdict = decide(READY, BOTH, NOON, preferences=wants((READY.name, Channel.SMS)))
    assert (verdict.by, verdict.why_not) == ((Channel.MAIL,), {Channel.SMS: Why.REFUSED})
    assert not verdict.is_refused
    silent = decide(READY, BOTH, NOON, preferences=wants(*REFUSES))
    assert silent.by == ()
    assert silent.is_refused
    assert silent.reasons == {"no_sms": "refused", "no_mail": "refused"}
    assert not decide(READY, BOTH, NIGHT, preferences=wants(*REFUSES)).waits(NIGHT)


def test_what_must_be_told_is_told_whatever_stands_in_the_preferences() -> None:
    for notice in (VOID, BOOKED):
        assert decide(notice, BOTH, NOON, preferences=wants(*REFUSES)).by == (Channel.SMS, Channel.MAIL)


def test_a_phone_that_said_stop_gets_no_text() -> None:
    verdict = decide(BOOKED, BOTH, NOON, stopped=True)
    assert (verdict.by, verdict.why_not) == ((Channel.MAIL,), {Channel.SMS: Why.STOPPED})
    assert verdict.reasons == {"no_sms": "stopped"}


def test_a_person_is_needed_where_a_stopped_phone_must_hear_and_only_there() -> None:
    assert decide(BOOKED, BOTH, NOON, stopped=True).needs_person
    assert not decide(READY, BOTH, NOON, stopped=True).needs_person
    assert not decide(BOOKED, BOTH, NOON).needs_person
    assert not decide(BOOKED, ways_of("", "zofia@example.org"), NOON).needs_person


def test_why_nothing_went_tells_a_stopped_phone_from_none() -> None:
    assert decide(BOOKED, ways_of("+48512000099", ""), NOON, stopped=True).unreached == "phone_wants_no_texts"
    assert decide(BOOKED, ways_of("", ""), NOON).unreached == "no_phone_or_mail"


def test_who_cannot_be_reached_is_told_apart_from_who_refuses() -> None:
    verdict = decide(READY, ways_of("", ""), NOON, preferences=wants(*REFUSES))
    assert set(verdict.why_not.values()) == {Why.NO_ADDRESS}
    assert not verdict.is_refused
    assert ways_of("+48512000099", "") == {Channel.SMS}


def test_what_was_told_is_not_told_again() -> None:
    verdict = decide(READY, BOTH, NOON, told=True)
    assert (verdict.by, set(verdict.why_not.values())) == ((), {Why.TOLD})


WAYS = [frozenset(one) for one in chain.from_iterable(combinations(Channel, n) for n in range(4))]


@given(
    st.sampled_from(sorted(NOTICES)),
    st.sampled_from(WAYS),
    st.sets(st.sampled_from(sorted(REFUSES))),
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    st.booleans(),
)
def test_every_way_of_a_notice_is_taken_or_has_a_reason(
    name: str, ways: frozenset[Channel], refused: set[tuple[str, Channel]], now: datetime, stopped: bool
) -> None:
    notice = NOTICES[name]
    verdict = decide(notice, ways, now, preferences=wants(*refused), stopped=stopped)
    assert set(verdict.by) | set(verdict.why_not) == set(notice.channels)
    assert not set(verdict.by) & set(verdict.why_not)
    assert set(verdict.by) <= ways
    assert verdict.at >= now
    assert not QuietHours().holds(verdict.at) or notice.haste != Haste.NOT_AT_NIGHT
    if notice.refusing != Refusing.PREFERENCES:
        assert Why.REFUSED not in verdict.why_not.values()


def test_preferences_are_their_persons_own_whose_role_is_the_same() -> None:
    kept = wants()
    for role in Role:
        for scope in Scope:
            for record_id in ("p-1", "p-2", ""):
                actor = Actor(role=role, tenant_id=TENANT, user_id="u", record_id=record_id)
                mine = (role, scope, record_id) == (Role.PATIENT, Scope.OWN, "p-1")
                assert kept.admits(actor, scope) == (mine or (role in STAFF and scope == Scope.TENANT)), actor


@pytest.mark.parametrize("role", READERS)
def test_everybody_who_may_refuse_something_is_told_something(role: Role) -> None:
    own = [one for one in NOTICES.values() if one.reader in READERS[role]]
    assert any(one.refusing == Refusing.PREFERENCES for one in own)


def test_a_new_notice_waits_for_the_morning_where_its_row_says_so() -> None:
    assert earliest(replace(BOOKED, haste=Haste.NOT_AT_NIGHT), NIGHT) == MORNING
