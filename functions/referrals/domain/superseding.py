"""The doctor signs by the referral they have seen, and by no other."""

from functions.referrals.domain.referral import Referral
from shared.kernel.errors import Conflict


class ReferralMovedOn(Conflict):
    """The employer has replaced this referral: read the new one before you sign."""


def check_revision(referral: Referral, revision: int) -> None:
    if referral.reissued_as or referral.revision != revision:
        raise ReferralMovedOn(hint=referral.reissued_as or referral.id)
