"""The list of who has access."""

from datetime import timedelta

from functions.identity.list_members import ListMembers, list_members
from shared.contracts.members import MemberStatus
from shared.kernel.actors import Role
from shared.kernel.ports import Query
from shared.runtime.marks import AuditEvent
from tests.members import member_of
from tests.outside import START
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World


def people(world: World) -> None:
    """Five operators, each a minute after the one before; one disabled, one without a role, one elsewhere."""
    for number in range(5):
        who = OPERATOR.but(user_id=f"op-{number}")
        facts = {"created_at": START + timedelta(minutes=number + 1)}
        if number == 1:
            facts["status"] = MemberStatus.DISABLED  # type: ignore[assignment]
        if number == 2:
            facts["role"] = None  # type: ignore[assignment]
        world.given(member_of(who, **facts))
    world.given(member_of(FOREIGN_OPERATOR))


def listed(world: World, **asked: object) -> list[str]:
    page = world.call(list_members, ListMembers.model_validate(asked), as_=ADMIN)
    return [one.user_id for one in page.members]


def test_who_came_last_is_first_and_nobody_is_of_another_tenant(world: World) -> None:
    people(world)
    assert listed(world) == ["op-4", "op-3", "op-2", "op-1", "op-0", "admin-1"]


def test_a_filter_leaves_those_it_names(world: World) -> None:
    people(world)
    assert listed(world, role=Role.OPERATOR) == ["op-4", "op-3", "op-1", "op-0"]
    assert listed(world, role=Role.OPERATOR, status=MemberStatus.DISABLED) == ["op-1"]
    assert listed(world, status=MemberStatus.DISABLED) == ["op-1"]
    assert listed(world, without_role=True) == ["op-2"]
    assert listed(world, without_role=True, status=MemberStatus.ACTIVE) == ["op-2"]


def test_pages_follow_one_another_without_gap_or_repetition(world: World) -> None:
    people(world)
    seen, token = [], ""
    for _ in range(3):
        page = world.call(list_members, ListMembers(page_size=2, page_token=token), as_=ADMIN)
        seen += [one.user_id for one in page.members]
        token = page.next_page_token
    assert seen == ["op-4", "op-3", "op-2", "op-1", "op-0", "admin-1"]
    assert token == ""


def test_who_looked_is_written_to_the_audit(world: World) -> None:
    people(world)
    listed(world)
    (audit,) = world.wiring.documents.query(Query(AuditEvent.kind, order=(("id", "asc"),)))
    assert audit.fields["by_user"] == ADMIN.user_id
    assert len(audit.fields["records"]) == 6
