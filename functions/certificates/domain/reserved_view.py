"""What a doctor's app needs of a reservation: until when it lasts, and how often it may be made longer."""

from datetime import date, datetime

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.reserving import EXTENSIONS_MAX
from shared.kernel.records import Value


class ReservedCase(Value):
    """`version` is the case's ETag."""

    case_id: str
    version: int
    status: str
    lease_until: datetime
    extensions_left: int
    due_on: date


def reserved_view(case: CertificateCase) -> ReservedCase:
    claim = case.reservation
    assert claim is not None
    return ReservedCase(
        case_id=case.id,
        version=case.version,
        status=case.status,
        lease_until=claim.lease_until,
        extensions_left=EXTENSIONS_MAX - claim.extensions,
        due_on=case.due_on,
    )
