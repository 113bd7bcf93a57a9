"""What the matrix asks of sign-in: members of three parties, and what administrators do with them."""

from shared.contracts.members import Member
from shared.kernel.actors import Role
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Asks, Party, listed
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


ASKS: Asks = {
    "who_am_i": listed(shows=False),
}
