"""The member records of invented people: whoever acts in a test is a member, as what they act."""

from shared.contracts.members import Member, member_id
from shared.kernel.actors import Actor
from tests.outside import START


def member_of(actor: Actor, **facts: object) -> Member:
    return Member(
        id=member_id(actor.tenant_id, actor.user_id),
        tenant_id=actor.tenant_id,
        user_id=actor.user_id,
        role=actor.role,
        record_id=actor.record_id,
        created_at=START,
    ).but(**facts)
