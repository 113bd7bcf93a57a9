"""The personal link by which a person chooses a time without an account: a code that nobody can guess.

The code stands in what the person is sent and nowhere else; the link's record is named by its keyed hash.
Each message holds a new one, and only the newest opens, until it was used or the referral is over.
"""

from datetime import datetime
from typing import ClassVar, Final

from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.numbering import signs_from
from shared.kernel.errors import NotFound
from shared.kernel.ports import Seals
from shared.kernel.records import Record

CODE_LENGTH: Final = 15
"""71 bits."""
CODE_MAX: Final = 40
CHOOSES: Final = (ReferralStatus.ISSUED, ReferralStatus.SCHEDULED, ReferralStatus.NO_SHOW)


class LinkNotValid(NotFound):
    """This link is not valid any more: use the one in the newest message, or call us."""


class SlotLink(Record):
    """Leads from the code's hash to the referral. `round` must be the referral's."""

    kind: ClassVar[str] = "slot_links"
    logged: ClassVar[bool] = False

    referral_id: str
    round: int
    made_at: datetime
    used: bool = False


def code_from(chance: str) -> str:
    """From a random id that is used for nothing else."""
    return signs_from(f"slot-link:{chance}", CODE_LENGTH)


def link_id(seals: Seals, tenant_id: str, code: str) -> str:
    """Where the link lies; as people type the code, whatever the case, spaces, dashes."""
    plain = "".join(code.split()).replace("-", "").upper()
    return seals.lookup_key(tenant_id, f"slot-link:{plain}")


def opened(link: SlotLink | None, referral: Referral | None) -> Referral:
    """The referral that the link opens. Raises LinkNotValid, the same for whatever is wrong with it."""
    if link is None or referral is None or link.used or link.round != referral.link_round:
        raise LinkNotValid
    if referral.status not in CHOOSES:
        raise LinkNotValid
    return referral
