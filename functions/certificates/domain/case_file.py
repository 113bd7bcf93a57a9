"""What lies beside a case follows it in the same commit: the benches of its doctors."""

from collections.abc import Mapping
from typing import Any, Protocol

from functions.certificates.domain.bench import Benches, follow_benches
from functions.certificates.domain.case import CertificateCase
from shared.kernel.records import Decision


class Store(Benches, Protocol):
    def create(self, record: CertificateCase, did: str = "", **details: Any) -> CertificateCase: ...

    def apply(self, decision: Decision[CertificateCase]) -> CertificateCase: ...


def opened(case: CertificateCase, details: Mapping[str, str], store: Store) -> CertificateCase:
    """Stage a new case."""
    told = {"modality": case.modality.value, "priority": case.priority.value, **details}
    return store.create(case, "requested", **told)


def keep(
    before: CertificateCase, decision: Decision[CertificateCase] | None, store: Store
) -> CertificateCase:
    """Stage a decision about a case with all that follows from it; None: the case as it was."""
    if decision is None:
        return before
    after = store.apply(decision)
    follow_benches(before.reservation, after, store)
    return after
