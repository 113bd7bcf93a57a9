"""What is kept of a sign-in, what its line in the log says, and which one is not heard again."""

from datetime import timedelta

import pytest

from functions.identity.domain.entering import Granted, entered, refusal_of
from functions.identity.domain.refusals import AnotherProvider, NoGroup, RecordNotFound
from shared.contracts.members import AccountDisabled, Member, MemberStatus, NoRole, member_id
from shared.contracts.sign_in import SignInEvent
from shared.kernel.actors import Role
from shared.kernel.records import Decision
from tests.functions.identity.sign_ins import PARTNERS, POLICIES, STAFF, sign_in
from tests.outside import START

OF_STAFF = POLICIES[0]
DOCTOR = Granted(Role.DOCTOR, "d-1")
LATER = timedelta(minutes=5)


def a_member(**facts: object) -> Member:
    known = {
        "role": Role.DOCTOR,
        "record_id": "d-1",
        "provider": STAFF,
        "signed_in_at": START,
        "last_event": "event-0",
    }
    return Member.model_validate(
        {
            "id": member_id("vm", "u-1"),
            "tenant_id": "vm",
            "user_id": "u-1",
            "created_at": START,
            **known,
            **facts,
        }
    )


def after(member: Member | None, event: SignInEvent, granted: Granted = DOCTOR) -> Decision[Member]:
    found = entered(member, event, OF_STAFF, granted, START)
    assert found is not None
    return found


def test_who_comes_for_the_first_time_is_kept_as_the_provider_knows_them() -> None:
    event = sign_in(email="a.nowak@example.org", email_verified=True, later=LATER)
    joined = after(None, event)
    kept = joined.record
    assert (joined.did, joined.details) == (
        "joined",
        {"provider": STAFF, "role": "doctor", "record_id": "d-1"},
    )
    assert (kept.id, kept.user_id, kept.tenant_id) == (member_id("vm", "u-1"), "u-1", "vm")
    assert (kept.email, kept.email_verified, kept.provider) == ("a.nowak@example.org", True, STAFF)
    assert (kept.signed_in_at, kept.last_event, kept.changed_by) == (START + LATER, event.event_id, STAFF)


def test_who_comes_again_is_kept_as_they_are_now() -> None:
    event = sign_in(email="new@example.org", email_verified=False, later=LATER)
    again = after(a_member(email="old@example.org", email_verified=True), event)
    assert again.did == "signed_in"
    assert (again.record.email, again.record.email_verified) == ("new@example.org", False)


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        (Granted(), {"provider": STAFF, "role": "", "record_id": ""}),
        (Granted(Role.PATIENT, "d-1"), {"provider": STAFF, "role": "patient", "record_id": "d-1"}),
        (Granted(Role.DOCTOR, "d-2"), {"provider": STAFF, "role": "doctor", "record_id": "d-2"}),
    ],
)
def test_another_role_or_another_record_is_a_change_of_the_role(
    granted: Granted, told: dict[str, str]
) -> None:
    changed = after(a_member(), sign_in(later=LATER), granted)
    assert (changed.did, changed.details) == ("role_changed", told)
    assert (changed.record.role, changed.record.record_id) == (granted.role, granted.record_id)


def test_what_an_administrator_gave_is_not_changed_by_groups() -> None:
    kept = after(a_member(source="admin", changed_by="admin-1"), sign_in(later=LATER), Granted()).record
    assert (kept.role, kept.record_id, kept.changed_by) == (Role.DOCTOR, "d-1", "admin-1")


def test_a_sign_in_that_was_heard_or_was_overtaken_changes_nothing() -> None:
    same, older = sign_in(event_id="event-0", later=LATER), sign_in(later=-LATER)
    assert entered(a_member(), same, OF_STAFF, Granted(), START) is None
    assert entered(a_member(), older, OF_STAFF, Granted(), START) is None


def test_of_two_sign_ins_in_one_moment_the_one_heard_last_counts() -> None:
    assert after(a_member(), sign_in(), Granted()).record.role is None


def test_who_was_put_on_file_before_they_ever_came_may_come_by_any_provider() -> None:
    put_there = a_member(provider="", signed_in_at=None, last_event="")
    assert after(put_there, sign_in()).record.provider == STAFF


@pytest.mark.parametrize(("authoritative", "verified"), [(False, True), (True, False), (False, False)])
def test_another_provider_does_not_inherit_an_account(authoritative: bool, verified: bool) -> None:
    policy = OF_STAFF.but(authoritative=authoritative)
    with pytest.raises(AnotherProvider):
        entered(a_member(provider=PARTNERS), sign_in(email_verified=verified), policy, DOCTOR, START)


def test_who_vouches_for_an_address_takes_the_account_over() -> None:
    policy = OF_STAFF.but(authoritative=True)
    found = entered(a_member(provider=PARTNERS), sign_in(later=LATER), policy, DOCTOR, START)
    assert found is not None
    assert found.record.provider == STAFF


@pytest.mark.parametrize(
    ("member", "why"),
    [
        (a_member(), type(None)),
        (a_member(role=Role.OPERATOR, record_id=""), type(None)),
        (a_member(status=MemberStatus.DISABLED), AccountDisabled),
        (a_member(role=None, source="admin"), NoRole),
        (a_member(role=None), NoGroup),
        (a_member(record_id=""), RecordNotFound),
    ],
)
def test_who_may_not_come_in_is_told_why_and_what_was_noted_is_kept(member: Member, why: type) -> None:
    refusal = refusal_of(member)
    assert type(refusal) is why
    if refusal is not None:
        assert refusal.keeps is (why is not AccountDisabled)
