"""What a sign-in may say of somebody, and what a policy must say of a provider."""

from typing import Any

import pytest
from pydantic import ValidationError

from shared.contracts.sign_in import GROUPS_MAX, GroupRole, SignInEvent, SignInPolicy
from shared.kernel.actors import Role
from tests.functions.identity.sign_ins import STAFF
from tests.outside import START

LONGEST = {"event_id": 200, "user_id": 128, "provider": 200, "email": 320}
ADMINS = GroupRole(group="a", role=Role.ADMIN)


def event(**facts: Any) -> SignInEvent:
    least = {"event_id": "e", "tenant_id": "vm", "user_id": "u", "provider": STAFF, "at": START}
    return SignInEvent.model_validate({**least, **facts})


def policy(**facts: Any) -> SignInPolicy:
    return SignInPolicy.model_validate({"tenant_id": "vm", "provider": STAFF, "roles": (ADMINS,), **facts})


def test_the_least_that_is_said_promises_nothing() -> None:
    told = event()
    assert (told.email, told.email_verified, told.attributes) == ("", False, {})


@pytest.mark.parametrize("name", LONGEST)
def test_a_value_may_be_as_long_as_the_provider_makes_it_and_no_longer(name: str) -> None:
    longest = "x" * LONGEST[name]
    assert getattr(event(**{name: longest}), name) == longest
    with pytest.raises(ValidationError):
        event(**{name: f"{longest}x"})


@pytest.mark.parametrize("name", ["event_id", "user_id"])
def test_nobody_signs_in_without_a_name(name: str) -> None:
    with pytest.raises(ValidationError):
        event(**{name: ""})


def test_a_policy_gives_a_role_to_at_least_one_group() -> None:
    with pytest.raises(ValidationError):
        policy(roles=())
    with pytest.raises(ValidationError):
        policy(roles=[ADMINS.model_dump() | {"group": ""}])
    with pytest.raises(ValidationError):
        policy(roles=(ADMINS,) * (GROUPS_MAX + 1))
    assert GROUPS_MAX == 100
    assert len(policy(roles=(ADMINS,) * GROUPS_MAX).roles) == GROUPS_MAX


def test_nobody_signs_in_as_the_system() -> None:
    with pytest.raises(ValidationError):
        GroupRole(group="a", role=Role.SYSTEM)


@pytest.mark.parametrize(
    ("claims", "record"),
    [({"no": ("d-1",)}, ""), ({"no": ("d-1", "d-2")}, ""), ({}, ""), ({"id": ("d-1",)}, "d-1")],
)
def test_a_person_stands_for_the_one_record_that_the_claim_names(
    claims: dict[str, tuple[str, ...]], record: str
) -> None:
    assert policy(record_claim="id").record_for(event(attributes=claims)) == record


def test_without_a_claim_a_person_stands_for_no_record() -> None:
    assert policy().record_for(event(attributes={"another": ("d-1",)})) == ""
    assert policy(record_claim="id").record_for(event(attributes={"id": ("d-1", "d-2")})) == ""


def test_a_group_is_called_something() -> None:
    assert GroupRole(group="x", role=Role.DOCTOR).group == "x"
    with pytest.raises(ValidationError):
        GroupRole(group="", role=Role.DOCTOR)


def test_no_provider_takes_accounts_over_unless_it_is_said() -> None:
    assert not policy().authoritative
