"""An issued certificate: numbered, and never changed. It is superseded by a newer one, or made void.

issued -> superseded      amended: the old one stays readable, and says which one has taken its place
issued, superseded -> void   entered in error: nobody but the staff sees it any more
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from functions.certificates.domain.case import CertificateKind
from functions.certificates.domain.opinion import DamageKind, Opinion
from shared.contracts.papers import CertificatePaper
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Sealed, Value
from shared.kernel.states import Stateful

VERSIONS_MAX: Final = 20


class CertificateStatus(StrEnum):
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    VOID = "void"


class CertificateEvent(StrEnum):
    SUPERSEDE = "supersede"
    MAKE_VOID = "make_void"


_S, _E = CertificateStatus, CertificateEvent
TRANSITIONS: Final[Mapping[tuple[CertificateStatus, CertificateEvent], CertificateStatus]] = {
    (_S.ISSUED, _E.SUPERSEDE): _S.SUPERSEDED,
    (_S.ISSUED, _E.MAKE_VOID): _S.VOID,
    (_S.SUPERSEDED, _E.MAKE_VOID): _S.VOID,
}


class News(StrEnum):
    """What the patient is told, each once, and never what the certificate says."""

    READY = "ready"
    AMENDED = "amended"
    VOID = "void"


class Printed(Value):
    """The file as it lies in storage: written once, named by the certificate."""

    sha256: str
    generation: int
    size: int
    at: datetime


class Certificate(Stateful):
    """`paper_json` is all that is printed, `opinion_json` what the doctor found: both as signed, for ever.

    `earlier` are the certificates that this one has taken the place of, the oldest first. `printed` is None
    until the paper lies in storage. `told` is what the patient was told of it.
    """

    kind: ClassVar[str] = "certificates"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: CertificateStatus = CertificateStatus.ISSUED
    number: str
    issuer: str
    certificate_kind: CertificateKind
    case_id: str
    patient_id: str
    doctor_id: str
    language: str
    issued_at: datetime
    issued_on: date
    opinion_json: Sealed
    paper_json: Sealed
    earlier: tuple[str, ...] = ()
    supersedes_number: str = ""
    superseded_by: str = ""
    superseded_by_number: str = ""
    void_reason: str = ""
    voided_at: datetime | None = None
    printed: Printed | None = None
    told: tuple[News, ...] = ()

    def index_fields(self) -> Mapping[str, Any]:
        return {"unprinted": self.printed is None and self.status != CertificateStatus.VOID}

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """A void one is shown to the staff and to the doctor who signed it."""
        if actor.role == Role.DOCTOR:
            return scope == Scope.ASSIGNED and actor.record_id == self.doctor_id
        if actor.role == Role.PATIENT:
            mine = scope == Scope.OWN and actor.record_id == self.patient_id
            return mine and self.status != CertificateStatus.VOID
        return actor.is_staff

    @property
    def supersedes(self) -> str:
        return self.earlier[-1] if self.earlier else ""

    @property
    def opinion(self) -> Opinion:
        return Opinion.model_validate_json(self.opinion_json, extra="ignore")

    @property
    def paper(self) -> CertificatePaper:
        return CertificatePaper.model_validate_json(self.paper_json, extra="ignore")

    @property
    def damage_kind(self) -> DamageKind | None:
        return self.opinion.kind

    @property
    def file_name(self) -> str:
        """In storage: ids only."""
        return f"certificates/{self.tenant_id}/{self.id}.pdf"
