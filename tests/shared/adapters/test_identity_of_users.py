"""What of a user's token counts, verified as in production: clocks, what it lacks, whose account is asked."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.firebase_identity import FirebaseIdentity
from shared.kernel.actors import Role
from shared.kernel.errors import NotAdmitted
from tests.authorization.google import Google, google
from tests.authorization.parties import caller
from tests.authorization.tokens import IDP_TENANTS, signed, user_claims

PROJECT = "visita-of-users"
"""Of this file alone: firebase-admin keeps the keys of a project."""
ISSUER = f"https://securetoken.google.com/{PROJECT}"
TENANTS = {theirs: ours for ours, theirs in IDP_TENANTS.items()}
OPERATOR, ADMIN = caller(Role.OPERATOR), caller(Role.ADMIN)


@pytest.fixture(scope="module")
def played() -> Iterator[Google]:
    with google() as here:
        yield here


@pytest.fixture(autouse=True)
def _good_accounts(played: Google) -> None:
    played.asked.clear()
    good = {who.user_id: {"localId": who.user_id, "disabled": False} for who in (OPERATOR, ADMIN)}
    played.accounts.update(good)


@pytest.fixture(scope="module")
def identity() -> FirebaseIdentity:
    return FirebaseIdentity(PROJECT, TENANTS, "vm", "")


@pytest.fixture(scope="module")
def alone() -> FirebaseIdentity:
    """One tenant, whose users sign in without naming it."""
    return FirebaseIdentity(PROJECT, {}, "vm", "")


def token(played: Google, role: Role = Role.OPERATOR, **changed: Any) -> str:
    told = {"aud": PROJECT, "iss": ISSUER, **changed}
    return signed(played.key, user_claims(caller(role), **told))


def without_tenant(played: Google, role: Role) -> str:
    return token(played, role, firebase={"sign_in_provider": "password"})


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMIN])
@pytest.mark.parametrize(("ahead", "is_taken"), [(5, True), (25, False)])
def test_a_clock_may_be_a_little_ahead_of_ours(
    played: Google, identity: FirebaseIdentity, role: Role, ahead: int, is_taken: bool
) -> None:
    then = int(time.time()) + ahead
    assert is_let_in(identity, token(played, role, iat=then, auth_time=then)) is is_taken


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMIN])
@pytest.mark.parametrize(("seconds", "is_taken"), [(5, True), (-5, True), (-25, False)])
def test_a_token_ends_with_a_little_patience(
    played: Google, identity: FirebaseIdentity, role: Role, seconds: int, is_taken: bool
) -> None:
    assert is_let_in(identity, token(played, role, exp=int(time.time()) + seconds)) is is_taken


def test_who_has_no_role_stands_for_nothing(played: Google, identity: FirebaseIdentity) -> None:
    nobody = user_claims(OPERATOR, aud=PROJECT, iss=ISSUER, role=None, record_id=None)
    told = identity.user(signed(played.key, nobody))
    assert (told.role, told.record_id) == ("", "")


def test_who_does_not_say_when_they_signed_in_did_so_long_ago(
    played: Google, identity: FirebaseIdentity
) -> None:
    assert identity.user(token(played, auth_time=None)).signed_in_ago > timedelta(days=365)


def test_whoever_it_is_their_account_is_asked_for_where_an_action_wants_it(
    played: Google, identity: FirebaseIdentity
) -> None:
    identity.user(token(played))
    assert not played.asked
    identity.user(token(played), ask=True)
    assert len(played.asked) == 1
    played.accounts[OPERATOR.user_id] = {"localId": OPERATOR.user_id, "disabled": True}
    with pytest.raises(NotAdmitted):
        identity.user(token(played), ask=True)


def test_without_tenants_an_account_is_asked_for_in_the_project(
    played: Google, alone: FirebaseIdentity
) -> None:
    assert alone.user(without_tenant(played, Role.ADMIN)).tenant_id == "vm"
    assert [one.rpartition("/")[0] for one in played.asked] == [f"/v1/projects/{PROJECT}"]
    played.accounts[ADMIN.user_id] = {"localId": ADMIN.user_id, "disabled": True}
    with pytest.raises(NotAdmitted):
        alone.user(without_tenant(played, Role.ADMIN))


def is_let_in(identity: FirebaseIdentity, token: str) -> bool:
    try:
        identity.user(token)
    except NotAdmitted:
        return False
    return True
