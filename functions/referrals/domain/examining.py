"""Which referred people a doctor has in their diary."""

from datetime import datetime

from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.kernel.ports import Query
from shared.kernel.records import Value


class ExaminationRow(Value):
    referral_id: str
    clinic_id: str
    starts_at: datetime
    examination_type: str
    positions: tuple[str, ...]
    given_name: str
    family_name: str
    revision: int


def assigned_to(doctor_id: str, since: datetime) -> Query:
    return Query(
        Referral.kind,
        where=(
            ("doctor_ids", "array_contains", doctor_id),
            ("status", "==", ReferralStatus.SCHEDULED.value),
            ("starts_at", ">=", since),
        ),
        order=(("starts_at", "asc"), ("id", "asc")),
    )


def row_of(referral: Referral) -> ExaminationRow:
    assert referral.examination is not None, "it was found by its time"
    return ExaminationRow(
        referral_id=referral.id,
        clinic_id=referral.examination.clinic_id,
        starts_at=referral.examination.starts_at,
        examination_type=referral.examination_type.value,
        positions=referral.positions,
        given_name=referral.person.given_name,
        family_name=referral.person.family_name,
        revision=referral.revision,
    )
