"""What is shown of a member: to themselves, and to administrators."""

from datetime import datetime
from typing import Literal

from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Role
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
