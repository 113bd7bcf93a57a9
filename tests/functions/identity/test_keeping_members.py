"""What administrators do with members: roles, shutting out, and that one of them always remains."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.identity.disable_member import DisableMember, disable_member
from functions.identity.domain.refusals import LastAdmin, LinkNotFound, RoleNeedsRecord
from functions.identity.enable_member import EnableMember, enable_member
from functions.identity.set_role import SetRole, set_role
from functions.patients.read_my_record import ReadMyRecord, read_my_record
from shared.adapters.memory import MemoryDocuments
from shared.contracts.members import Member, MemberStatus, SignInAgain
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.ports import Query, Write
from shared.runtime.marks import AuditEvent
from tests.members import member_of
from tests.people import ANNA, doctor, patient
from tests.world import ADMIN, OPERATOR, World

BOSS = ADMIN.but(user_id="admin-2")
ZOFIA = Actor(role=Role.PATIENT, tenant_id="vm", user_id="zofia", record_id="p-1")
OPERATORS, BOSSES = member_of(OPERATOR), member_of(BOSS)


@pytest.fixture
def office(world: World) -> World:
    """Two administrators and an operator."""
    world.given(OPERATORS, BOSSES)
    world.join(ADMIN)
    return world


def set_to(world: World, who: Member, role: Role | None, record_id: str = "", as_: Actor = ADMIN) -> Member:
    world.call(set_role, SetRole(member_id=who.id, role=role, record_id=record_id), as_=as_)
    return world.record(Member, who.id)


def test_a_role_is_given_pinned_and_noted_with_who_gave_it(office: World) -> None:
    after = set_to(office, OPERATORS, Role.ADMIN)
    assert (after.role, after.source, after.changed_by) == (Role.ADMIN, "admin", ADMIN.user_id)
    (line,) = office.lines_of(after)
    assert (line.did, line.details["before"], line.details["role"]) == ("role_set", "operator", "admin")
    (audit,) = office.wiring.documents.query(Query(AuditEvent.kind, order=(("id", "asc"),)))
    assert (audit.fields["action"], audit.fields["by_user"]) == ("identity__set_role", ADMIN.user_id)


def test_a_doctor_is_linked_to_one_of_the_directory(office: World) -> None:
    office.given(doctor(office, ANNA))
    assert set_to(office, OPERATORS, Role.DOCTOR, ANNA).record_id == ANNA


@pytest.mark.parametrize(
    ("role", "record_id", "refusal"),
    [
        (Role.DOCTOR, "", RoleNeedsRecord),
        (Role.OPERATOR, ANNA, RoleNeedsRecord),
        (None, ANNA, RoleNeedsRecord),
        (Role.DOCTOR, "d-nobody", LinkNotFound),
        (Role.PATIENT, ANNA, LinkNotFound),
        (Role.EMPLOYER, "a/b", LinkNotFound),
    ],
)
def test_a_role_and_its_record_must_fit(
    office: World, role: Role | None, record_id: str, refusal: type[Exception]
) -> None:
    office.given(doctor(office, ANNA))
    with pytest.raises(refusal):
        set_to(office, OPERATORS, role, record_id)
    assert office.record(Member, OPERATORS.id) == OPERATORS


def test_nobody_becomes_the_system(office: World) -> None:
    asked = {"member_id": OPERATORS.id, "role": "system"}
    answer = office.answer(set_role.declaration, asked, ADMIN)  # type: ignore[attr-defined]
    assert answer.status == 422


def test_the_same_role_again_changes_nothing(office: World) -> None:
    set_to(office, OPERATORS, Role.ADMIN)
    assert office.log_of(set_to(office, OPERATORS, Role.ADMIN)) == ["role_set"]


def test_who_lost_a_role_is_refused_within_a_minute(office: World) -> None:
    office.given(patient())
    office.call(read_my_record, ReadMyRecord(), as_=ZOFIA)
    set_to(office, member_of(ZOFIA), None)
    office.advance(timedelta(seconds=60))
    with pytest.raises(NotAllowed, match="no role"):
        office.call(read_my_record, ReadMyRecord(), as_=ZOFIA)


def test_who_is_shut_out_stays_out_until_let_in_again(office: World) -> None:
    office.given(patient())
    office.call(read_my_record, ReadMyRecord(), as_=ZOFIA)
    mine = member_of(ZOFIA).id
    for _ in range(2):
        office.call(disable_member, DisableMember(member_id=mine), as_=ADMIN)
    office.advance(timedelta(seconds=60))
    with pytest.raises(NotAllowed, match="disabled"):
        office.call(read_my_record, ReadMyRecord(), as_=ZOFIA)
    for _ in range(2):
        office.call(enable_member, EnableMember(member_id=mine), as_=ADMIN)
    office.advance(timedelta(seconds=60))
    assert office.call(read_my_record, ReadMyRecord(), as_=ZOFIA)
    assert office.log_of(office.record(Member, mine)) == ["disabled", "enabled"]


@pytest.mark.parametrize("role", [Role.OPERATOR, None])
def test_the_last_administrator_stays_one(office: World, role: Role | None) -> None:
    set_to(office, BOSSES, Role.OPERATOR)
    with pytest.raises(LastAdmin):
        set_to(office, member_of(ADMIN), role)
    with pytest.raises(LastAdmin):
        office.call(disable_member, DisableMember(member_id=member_of(ADMIN).id), as_=ADMIN)
    assert office.record(Member, member_of(ADMIN).id).is_active_admin


def test_one_who_is_disabled_does_not_count_as_an_administrator(office: World) -> None:
    office.call(disable_member, DisableMember(member_id=BOSSES.id), as_=ADMIN)
    with pytest.raises(LastAdmin):
        set_to(office, member_of(ADMIN), None)


def test_who_is_none_hides_no_administrator_however_many_they_are(office: World) -> None:
    others = [member_of(OPERATOR.but(user_id=f"op-{number}")) for number in range(20)]
    shut_out = [member_of(BOSS.but(user_id=f"boss-{number}")) for number in range(20)]
    office.given(*others, *(one.but(status=MemberStatus.DISABLED) for one in shut_out))
    assert set_to(office, member_of(ADMIN), None).role is None


def test_an_administrator_of_another_tenant_does_not_count(world: World) -> None:
    world.given(member_of(ADMIN.but(tenant_id="other", user_id="admin-9")))
    world.join(ADMIN)
    with pytest.raises(LastAdmin):
        set_to(world, member_of(ADMIN), None)


class DocumentsWhereTheOtherIsQuicker(MemoryDocuments):
    """Just before somebody's change is written, whom it relies on is changed."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.__dict__ |= vars(world.wiring.documents)["_documents"].__dict__
        self._codec = world.wiring.codec
        self.is_quicker = True

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        if self.is_quicker:
            self.is_quicker = False
            gone = BOSSES.but(role=Role.OPERATOR, version=1)
            super().commit([Write(f"members/{gone.id}", self._codec.encode(gone))])
        return super().commit(writes)


def test_of_two_administrators_who_remove_each_other_at_once_one_remains(office: World) -> None:
    office.wiring.__dict__["documents"] = DocumentsWhereTheOtherIsQuicker(office)
    with pytest.raises(LastAdmin):
        set_to(office, member_of(ADMIN), None)
    assert office.record(Member, member_of(ADMIN).id).is_active_admin


def test_it_asks_for_a_recent_sign_in(office: World) -> None:
    office.signed_in_ago = timedelta(minutes=11)
    with pytest.raises(SignInAgain):
        set_to(office, OPERATORS, None)
    with pytest.raises(SignInAgain):
        office.call(disable_member, DisableMember(member_id=OPERATORS.id), as_=ADMIN)
    assert office.record(Member, OPERATORS.id).status == MemberStatus.ACTIVE


def test_an_administrator_sees_nobody_of_another_tenant(office: World) -> None:
    stranger = ADMIN.but(tenant_id="other")
    with pytest.raises(NotFound):
        set_to(office, OPERATORS, None, as_=stranger)
