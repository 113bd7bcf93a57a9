"""The table at which a doctor signs: what is fetched for it, in two round trips, and what is signed there.

Issuing and amending are one act here: draft, number, certificate and verification key belong together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_paper import Issuer, Named, Signing
from functions.certificates.domain.issuing import PatientGone, signed
from functions.certificates.domain.opinion import Draft, DraftMovedOn, Opinion, OpinionIncomplete, draft_id
from shared.contracts.directory import Doctor
from shared.contracts.documents import Document, DocumentStatus
from shared.contracts.numbering import (
    NumberSeries,
    VerificationKey,
    code_from,
    first_series,
    proof_key,
)
from shared.contracts.patients import Patient
from shared.kernel.errors import FieldError
from shared.kernel.ports import Seals
from shared.kernel.records import Record

MERGES_MAX: Final = 5
ISSUER_ZONE: Final = ZoneInfo("Europe/Warsaw")
"""On whose clock a year of numbers ends."""

R = TypeVar("R", bound=Record)


class Store(Protocol):
    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...

    def get(self, kind: type[R], key: str) -> R: ...

    def find(self, kind: type[R], key: str) -> R | None: ...

    def put(self, record: R) -> R: ...

    def create(self, record: R, did: str = "", **details: Any) -> R: ...

    def remove(self, record: Record) -> None: ...


@dataclass(frozen=True)
class SigningTable:
    store: Store
    doctor_id: str
    tenant_id: str
    issuer: Issuer
    seals: Seals
    new_id: Callable[[], str]
    now: datetime

    @property
    def _series(self) -> NumberSeries:
        """Before its first number."""
        return first_series(self.tenant_id, self.issuer.code, self.now.astimezone(ISSUER_ZONE).date())

    def fetch(self, *wanted: tuple[type[Record], str]) -> None:
        """The doctor and the number series, together with what else is wanted."""
        self.store.prefetch((Doctor, self.doctor_id), (NumberSeries, self._series.id), *wanted)

    def sign(
        self, case: CertificateCase, draft_version: int, before: Certificate | None = None
    ) -> Certificate:
        """The new certificate, staged with its number and key; its draft is gone. Takes `before`'s place.

        Raises NotFound, DraftMovedOn, OpinionIncomplete, PatientGone, NumbersUsedUp, what `signed` raises.
        """
        draft = self._draft(case, draft_version)
        patient, documents = self._about(case, draft.opinion)
        series = (self.store.find(NumberSeries, self._series.id) or self._series).next
        old = (before.number, before.issued_on) if before else ("", None)
        named = Named(series.number, code_from(self.new_id()), *old)
        doctor = self.store.get(Doctor, self.doctor_id)
        signing = Signing(case, draft.opinion, doctor, patient, documents, self.issuer, self.now)
        certificate = signed(signing, self.new_id(), named, self.seals, before)
        self.store.put(series)
        self.store.create(certificate, "issued", number=named.number, case_id=case.id)
        key = proof_key(self.tenant_id, named.number, named.code, self.seals)
        self.store.create(VerificationKey(id=key, tenant_id=self.tenant_id, certificate_id=certificate.id))
        self.store.remove(draft)
        return certificate

    def _draft(self, case: CertificateCase, version: int) -> Draft:
        """As the doctor has just seen it."""
        draft = self.store.get(Draft, draft_id(case.id, self.doctor_id))
        if draft.version != version:
            raise DraftMovedOn(f"It is at version {draft.version}.")
        return draft

    def _about(self, case: CertificateCase, opinion: Opinion) -> tuple[Patient, tuple[str, ...]]:
        """The patient, also where their record was merged meanwhile, and the names of the documents."""
        wanted: list[tuple[type[Record], str]] = [(Document, one) for one in opinion.document_ids]
        self.store.prefetch((Patient, case.patient_id), *wanted)
        return self._patient(case.patient_id), self._documents(case, opinion.document_ids)

    def _patient(self, patient_id: str) -> Patient:
        for _ in range(MERGES_MAX):
            patient = self.store.find(Patient, patient_id)
            if patient is None:
                break
            if not patient.merged_into:
                return patient
            patient_id = patient.merged_into
        raise PatientGone

    def _documents(self, case: CertificateCase, keys: Sequence[str]) -> tuple[str, ...]:
        found = [self._document(case, key) for key in keys]
        errors = [
            FieldError(f"/document_ids/{at}", "is not among the checked documents of this case")
            for at, one in enumerate(found)
            if one is None
        ]
        if errors:
            raise OpinionIncomplete(errors=errors)
        return tuple(one.name for one in found if one is not None)

    def _document(self, case: CertificateCase, key: str) -> Document | None:
        document = self.store.find(Document, key)
        is_right = document is not None and document.shelf_id == case.id
        return document if document and is_right and document.status == DocumentStatus.CLEAN else None
