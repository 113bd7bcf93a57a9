"""Who belongs to a tenant, and as what: the authority over what a signed-in person may do.

A token proves who somebody is. What they may do stands here, and a token that says otherwise opens nothing.
The module identity writes members; the door of every function reads them (shared/runtime/membership.py).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import NotAdmitted, NotAllowed
from shared.kernel.records import Sealed
from shared.kernel.states import Stateful


class NoRole(NotAllowed):
    """Your account has no role here: ask your administrator to give you one, then sign in again."""


class AccountDisabled(NotAllowed):
    """Your account is disabled here: ask your administrator to enable it."""


class RoleChanged(NotAllowed):
    """Your role here has changed since you signed in: sign out and in again."""


class NotLinked(NotAllowed):
    """Your account is not linked to a record here yet: ask your administrator to link it."""


class SignInAgain(NotAdmitted):
    """This needs a fresh sign-in: sign in again, then repeat it within ten minutes."""

    challenge = 'Bearer error="insufficient_user_authentication", max_age="600"'  # RFC 9470


class MemberStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class MemberEvent(StrEnum):
    DISABLE = "disable"
    ENABLE = "enable"


TRANSITIONS = {
    (MemberStatus.ACTIVE, MemberEvent.DISABLE): MemberStatus.DISABLED,
    (MemberStatus.DISABLED, MemberEvent.ENABLE): MemberStatus.ACTIVE,
}


class Member(Stateful):
    """One account of one tenant. Two accounts with one e-mail address are two members.

    `role` None: nobody yet, or no longer. `record_id`: the doctor, patient, employer or partner they stand
    for; "" for staff. `source`: who decides on the role, their provider's groups at each sign-in, or an
    administrator, whose word a sign-in does not change. `last_event` is the sign-in that was heard last.
    """

    kind: ClassVar[str] = "members"
    transitions: ClassVar = TRANSITIONS

    user_id: str
    status: MemberStatus = MemberStatus.ACTIVE
    role: Role | None = None
    record_id: str = ""
    source: Literal["provider", "admin"] = "provider"
    provider: str = ""
    email: Sealed = ""
    email_verified: bool = False
    created_at: datetime
    signed_in_at: datetime | None = None
    last_event: str = ""
    changed_by: str = ""

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if scope == Scope.OWN:
            return actor.user_id == self.user_id
        return scope == Scope.TENANT and actor.role in (Role.ADMIN, Role.SYSTEM)

    def index_fields(self) -> Mapping[str, bool]:
        return {"has_role": self.role is not None}

    @property
    def is_active_admin(self) -> bool:
        return self.status == MemberStatus.ACTIVE and self.role == Role.ADMIN


def member_id(tenant_id: str, user_id: str) -> str:
    """A provider's user id may hold any character, and two tenants may know the same one."""
    return hashlib.sha256(f"{tenant_id}|{user_id}".encode()).hexdigest()[:40]
