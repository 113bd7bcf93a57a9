"""The table at which a certificate of fitness is signed: number, code, paper and unit, together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar

from functions.referrals.domain import coverage
from functions.referrals.domain.certifying import certified, examined, examined_on, series_code
from functions.referrals.domain.deciding import Verdict, check_begun, check_doctor, check_verdict
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_paper import Letterhead, fitness_paper
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Doctor
from shared.contracts.numbering import NumberSeries, VerificationKey, code_from, first_series, proof_key
from shared.contracts.papers import PaperIssuer
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Decision, Record

VERIFY_PATH: Final = "/v1/fitness-certificates:verify"

R = TypeVar("R", bound=Record)


class Store(Protocol):
    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...

    def find(self, kind: type[R], key: str) -> R | None: ...

    def get(self, kind: type[R], key: str) -> R: ...

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]: ...

    def select(self, kind: type[R], query: Query) -> list[R]: ...

    def create(self, record: R, did: str = "", **details: Any) -> R: ...

    def apply(self, decision: Decision[R]) -> R: ...

    def put(self, record: R) -> R: ...


@dataclass(frozen=True)
class SigningTable:
    """`issuer_code` begins the numbers, `check_url` is where strangers check a paper."""

    store: Store
    doctor_id: str
    issuer: PaperIssuer
    issuer_code: str
    check_url: str
    seals: Seals
    new_id: Callable[[], str]
    now: datetime

    def sign(self, referral: Referral, verdict: Verdict) -> FitnessCertificate:
        """Stages the certificate and what follows of it. Raises what is wrong with doctor, day or verdict."""
        day = referral.day_of(self.now)
        series_key = self._series(referral, day)
        self.store.prefetch((Doctor, self.doctor_id), (NumberSeries, series_key.id))
        doctor = check_doctor(self.store.find(Doctor, self.doctor_id), day)
        check_begun(referral, day)
        series = (self.store.find(NumberSeries, series_key.id) or series_key).next
        check_verdict(verdict, referral.positions, profile_of(referral.jurisdiction), examined_on(referral))
        made = certified(referral, verdict, self.new_id(), series.number, doctor.id, self.now)
        certificate = self._with_paper(made, referral, doctor)
        self.store.put(series)
        self.store.create(certificate, "issued", number=certificate.number, referral_id=referral.id)
        self.store.apply(examined(referral, certificate, self.now))
        coverage.consume(self.store, referral, self.now)
        return certificate

    def _series(self, referral: Referral, day: date) -> NumberSeries:
        return first_series(referral.tenant_id, series_code(self.issuer_code), day)

    def _with_paper(self, made: FitnessCertificate, referral: Referral, doctor: Doctor) -> FitnessCertificate:
        """All that is printed is frozen here; the key by which strangers check it is staged."""
        code = code_from(self.new_id())
        head = Letterhead(self.issuer, self.check_url, code)
        paper = fitness_paper(made, referral, doctor, profile_of(made.jurisdiction), head)
        key = proof_key(made.tenant_id, made.number, code, self.seals)
        self.store.create(VerificationKey(id=key, tenant_id=made.tenant_id, certificate_id=made.id))
        return made.but(paper_json=paper.model_dump_json())
