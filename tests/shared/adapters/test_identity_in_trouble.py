"""When Google is away nobody is let in, and nobody is told that their token is bad."""

from collections.abc import Iterator
from itertools import count
from types import ModuleType

import pytest
from firebase_admin import exceptions

from shared.adapters.firebase_identity import FirebaseIdentity
from shared.adapters.user_keys import KEYS_URL, fetch_as_numbers
from shared.kernel.actors import Role
from shared.kernel.errors import Busy, NotAdmitted
from tests.authorization.google import Google, google
from tests.authorization.parties import caller
from tests.authorization.tokens import IDP_TENANTS, signed, user_claims

TENANTS = {theirs: ours for ours, theirs in IDP_TENANTS.items()}
ADMIN = caller(Role.ADMIN)
NOBODY_THERE = 1
NUMBERS = count(1)


@pytest.fixture
def played() -> Iterator[Google]:
    with google() as here:
        here.accounts[ADMIN.user_id] = {"localId": ADMIN.user_id, "disabled": False}
        yield here


@pytest.fixture
def project() -> str:
    """A new one each time: firebase-admin keeps the keys of a project."""
    return f"visita-{next(NUMBERS)}"


@pytest.fixture
def identity(project: str) -> FirebaseIdentity:
    return FirebaseIdentity(project, TENANTS, "vm", "")


@pytest.fixture
def admin(played: Google, project: str) -> str:
    return token(played, project, Role.ADMIN)


@pytest.fixture
def operator(played: Google, project: str) -> str:
    """A token for which nobody's account is looked up."""
    return token(played, project, Role.OPERATOR)


def token(played: Google, project: str, role: Role) -> str:
    issuer = f"https://securetoken.google.com/{project}"
    return signed(played.key, user_claims(caller(role), aud=project, iss=issuer))


def test_an_account_is_looked_up_in_the_tenant_of_the_token(
    played: Google, identity: FirebaseIdentity, admin: str, project: str
) -> None:
    assert identity.user(admin).role == "admin"
    assert [one.rpartition("/")[0] for one in played.asked] == [f"/v1/projects/{project}/tenants/idp-vm"]


def test_the_keys_of_users_are_fetched_once_and_as_numbers(
    played: Google, identity: FirebaseIdentity, operator: str
) -> None:
    identity.user(operator)
    identity.user(operator)
    assert [f"https://www.googleapis.com{path}" for path in played.fetched] == [KEYS_URL]


def test_a_library_that_fetches_in_another_way_is_not_taken_for_this_one() -> None:
    with pytest.raises(AttributeError):
        fetch_as_numbers(ModuleType("another"))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_while_accounts_cannot_be_looked_up_an_admin_tries_again(
    played: Google, identity: FirebaseIdentity, admin: str, status: int
) -> None:
    identity.user(admin)  # the keys are kept
    played.trouble = status
    with pytest.raises(Busy):
        identity.user(admin)
    played.trouble = 200
    assert identity.user(admin).role == "admin"


def test_while_accounts_let_wait_an_admin_tries_again(played: Google, admin: str, project: str) -> None:
    hasty = FirebaseIdentity(project, TENANTS, "vm", "", wait_seconds=1)
    hasty.user(admin)
    played.slow_seconds = 3
    with pytest.raises(Busy):
        hasty.user(admin)


@pytest.mark.parametrize("status", [401, 403])
def test_that_we_may_not_look_is_no_refusal_of_the_caller(
    played: Google, identity: FirebaseIdentity, admin: str, status: int
) -> None:
    identity.user(admin)  # the keys are kept
    played.trouble = status
    with pytest.raises((exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)):
        identity.user(admin)


def test_while_keys_cannot_be_had_everybody_tries_again(
    played: Google, identity: FirebaseIdentity, operator: str
) -> None:
    played.trouble = 503
    with pytest.raises(Busy):
        identity.user(operator)


def test_while_nobody_answers_at_all_everybody_tries_again(
    played: Google, identity: FirebaseIdentity, operator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{NOBODY_THERE}")
    with pytest.raises(Busy):
        identity.user(operator)


def test_while_we_have_no_token_of_our_own_an_admin_tries_again(
    played: Google, identity: FirebaseIdentity, admin: str
) -> None:
    played.refuses_us = True
    with pytest.raises(Busy):
        identity.user(admin)


def test_while_our_own_token_cannot_be_renewed_an_admin_tries_again(
    played: Google, identity: FirebaseIdentity, admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.our_seconds = 1
    identity.user(admin)  # the keys are kept
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{NOBODY_THERE}")
    with pytest.raises(Busy):
        identity.user(admin)


def test_an_account_that_was_deleted_opens_nothing(
    played: Google, identity: FirebaseIdentity, admin: str
) -> None:
    played.accounts.clear()
    with pytest.raises(NotAdmitted):
        identity.user(admin)
