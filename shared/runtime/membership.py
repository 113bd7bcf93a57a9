"""What a signed-in person may do, by their member record, remembered for less than a minute.

A role that is taken away is refused within 60 seconds although the token lives for an hour: the record is
read again once what is remembered is 45 seconds old. Who is not on file is asked about at every call.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from shared.contracts.members import (
    AccountDisabled,
    Member,
    MemberStatus,
    NoRole,
    NotLinked,
    RoleChanged,
    member_id,
)
from shared.kernel.actors import Actor, Role
from shared.runtime.staging import path_of

if TYPE_CHECKING:
    from shared.kernel.ports import Claims, Clock, Documents
    from shared.runtime.codec import Codec

REMEMBERED: Final = timedelta(seconds=45)
PEOPLE_MAX: Final = 2_000
"""Whoever was asked about longest ago is forgotten first."""


class Members:
    """One process's look at the members: at most one read a person every 45 seconds."""

    def __init__(self, documents: Documents, codec: Codec, clock: Clock) -> None:
        self._documents = documents
        self._codec = codec
        self._clock = clock
        self._known: OrderedDict[str, tuple[Member, datetime]] = OrderedDict()

    def actor_for(self, claims: Claims) -> Actor:
        """Decided by the member alone. Raises NoRole, AccountDisabled, NotLinked, RoleChanged."""
        member = self._member(claims)
        if member is None or member.role in (None, Role.SYSTEM):
            raise NoRole
        if member.status is not MemberStatus.ACTIVE:
            raise AccountDisabled
        if not member.role.is_staff and not member.record_id:
            raise NotLinked
        if (claims.role, claims.record_id) != (member.role, member.record_id):
            raise RoleChanged
        return Actor(
            role=member.role,
            tenant_id=claims.tenant_id,
            user_id=claims.user_id,
            record_id=member.record_id,
        )

    def _member(self, claims: Claims) -> Member | None:
        path = path_of(Member, member_id(claims.tenant_id, claims.user_id))
        now = self._clock.now()
        if path in self._known:
            member, read_at = self._known[path]
            # A clock that was put back makes nothing younger than it is.
            if timedelta(0) <= now - read_at < REMEMBERED:
                return member
        found = self._documents.read([path])[path]
        if found is None or found.fields.get("tenant_id") != claims.tenant_id:
            self._known.pop(path, None)
            return None
        member = self._codec.decode(Member, found.fields)
        self._remember(path, member, now)
        return member

    def _remember(self, path: str, member: Member, now: datetime) -> None:
        self._known[path] = (member, now)
        self._known.move_to_end(path)
        if len(self._known) > PEOPLE_MAX:
            self._known.popitem(last=False)
