"""What administrators decide about members: their role, and whether they may come in at all."""

from typing import Protocol

from functions.identity.domain.refusals import LastAdmin, RoleNeedsRecord
from shared.contracts.members import Member, MemberEvent, MemberStatus
from shared.kernel.actors import Role
from shared.kernel.errors import FieldError
from shared.kernel.ports import Query
from shared.kernel.records import Decision

ADMINS = Query(
    Member.kind,
    (("role", "==", Role.ADMIN.value), ("status", "==", MemberStatus.ACTIVE.value)),
    (("id", "asc"),),
    limit=2,
)


class Register(Protocol):
    def select(self, kind: type[Member], query: Query) -> list[Member]: ...

    def find(self, kind: type[Member], key: str) -> Member | None: ...

    def put(self, record: Member) -> Member: ...


def keep_an_admin(before: Member, after: Member, register: Register) -> None:
    """Who stops being an administrator leaves another one behind. Raises LastAdmin.

    The other one is written too, unchanged: of two administrators who remove each other at once, one is told
    that they are the last.
    """
    if not before.is_active_admin or after.is_active_admin:
        return
    for one in register.select(Member, ADMINS):
        other = register.find(Member, one.id) if one.id != before.id else None
        if other is not None and other.is_active_admin:
            register.put(other)
            return
    raise LastAdmin


def role_set(
    member: Member, role: Role | None, record_id: str, *, pinned: bool, by: str
) -> Decision[Member] | None:
    """Raises RoleNeedsRecord. `pinned`: no sign-in changes it until an administrator unpins it."""
    stands_for_one = role is not None and not role.is_staff
    if stands_for_one != bool(record_id):
        raise RoleNeedsRecord(errors=[FieldError("/record_id", "does not fit the role")])
    source = "admin" if pinned else "provider"
    if (member.role, member.record_id, member.source) == (role, record_id, source):
        return None
    after = member.but(role=role, record_id=record_id, source=source, changed_by=by)
    details = {
        "before": str(member.role or ""),
        "role": str(role or ""),
        "record_id": record_id,
        "source": source,
    }
    return Decision(after, "role_set", details)


def disabled(member: Member, by: str) -> Decision[Member] | None:
    """None where they are already."""
    if not member.can(MemberEvent.DISABLE):
        return None
    return Decision(member.after(MemberEvent.DISABLE, changed_by=by), "disabled")


def enabled(member: Member, by: str) -> Decision[Member] | None:
    if not member.can(MemberEvent.ENABLE):
        return None
    return Decision(member.after(MemberEvent.ENABLE, changed_by=by), "enabled")
