"""Who may talk about a certificate case: the doctor who works on it, or has."""

from typing import TYPE_CHECKING, Final

from shared.contracts.circles import Circle, Stage

if TYPE_CHECKING:
    from functions.certificates.domain.case import CertificateCase

WORKED_ON: Final = (Stage.RESERVED, Stage.SCHEDULED, Stage.ISSUED)


def circle_of(case: "CertificateCase") -> Circle:
    stage = Stage(case.status)
    return Circle(
        id=case.id,
        tenant_id=case.tenant_id,
        case_kind="certificate",
        stage=stage,
        worker_id=case.doctor_id if stage in WORKED_ON else "",
    )
