"""Whether a referred person was reached: a text or mail that was handed over may come back later.

`ways` are the letters of the newest notice of which nobody knows that they failed. When none is left, the
employer may hand it over itself, and an operator calls.
"""

from typing import Final

from functions.referrals.domain.referral import Referral
from shared.kernel.records import Decision

NOT_REACHED: Final = "employee_not_reached"
NOT_TOLD: Final = "employee_not_told"


def reached_by(referral: Referral, letters: tuple[str, ...]) -> Referral:
    """A notice goes out by these letters; by none where there is no phone and no address."""
    if not letters:
        return referral.but(ways=(), is_unreached=True, attention=referral.attention or NOT_TOLD)
    is_new = referral.attention not in (NOT_REACHED, NOT_TOLD)
    return referral.but(ways=letters, is_unreached=False, attention=referral.attention if is_new else "")


def came_back(referral: Referral, letter_id: str, way: str) -> Decision[Referral] | None:
    """None for a letter of an older notice, and where it is known."""
    if letter_id not in referral.ways:
        return None
    left = tuple(one for one in referral.ways if one != letter_id)
    if left:
        return Decision(referral.but(ways=left), "notice_came_back", {"way": way})
    after = referral.but(ways=(), is_unreached=True, attention=referral.attention or NOT_REACHED)
    return Decision(after, NOT_REACHED, {"way": way})
