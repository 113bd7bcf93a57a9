"""What is shown of a member: to themselves, and to administrators."""

from datetime import datetime
from typing import Any, Literal

from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Role
from shared.kernel.ports import Operator, Query
from shared.kernel.records import Value


class MemberView(Value):
    """`source`: who decides on the role, the sign-in provider's groups or an administrator."""

    member_id: str
    version: int
    tenant_id: str
    user_id: str
    status: MemberStatus
    role: Role | None
    record_id: str
    source: Literal["provider", "admin"]
    provider: str
    email: str
    email_verified: bool
    signed_in_at: datetime | None


def view_of(member: Member) -> MemberView:
    return MemberView(
        member_id=member.id,
        version=member.version,
        tenant_id=member.tenant_id,
        user_id=member.user_id,
        status=member.status,
        role=member.role,
        record_id=member.record_id,
        source=member.source,
        provider=member.provider,
        email=member.email,
        email_verified=member.email_verified,
        signed_in_at=member.signed_in_at,
    )


class SessionClaims(Value):
    """`tenant_id` is ours: the rules of Firestore cannot look it up."""

    role: str
    record_id: str
    tenant_id: str


class LetInUser(Value):
    """Identity Platform's own names."""

    updateMask: str = "sessionClaims"  # noqa: N815
    sessionClaims: SessionClaims  # noqa: N815


class LetIn(Value):
    """The claims of the token that is about to be given."""

    userRecord: LetInUser  # noqa: N815


def let_in(member: Member) -> LetIn:
    claims = SessionClaims(
        role=str(member.role or ""), record_id=member.record_id, tenant_id=member.tenant_id
    )
    return LetIn(userRecord=LetInUser(sessionClaims=claims))


def members_where(role: Role | None, status: MemberStatus | None, *, without_role: bool) -> Query:
    """Who came last first."""
    where: list[tuple[str, Operator, Any]] = []
    if without_role:
        where.append(("has_role", "==", False))
    if role is not None:
        where.append(("role", "==", str(role)))
    if status is not None:
        where.append(("status", "==", str(status)))
    return Query("", tuple(where), (("created_at", "desc"), ("id", "asc")))
