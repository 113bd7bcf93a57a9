"""Who is let in, as what, and what becomes of the roles that their provider gives and takes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.identity.disable_member import DisableMember, disable_member
from functions.identity.set_role import SetRole, set_role
from functions.identity.who_am_i import WhoAmI, who_am_i
from shared.contracts.members import Member, member_id
from shared.contracts.sign_in import SignInEvent
from shared.kernel.actors import Actor, Role
from shared.kernel.ports import Claims
from shared.runtime import catalog, entry
from tests import doors
from tests.functions.identity.sign_ins import PARTNERS, POLICIES, STAFF, sign_in
from tests.people import ANNA, EWA, doctor, patient
from tests.world import ADMIN, TENANT, World

LATER = timedelta(minutes=5)


def claims(world: World, event: SignInEvent) -> dict[str, str]:
    answer = world.comes_in(event)
    assert answer.status == 200, answer.body
    user = json.loads(answer.body)["userRecord"]
    assert user["updateMask"] == "sessionClaims"
    told: dict[str, str] = user["sessionClaims"]
    return told


def refused(world: World, event: SignInEvent) -> str:
    answer = world.comes_in(event)
    assert answer.status == 403, answer.body
    problem = json.loads(answer.body)
    assert problem["error"] == {"status": "PERMISSION_DENIED", "message": problem["detail"]}
    return str(problem["code"])


def member(world: World, user_id: str = "u-1", tenant: str = "vm") -> Member:
    return world.record(Member, member_id(tenant, user_id))


def opens(world: World, event: SignInEvent, told: dict[str, str]) -> Actor:
    """Whom the token of this sign-in makes of somebody, at the door of a process that knows nothing yet."""
    world.wiring.__dict__.pop("members", None)
    return world.wiring.members.actor_for(
        Claims(event.user_id, event.tenant_id, told["role"], told["record_id"])
    )


def test_somebody_in_a_group_of_the_list_comes_in_with_its_role(open_house: World) -> None:
    event = sign_in("everybody", "visita-operators")
    told = claims(open_house, event)
    assert told == {"role": "operator", "record_id": "", "tenant_id": TENANT}
    assert opens(open_house, event, told).role == Role.OPERATOR
    assert open_house.log_of(member(open_house)) == ["joined"]


def test_of_several_groups_the_one_named_first_in_the_list_counts(open_house: World) -> None:
    assert claims(open_house, sign_in("visita-operators", "visita-admins"))["role"] == "admin"


def test_a_group_counts_letter_by_letter(open_house: World) -> None:
    for near in ("Visita-Admins", "visita-admins ", "visita-admins2", "admin"):
        assert refused(open_house, sign_in(near, user_id=f"u-{near}")) == "no-group"


def test_a_doctor_stands_for_the_doctor_of_our_directory(open_house: World) -> None:
    open_house.given(doctor(open_house, ANNA))
    event = sign_in("visita-doctors", attributes={"employee_id": (ANNA,)})
    assert claims(open_house, event) == {"role": "doctor", "record_id": ANNA, "tenant_id": TENANT}


@pytest.mark.parametrize("named", [(), ("d-nobody",), (ANNA, EWA), ("d-left",), ("a/b",)])
def test_a_doctor_whom_the_directory_does_not_know_waits_to_be_linked(
    open_house: World, named: tuple[str, ...]
) -> None:
    left = doctor(open_house, ANNA).but(id="d-left", active=False)
    open_house.given(doctor(open_house, ANNA), doctor(open_house, EWA), left)
    event = sign_in("visita-doctors", attributes={"employee_id": named})
    assert refused(open_house, event) == "record-not-found"
    assert member(open_house).role == Role.DOCTOR
    assert member(open_house).record_id == ""


def test_a_merged_patient_stands_for_who_holds_the_history(open_house: World) -> None:
    open_house.given(patient("p-1", merged_into="p-2"), patient("p-2"))
    event = sign_in("patients", provider=PARTNERS, attributes={"organisation": ("p-1",)})
    assert claims(open_house, event) == {"role": "patient", "record_id": "p-2", "tenant_id": TENANT}


def test_a_doctors_account_that_was_merged_stands_for_the_other_doctor_from_the_next_sign_in(
    open_house: World,
) -> None:
    open_house.given(doctor(open_house, ANNA), doctor(open_house, EWA))
    first = sign_in("visita-doctors", attributes={"employee_id": (ANNA,)})
    old = claims(open_house, first)
    second = sign_in("visita-doctors", attributes={"employee_id": (EWA,)}, later=LATER)
    assert claims(open_house, second)["record_id"] == EWA
    assert open_house.log_of(member(open_house)) == ["joined", "role_changed"]
    with pytest.raises(Exception, match="sign out and in"):
        opens(open_house, first, old)


def test_somebody_without_a_group_is_told_so_and_waits_for_an_administrator(open_house: World) -> None:
    assert refused(open_house, sign_in("everybody")) == "no-group"
    assert member(open_house).role is None
    given = SetRole(member_id=member(open_house).id, role=Role.OPERATOR)
    open_house.call(set_role, given, as_=ADMIN)
    assert claims(open_house, sign_in("everybody", later=LATER))["role"] == "operator"


def test_a_group_that_was_taken_away_takes_the_role_with_it(open_house: World) -> None:
    event = sign_in("visita-operators")
    old = claims(open_house, event)
    assert refused(open_house, sign_in("everybody", later=LATER)) == "no-group"
    assert member(open_house).role is None
    with pytest.raises(Exception, match="no role"):
        opens(open_house, event, old)


def test_a_role_pinned_by_an_administrator_outlives_the_groups_until_unpinned(
    open_house: World,
) -> None:
    claims(open_house, sign_in("visita-operators"))
    mine = member(open_house).id
    open_house.call(set_role, SetRole(member_id=mine, role=Role.ADMIN), as_=ADMIN)
    assert claims(open_house, sign_in("visita-operators", later=LATER))["role"] == "admin"
    open_house.call(set_role, SetRole(member_id=mine, role=Role.ADMIN, pinned=False), as_=ADMIN)
    assert claims(open_house, sign_in("visita-operators", later=2 * LATER))["role"] == "operator"


def test_a_role_that_an_administrator_took_away_is_not_given_back_by_a_group(open_house: World) -> None:
    claims(open_house, sign_in("visita-operators"))
    open_house.call(set_role, SetRole(member_id=member(open_house).id, role=None), as_=ADMIN)
    assert refused(open_house, sign_in("visita-operators", later=LATER)) == "no-role"


def test_a_disabled_member_stays_out_whatever_their_groups(open_house: World) -> None:
    claims(open_house, sign_in("visita-operators"))
    open_house.call(disable_member, DisableMember(member_id=member(open_house).id), as_=ADMIN)
    assert refused(open_house, sign_in("visita-admins", later=LATER)) == "account-disabled"


def test_two_providers_with_one_address_are_two_members(open_house: World) -> None:
    """Neither inherits what the other may do."""
    claims(open_house, sign_in("visita-admins", user_id="u-staff"))
    second = sign_in("partner", user_id="u-partner", provider=PARTNERS, attributes={"organisation": ("o-1",)})
    assert claims(open_house, second) == {"role": "partner", "record_id": "o-1", "tenant_id": TENANT}
    assert member(open_house, "u-staff").role == Role.ADMIN
    assert member(open_house, "u-staff").email == member(open_house, "u-partner").email


def test_an_account_is_not_taken_over_by_another_provider_that_claims_its_address(open_house: World) -> None:
    """Identity Platform may join accounts by e-mail; a pinned role must not come along."""
    claims(open_house, sign_in("visita-operators"))
    open_house.call(set_role, SetRole(member_id=member(open_house).id, role=Role.ADMIN), as_=ADMIN)
    assert refused(open_house, sign_in("partner", provider=PARTNERS, later=LATER)) == "another-provider"
    assert (member(open_house).role, member(open_house).provider) == (Role.ADMIN, STAFF)


@pytest.mark.parametrize(("verified", "code"), [(True, ""), (False, "another-provider")])
def test_an_authoritative_provider_takes_over_whom_it_vouches_for(
    open_house: World, verified: bool, code: str
) -> None:
    mine = (POLICIES[0].but(authoritative=True), *POLICIES[1:])
    open_house.settings = open_house.settings.but(sign_in_policies=mine)
    open_house.wiring.settings = open_house.settings
    claims(open_house, sign_in("partner", provider=PARTNERS, attributes={"organisation": ("o-1",)}))
    event = sign_in("visita-operators", email_verified=verified, later=LATER)
    if code:
        assert refused(open_house, event) == code
    else:
        assert claims(open_house, event) == {"role": "operator", "record_id": "", "tenant_id": TENANT}


def test_a_group_of_one_provider_means_nothing_at_another(open_house: World) -> None:
    assert refused(open_house, sign_in("visita-admins", provider=PARTNERS)) == "no-group"


@pytest.mark.parametrize("provider", ["oidc.stranger", "password", "anonymous", "", "OIDC.staff"])
def test_who_comes_by_another_way_is_refused_and_leaves_nothing(open_house: World, provider: str) -> None:
    assert refused(open_house, sign_in("visita-admins", provider=provider)) == "provider-not-known"
    with pytest.raises(AssertionError, match="there is no"):
        member(open_house)


def test_each_tenant_has_its_own_list_and_its_own_members(open_house: World) -> None:
    assert claims(open_house, sign_in("visita-admins"))["role"] == "admin"
    assert refused(open_house, sign_in("visita-admins", tenant_id="other")) == "no-group"
    assert (
        claims(open_house, sign_in("visita-operators", tenant_id="other", later=LATER))["role"] == "operator"
    )
    assert member(open_house).tenant_id == "vm"
    assert member(open_house, tenant="other").role == Role.OPERATOR


def test_the_same_question_twice_is_answered_alike_and_noted_once(open_house: World) -> None:
    event = sign_in("visita-operators")
    assert claims(open_house, event) == claims(open_house, event)
    assert open_house.log_of(member(open_house)) == ["joined"]


def test_a_question_that_comes_late_does_not_bring_a_role_back(open_house: World) -> None:
    early = sign_in("visita-operators")
    refused(open_house, sign_in("everybody", later=LATER))
    assert refused(open_house, early) == "no-group"
    assert member(open_house).role is None


def test_what_is_told_to_nobody_else_rests_sealed(open_house: World) -> None:
    claims(open_house, sign_in("visita-operators"))
    assert "operator@example.org" not in repr(open_house.wiring.documents.__dict__)


def test_without_a_list_nobody_comes_in(world: World) -> None:
    assert refused(world, sign_in("visita-admins")) == "provider-not-known"


NO_QUESTIONS = (b"", b"{}", b'{"data": 7}', b'{"data": {"jwt": 7}}', b'{"data": {"jwt": "x"}}', b"[")


@pytest.mark.parametrize("body", NO_QUESTIONS)
def test_what_is_no_question_of_identity_platform_is_not_answered(world: World, body: bytes) -> None:
    incoming = replace(doors.signing_in(sign_in()), body=body)
    answer = entry.answer_to(catalog.find("identity__before_sign_in"), incoming, world.wiring)
    assert answer.status in (401, 422)


def test_the_role_that_came_in_is_the_one_people_are_told(open_house: World) -> None:
    event = sign_in("visita-operators", user_id=ADMIN.user_id)
    claims(open_house, event)
    assert open_house.call(who_am_i, WhoAmI(), as_=ADMIN.but(role=Role.OPERATOR)).role == Role.OPERATOR
