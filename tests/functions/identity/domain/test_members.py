"""What an administrator decides about a member, and what the log says of it."""

import pytest

from functions.identity.domain.members import disabled, enabled, keep_an_admin, role_set
from functions.identity.domain.refusals import LastAdmin, RoleNeedsRecord
from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Role
from shared.kernel.ports import Query
from tests.functions.identity.domain.test_entering import a_member

NOBODY_YET = a_member(role=None, record_id="")


def test_a_role_is_set_with_its_record_and_the_log_says_from_what_to_what() -> None:
    decision = role_set(NOBODY_YET, Role.DOCTOR, "d-2", pinned=True, by="admin-1")
    assert decision is not None
    kept = decision.record
    assert (kept.role, kept.record_id, kept.source, kept.changed_by) == (
        Role.DOCTOR, "d-2", "admin", "admin-1",
    )  # fmt: skip
    told = {"before": "", "role": "doctor", "record_id": "d-2", "source": "admin"}
    assert (decision.did, decision.details) == ("role_set", told)


def test_a_role_is_taken_away() -> None:
    decision = role_set(a_member(), None, "", pinned=False, by="admin-1")
    assert decision is not None
    assert decision.details == {"before": "doctor", "role": "", "record_id": "", "source": "provider"}


def test_the_same_role_again_changes_nothing() -> None:
    assert role_set(a_member(source="admin"), Role.DOCTOR, "d-1", pinned=True, by="admin-1") is None


@pytest.mark.parametrize(("role", "record_id"), [(Role.DOCTOR, ""), (Role.OPERATOR, "d-1"), (None, "d-1")])
def test_a_role_and_its_record_fit_together(role: Role | None, record_id: str) -> None:
    with pytest.raises(RoleNeedsRecord) as refused:
        role_set(NOBODY_YET, role, record_id, pinned=True, by="admin-1")
    assert [(one.pointer, one.detail) for one in refused.value.errors] == [
        ("/record_id", "does not fit the role")
    ]


def test_who_shut_somebody_out_and_who_let_them_in_again_is_kept() -> None:
    shut = disabled(a_member(), "admin-1")
    assert shut is not None
    assert (shut.did, shut.record.status, shut.record.changed_by) == (
        "disabled", MemberStatus.DISABLED, "admin-1",
    )  # fmt: skip
    again = enabled(shut.record, "admin-2")
    assert again is not None
    assert (again.did, again.record.status, again.record.changed_by) == (
        "enabled", MemberStatus.ACTIVE, "admin-2",
    )  # fmt: skip
    assert disabled(shut.record, "admin-1") is None
    assert enabled(a_member(), "admin-1") is None


class Register:
    """What the list shows, and what is read of each a moment later."""

    def __init__(self, listed: list[Member], now: list[Member]) -> None:
        self._listed, self._now = listed, {one.id: one for one in now}
        self.written: list[Member] = []

    def select(self, kind: type[Member], query: Query) -> list[Member]:
        return self._listed

    def find(self, kind: type[Member], key: str) -> Member | None:
        return self._now.get(key)

    def put(self, record: Member) -> Member:
        self.written.append(record)
        return record


ADMIN = a_member(role=Role.ADMIN, record_id="")
OTHER = ADMIN.but(id="m-other")


def test_who_was_no_administrator_or_stays_one_leaves_nobody_behind() -> None:
    nobody = Register([], [])
    keep_an_admin(a_member(), a_member(status=MemberStatus.DISABLED), nobody)
    keep_an_admin(ADMIN, ADMIN.but(source="admin"), nobody)


def test_the_administrator_who_stays_is_written_too() -> None:
    register = Register([ADMIN, OTHER], [ADMIN, OTHER])
    keep_an_admin(ADMIN, ADMIN.but(role=None), register)
    assert register.written == [OTHER]


@pytest.mark.parametrize("now", [[], [OTHER.but(role=None)], [OTHER.but(status=MemberStatus.DISABLED)]])
def test_one_who_was_an_administrator_a_moment_ago_does_not_count(now: list[Member]) -> None:
    register = Register([ADMIN, OTHER], [ADMIN, *now])
    with pytest.raises(LastAdmin):
        keep_an_admin(ADMIN, ADMIN.but(role=None), register)
    assert not register.written
