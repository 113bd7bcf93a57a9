"""What the matrix asks of sign-in: members of three parties, and what administrators do with them."""

from typing import Any

from shared.contracts.members import Member
from shared.kernel.actors import Role
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Asks, Party, listed, named, told
from tests.outside import START


def records(it: Party, wiring: Wiring) -> list[Record]:
    """Somebody who is never the caller."""
    member = Member(
        id=it.id("member"),
        tenant_id=it.tenant_id,
        user_id=it.id("account"),
        role=Role.OPERATOR,
        email="operator@example.org",
        created_at=START,
    )
    return [member]


def newcomer(it: Party) -> dict[str, Any]:
    return {"user_id": it.id("newcomer"), "groups": ["visita-operators"]}


ASKS: Asks = {
    "before_sign_in": told(newcomer),
    "disable_member": named("member"),
    "enable_member": named("member"),
    "list_members": listed(),
    "set_role": named("member", role="operator"),
    "who_am_i": listed(shows=False),
}
