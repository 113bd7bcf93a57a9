"""Where the documents of a referral lie: earlier results that a person brings to the examination.

Who examines may read and add while the person is in their diary, and read afterwards; employers see none.
"""

from typing import TYPE_CHECKING

from shared.contracts.documents import Shelf

if TYPE_CHECKING:
    from functions.referrals.domain.referral import Referral


def shelf_of(referral: "Referral") -> Shelf:
    """Follows from the referral alone, in its own commit."""
    held = referral.examination
    sees = held is not None and referral.status in ("scheduled", "examined")
    doctors = held.doctor_ids if held is not None and sees else ()
    return Shelf(id=referral.id, tenant_id=referral.tenant_id, doctor_ids=doctors, open=referral.is_open)
