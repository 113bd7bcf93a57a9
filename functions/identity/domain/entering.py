"""Whether somebody who has just signed in may come in, and as what.

The groups of their provider decide, unless an administrator has: then the groups change nothing. Whom nobody
lets in is put on file all the same, without a role, so that an administrator finds them. Nobody is ever found
by an e-mail address: two accounts with one address are two members.
"""

from dataclasses import dataclass
from datetime import datetime

from functions.identity.domain.refusals import AnotherProvider, NoGroup, ProviderNotKnown, RecordNotFound
from shared.contracts.members import AccountDisabled, Member, MemberStatus, NoRole, member_id
from shared.contracts.sign_in import SignInEvent, SignInPolicy
from shared.kernel.actors import Role
from shared.kernel.errors import NotAllowed
from shared.kernel.records import Decision


@dataclass(frozen=True)
class Granted:
    """What the provider's groups give. `record_id` is of a record in use; "" for staff, or for none."""

    role: Role | None = None
    record_id: str = ""


def policy_of(policies: tuple[SignInPolicy, ...], event: SignInEvent) -> SignInPolicy:
    """Raises ProviderNotKnown."""
    for one in policies:
        if (one.tenant_id, one.provider) == (event.tenant_id, event.provider):
            return one
    raise ProviderNotKnown


def entered(
    member: Member | None, event: SignInEvent, policy: SignInPolicy, granted: Granted, now: datetime
) -> Decision[Member] | None:
    """The member after this sign-in; None where it was heard before, or a later one was.

    Raises AnotherProvider: Identity Platform joins accounts by e-mail, and a provider that merely claims an
    address must not inherit what an administrator gave to its owner.
    """
    if member is not None and not _same_hands(member, event, policy):
        raise AnotherProvider
    if member is None:
        return Decision(_after(_new(event, now), event, granted), "joined", _told(event, granted))
    if _is_old(member, event):
        return None
    after = _after(member, event, granted)
    changed = (after.role, after.record_id) != (member.role, member.record_id)
    return Decision(after, "role_changed" if changed else "signed_in", _told(event, granted))


def refusal_of(member: Member) -> NotAllowed | None:
    """Why they may not come in; None where they may. What was noted about them is kept."""
    if member.status is not MemberStatus.ACTIVE:
        return AccountDisabled()
    if member.role is None:
        return NoRole(keeps=True) if member.source == "admin" else NoGroup(keeps=True)
    if not member.role.is_staff and not member.record_id:
        return RecordNotFound(keeps=True)
    return None


def _new(event: SignInEvent, now: datetime) -> Member:
    return Member(
        id=member_id(event.tenant_id, event.user_id),
        tenant_id=event.tenant_id,
        user_id=event.user_id,
        created_at=now,
    )


def _after(member: Member, event: SignInEvent, granted: Granted) -> Member:
    known = member.but(
        provider=event.provider,
        email=event.email,
        email_verified=event.email_verified,
        signed_in_at=event.at,
        last_event=event.event_id,
    )
    if member.source == "admin":
        return known
    return known.but(role=granted.role, record_id=granted.record_id, changed_by=event.provider)


def _same_hands(member: Member, event: SignInEvent, policy: SignInPolicy) -> bool:
    takes_over = policy.authoritative and event.email_verified
    return member.provider in ("", event.provider) or takes_over


def _is_old(member: Member, event: SignInEvent) -> bool:
    return member.last_event == event.event_id or (
        member.signed_in_at is not None and event.at < member.signed_in_at
    )


def _told(event: SignInEvent, granted: Granted) -> dict[str, str]:
    return {"provider": event.provider, "role": str(granted.role or ""), "record_id": granted.record_id}
