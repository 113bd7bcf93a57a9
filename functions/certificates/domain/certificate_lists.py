"""Lists of certificates, the newest first: a patient's own, and the staff's by case, patient or doctor."""

from typing import Final, Literal

from functions.certificates.domain.certificate import Certificate, CertificateStatus
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.ports import Query

NEWEST: Final[tuple[tuple[str, Literal["desc"]], ...]] = (("issued_at", "desc"), ("id", "desc"))
SEEN_BY_PATIENTS: Final = (CertificateStatus.ISSUED.value, CertificateStatus.SUPERSEDED.value)


class OneFilterOnly(Invalid):
    """Ask for the certificates of a case, of a patient or of a doctor: one of them."""


def of_patient(patient_id: str) -> Query:
    """Without those that were made void."""
    return Query(
        Certificate.kind,
        where=(("patient_id", "==", patient_id), ("status", "in", SEEN_BY_PATIENTS)),
        order=NEWEST,
    )


def by(case_id: str, patient_id: str, doctor_id: str) -> Query:
    """By at most one of them. Raises OneFilterOnly."""
    asked = {"case_id": case_id, "patient_id": patient_id, "doctor_id": doctor_id}
    given = [(name, value) for name, value in asked.items() if value]
    if len(given) > 1:
        raise OneFilterOnly(errors=[FieldError(f"/{name}", "is one too many") for name, _ in given[1:]])
    return Query(Certificate.kind, where=tuple((name, "==", value) for name, value in given), order=NEWEST)
