"""The beginning of a case: what must be true of a patient and an order before a doctor sees it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from functions.certificates.domain.case import (
    CertificateCase,
    CertificateKind,
    Modality,
    Priority,
    Purpose,
)
from functions.certificates.domain.closeness import Closeness
from functions.certificates.domain.insurer import Insurer
from shared.contracts.patients import Patient, PatientDeceased, PatientMerged
from shared.kernel.errors import Conflict
from shared.kernel.records import Value


class PatientUnverified(Conflict):
    """Nobody has a number of this person's own: choose an examination, where a doctor sees who they are."""


class Order(Value):
    certificate_kind: CertificateKind
    purpose: Purpose
    priority: Priority
    specialization: str
    insurer: Insurer | None


class Place(Value):
    """Whose calendar and clock count: the clinic's of an examination, else the enterprise's own."""

    country: str
    zone: str

    def day_of(self, instant: datetime) -> date:
        """What the calendar on the wall shows there at that instant."""
        return instant.astimezone(ZoneInfo(self.zone)).date()


def requested(
    case_id: str,
    patient: Patient,
    closeness: Closeness,
    order: Order,
    modality: Modality,
    place: Place,
    due_on: date,
    by: str,
    now: datetime,
) -> CertificateCase:
    """A new case. Raises Conflict with what the operator should do instead."""
    if patient.is_deceased:
        raise PatientDeceased
    if patient.merged_into:
        raise PatientMerged(hint=patient.merged_into)
    return CertificateCase(
        id=case_id,
        tenant_id=patient.tenant_id,
        modality=modality,
        certificate_kind=order.certificate_kind,
        purpose=order.purpose,
        priority=order.priority,
        patient_id=patient.id,
        language=patient.language,
        closeness=closeness,
        specialization=order.specialization,
        insurer=order.insurer,
        country=place.country,
        zone=place.zone,
        due_on=due_on,
        requested_at=now,
        requested_by=by,
    )


def refuse_unverified(patient: Patient, *, allowed: bool) -> None:
    """Raises PatientUnverified. `allowed`: the enterprise has decided that documents are proof enough."""
    if patient.is_unverified and not allowed:
        raise PatientUnverified
