"""What a stranger with a paper in their hands is told of it."""

from collections.abc import Mapping
from typing import Final, Literal

from functions.certificates.domain.certificate import CertificateStatus

RESULTS: Final[Mapping[CertificateStatus, Literal["valid", "superseded", "void"]]] = {
    CertificateStatus.ISSUED: "valid",
    CertificateStatus.SUPERSEDED: "superseded",
    CertificateStatus.VOID: "void",
}
