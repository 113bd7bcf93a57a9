"""A notice that was handed over comes back: its referral shows whether the person was reached another way."""

from typing import Literal

from functions.referrals.domain.coverage import Store
from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.reaching import came_back
from functions.referrals.domain.referral import Referral


def returned(store: Store, way: Literal["mail", "text"], letter_id: str, about: str) -> None:
    """Other letters than to referred persons are passed over."""
    if not letter_id.startswith(f"referral-{way}-"):
        return
    referral = newest_of(store, store.find(Referral, about))
    decision = came_back(referral, letter_id, way) if referral is not None else None
    if decision is not None:
        store.apply(decision)
