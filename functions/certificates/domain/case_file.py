"""What lies beside a case follows it in the same commit: its doctors' benches, its documents' shelf."""

from collections.abc import Mapping
from typing import Any, Protocol, overload

from functions.certificates.domain.bench import Bench, follow_benches
from functions.certificates.domain.case import CaseStatus, CertificateCase
from shared.contracts.documents import Shelf
from shared.kernel.records import Decision

WORKED_ON = (CaseStatus.RESERVED, CaseStatus.SCHEDULED, CaseStatus.ISSUED)


class Store(Protocol):
    def find(self, kind: type[Bench], key: str) -> Bench | None: ...

    @overload
    def put(self, record: Bench) -> Bench: ...

    @overload
    def put(self, record: Shelf) -> Shelf: ...

    def create(self, record: CertificateCase, did: str = "", **details: Any) -> CertificateCase: ...

    def apply(self, decision: Decision[CertificateCase]) -> CertificateCase: ...


def opened(case: CertificateCase, details: Mapping[str, str], store: Store) -> CertificateCase:
    """Stage a new case."""
    told = {"modality": case.modality.value, "priority": case.priority.value, **details}
    store.put(shelf_of(case))
    return store.create(case, "requested", **told)


def keep(
    before: CertificateCase, decision: Decision[CertificateCase] | None, store: Store
) -> CertificateCase:
    """Stage a decision about a case with all that follows from it; None: the case as it was."""
    if decision is None:
        return before
    after = store.apply(decision)
    follow_benches(before.reservation, after, store)
    if shelf_of(after) != shelf_of(before):
        store.put(shelf_of(after))
    return after


def shelf_of(case: CertificateCase) -> Shelf:
    """Who works on the case may read and add; nobody adds or removes once it has ended.

    Follows from the case alone: written without being read, in a commit that the case's version guards.
    """
    doctors = (case.doctor_id,) if case.status in WORKED_ON and case.doctor_id else ()
    return Shelf(id=case.id, tenant_id=case.tenant_id, doctor_ids=doctors, open=case.is_open)
