"""What a token opens is decided by the member record, and a change of it is felt within a minute."""

from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.list_visits import ListVisits, list_visits
from functions.patients.read_my_record import ReadMyRecord, read_my_record
from shared.contracts.members import (
    AccountDisabled,
    Member,
    MemberStatus,
    NoRole,
    NotLinked,
    RoleChanged,
    member_id,
)
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotAllowed, Refusal
from shared.kernel.ports import Claims, Write
from shared.runtime import entry
from shared.runtime.membership import PEOPLE_MAX, REMEMBERED, Members
from tests import doors
from tests.members import member_of
from tests.people import patient
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World

REFUSED_WITHIN = timedelta(seconds=60)
ZOFIA = Actor(role=Role.PATIENT, tenant_id="vm", user_id="zofia", record_id="p-1")


def as_member(world: World, member: Member | None, actor: Actor = OPERATOR) -> int:
    """The status of a call by `actor`, who is on file as this member."""
    if member is not None:
        world.given(member)
    action = list_visits.declaration if actor.is_staff else read_my_record.declaration  # type: ignore[attr-defined]
    incoming = doors.from_app(action, {}, actor, "a-key-of-mine")
    return entry.answer_to(action, incoming, world.wiring).status


def refusal(world: World, claims: Claims) -> type[Refusal]:
    with pytest.raises(Refusal) as refused:
        world.wiring.members.actor_for(claims)
    return type(refused.value)


def claims_of(actor: Actor, **changed: Any) -> Claims:
    told = {"user_id": actor.user_id, "tenant_id": actor.tenant_id, "role": str(actor.role)}
    return Claims(**{**told, "record_id": actor.record_id, **changed})


def test_a_member_with_this_role_is_let_in(world: World) -> None:
    assert as_member(world, member_of(OPERATOR)) == 200


def test_a_member_stands_for_the_record_of_their_member_record(world: World) -> None:
    world.given(patient())
    assert as_member(world, member_of(ZOFIA), ZOFIA) == 200


def test_a_good_token_of_nobody_on_file_opens_nothing(world: World) -> None:
    assert refusal(world, claims_of(OPERATOR)) is NoRole


def test_a_member_of_another_tenant_is_nobody_here(world: World) -> None:
    world.given(member_of(OPERATOR, tenant_id="other"))  # even under the name that this tenant gives them
    assert refusal(world, claims_of(OPERATOR)) is NoRole


def test_the_same_account_id_in_two_tenants_is_two_members() -> None:
    assert member_id("vm", "u-1") != member_id("other", "u-1")
    assert member_id("a|b", "c") == member_id("a|b", "c")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"role": None}, NoRole),
        ({"role": Role.SYSTEM}, NoRole),
        ({"status": MemberStatus.DISABLED}, AccountDisabled),
        ({"role": Role.ADMIN}, RoleChanged),
        ({"record_id": "d-1"}, RoleChanged),
        ({"role": Role.DOCTOR}, NotLinked),
    ],
)
def test_who_is_not_a_member_as_the_token_says_is_told_what_to_do(
    world: World, facts: dict[str, Any], code: type[NotAllowed]
) -> None:
    world.given(member_of(OPERATOR, **facts))
    assert refusal(world, claims_of(OPERATOR)) is code
    assert code.title().endswith(".")


def test_a_token_that_claims_more_than_the_member_record_opens_nothing(world: World) -> None:
    world.given(member_of(OPERATOR))
    assert refusal(world, claims_of(OPERATOR, role="admin")) is RoleChanged
    assert refusal(world, claims_of(OPERATOR, role="")) is RoleChanged


@pytest.mark.parametrize("facts", [{"role": None}, {"status": MemberStatus.DISABLED}, {"role": Role.ADMIN}])
def test_what_is_taken_away_is_refused_within_a_minute_although_the_token_lives(
    world: World, facts: dict[str, Any]
) -> None:
    assert as_member(world, member_of(OPERATOR)) == 200
    changed = member_of(OPERATOR, **facts)
    assert as_member(world, changed) == 200  # remembered
    world.advance(REFUSED_WITHIN)
    assert as_member(world, None) == 403


def test_the_record_is_read_once_in_45_seconds_and_then_again(world: World) -> None:
    world.given(member_of(OPERATOR))
    read = Counting(world)
    for _ in range(3):
        read.members.actor_for(claims_of(OPERATOR))
    assert read.times == 1
    world.clock.advance(REMEMBERED - timedelta(seconds=1))
    read.members.actor_for(claims_of(OPERATOR))
    assert read.times == 1
    world.clock.advance(timedelta(seconds=1))
    read.members.actor_for(claims_of(OPERATOR))
    assert read.times == 2


def test_a_clock_that_is_put_back_does_not_make_a_memory_last(world: World) -> None:
    world.given(member_of(OPERATOR))
    read = Counting(world)
    read.members.actor_for(claims_of(OPERATOR))
    world.clock.advance(timedelta(hours=-1))
    read.members.actor_for(claims_of(OPERATOR))
    assert read.times == 2


def test_who_was_struck_off_is_forgotten_whatever_the_clock_says_then(world: World) -> None:
    record = member_of(OPERATOR)
    world.given(record)
    world.wiring.members.actor_for(claims_of(OPERATOR))
    world.clock.advance(REMEMBERED)
    world.wiring.documents.commit([Write(record.place(record.id), None)])
    assert refusal(world, claims_of(OPERATOR)) is NoRole
    world.clock.advance(timedelta(seconds=-10))
    assert refusal(world, claims_of(OPERATOR)) is NoRole


def test_who_got_a_role_a_moment_ago_need_not_wait(world: World) -> None:
    assert refusal(world, claims_of(OPERATOR)) is NoRole
    world.given(member_of(OPERATOR))
    assert world.wiring.members.actor_for(claims_of(OPERATOR)) == OPERATOR


def test_a_process_does_not_remember_people_without_end(world: World) -> None:
    people = [OPERATOR.but(user_id=f"op-{number}") for number in range(PEOPLE_MAX + 1)]
    world.given(*(member_of(one) for one in people))
    read = Counting(world)
    for one in (*people, people[-1]):
        read.members.actor_for(claims_of(one))
    assert read.times == PEOPLE_MAX + 1
    read.members.actor_for(claims_of(people[0]))
    assert read.times == PEOPLE_MAX + 2


def test_who_was_read_again_is_remembered_longer_than_the_others(world: World) -> None:
    people = [OPERATOR.but(user_id=f"op-{number}") for number in range(PEOPLE_MAX + 1)]
    world.given(*(member_of(one) for one in people))
    read = Counting(world)
    first, last = people[0], people[-1]
    for one in people[:-1]:
        read.members.actor_for(claims_of(one))
    read.members.actor_for(claims_of(first))
    assert read.times == PEOPLE_MAX, "as many as there is room for are all remembered"
    world.clock.advance(REMEMBERED)
    for one in (first, last):  # the second makes room
        read.members.actor_for(claims_of(one))
    read.members.actor_for(claims_of(first))
    assert read.times == PEOPLE_MAX + 2


def test_two_people_are_not_taken_for_each_other(world: World) -> None:
    assert world.call(list_visits, ListVisits(), as_=FOREIGN_OPERATOR).visits == ()
    with pytest.raises(NotAllowed):
        world.call(read_my_record, ReadMyRecord(), as_=ADMIN)


class Counting:
    """Members over the world's store, and how often it was asked."""

    def __init__(self, world: World) -> None:
        self.times = 0
        self._behind = world.wiring.documents
        self.members = Members(self, world.wiring.codec, world.clock)  # type: ignore[arg-type]  # it reads alone

    def read(self, paths: list[str]) -> Any:
        self.times += 1
        return self._behind.read(paths)
