"""From a group at somebody's employer to a role here, and from a role taken away to a closed door."""

import json
from datetime import timedelta

import pytest

from functions.house_visits.list_visits import ListVisits, list_visits
from functions.identity.list_members import ListMembers, list_members
from functions.identity.set_role import SetRole, set_role
from functions.identity.who_am_i import WhoAmI, who_am_i
from shared.contracts.members import Member, NoRole, SignInAgain, member_id
from shared.kernel.actors import Actor, Role
from tests.functions.identity.sign_ins import POLICIES, sign_in
from tests.world import ADMIN, TENANT, World

EWA = Actor(role=Role.OPERATOR, tenant_id=TENANT, user_id="ewa")
MINUTE = timedelta(seconds=60)


@pytest.fixture
def office(world: World) -> World:
    world.settings = world.settings.but(sign_in_policies=POLICIES)
    world.wiring.settings = world.settings
    world.join(ADMIN)
    return world


def tokens_role(world: World, *groups: str, later: timedelta = timedelta(0)) -> str:
    answer = world.comes_in(sign_in(*groups, user_id=EWA.user_id, later=later))
    if answer.status != 200:
        return str(json.loads(answer.body)["code"])
    return str(json.loads(answer.body)["userRecord"]["sessionClaims"]["role"])


def come_in(world: World) -> None:
    """By her own sign-in."""
    world.does_not_know(EWA)
    assert tokens_role(world, "visita-operators") == "operator"


def test_a_group_opens_the_door_and_an_administrator_shuts_it_within_a_minute(office: World) -> None:
    come_in(office)
    told = office.call(who_am_i, WhoAmI(), as_=EWA)
    assert (told.role, told.provider, told.source) == (Role.OPERATOR, "oidc.staff", "provider")

    office.call(set_role, SetRole(member_id=told.member_id, role=None), as_=ADMIN)
    office.advance(MINUTE)

    with pytest.raises(NoRole):
        office.call(list_visits, ListVisits(), as_=EWA)
    assert tokens_role(office, "visita-operators", later=MINUTE) == "no-role"
    assert office.log_of(office.record(Member, member_id(TENANT, EWA.user_id)))[:2] == ["joined", "role_set"]


def test_who_waits_for_a_role_is_found_and_given_one(office: World) -> None:
    office.does_not_know(EWA)
    assert tokens_role(office, "everybody") == "no-group"
    (waiting,) = office.call(list_members, ListMembers(without_role=True), as_=ADMIN).members

    office.call(set_role, SetRole(member_id=waiting.member_id, role=Role.OPERATOR), as_=ADMIN)

    assert tokens_role(office, "everybody", later=MINUTE) == "operator"
    assert office.call(list_visits, ListVisits(), as_=EWA).visits == ()


def test_a_session_that_grows_old_may_read_and_must_sign_in_again_to_decide(office: World) -> None:
    come_in(office)
    hers = member_id(TENANT, EWA.user_id)
    office.signed_in_ago = timedelta(minutes=11)
    assert [one.member_id for one in office.call(list_members, ListMembers(), as_=ADMIN).members].count(hers)
    with pytest.raises(SignInAgain):
        office.call(set_role, SetRole(member_id=hers, role=None), as_=ADMIN)
    office.signed_in_ago = timedelta(0)
    assert office.call(set_role, SetRole(member_id=hers, role=None), as_=ADMIN).role is None
