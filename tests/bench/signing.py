"""Doctors who sign: one after another, and fifty at the same instant, all for numbers of one series."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from threading import Barrier
from typing import Final

from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.opinion import Draft, draft_id
from functions.certificates.domain.promises import case_broken, numbers_broken
from functions.certificates.issue_certificate import IssueCertificate, issue_certificate
from shared.contracts.directory import Doctor
from shared.contracts.numbering import NumberSeries, series_id
from shared.kernel.ports import Query
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.bench.measured_world import MeasuredWorld
from tests.functions.certificates.signing import OPINION, bench, remote
from tests.people import as_doctor, patient
from tests.world import TENANT

SIGNERS: Final = 50
APP_TRIES: Final = 5

Acts = Iterator[Callable[[], object]]


def ready_to_sign(world: MeasuredWorld, number: int) -> CertificateCase:
    """A case that waits for the signature of a doctor of its own."""
    case, doctor_id = remote(f"case-{number}", f"d-{number}"), f"d-{number}"
    signer = Doctor(
        id=doctor_id, tenant_id=TENANT, given_name="Ola", family_name="Nowak", license_number="1234567"
    )
    draft = Draft(
        id=draft_id(case.id, doctor_id),
        tenant_id=TENANT,
        version=1,
        case_id=case.id,
        doctor_id=doctor_id,
        opinion_json=OPINION.model_dump_json(),
    )
    world.given(case, bench(case), signer, draft, patient())
    world.join(as_doctor(doctor_id))
    return case


def issuing(world: MeasuredWorld) -> Acts:
    for number in count():
        case = ready_to_sign(world, number)
        wanted = IssueCertificate(case_id=case.id, draft_version=1)
        yield partial(world.call, issue_certificate, wanted, as_=as_doctor(f"d-{number}"))


def all_sign(world: MeasuredWorld, signers: int = SIGNERS) -> list[Answer]:
    """Each in a thread of their own; who is told to try again does, as an app does, with the same key."""
    for number in range(signers):
        ready_to_sign(world, number)
    action, start = catalog.find("certificates__issue_certificate"), Barrier(signers)

    def sign(number: int) -> Answer:
        fields = {"case_id": f"case-{number}", "draft_version": 1}
        start.wait()
        for _ in range(APP_TRIES):
            answer = world.answer(action, dict(fields), as_doctor(f"d-{number}"), f"signature-{number:04d}")
            if answer.status != 503:
                break
        return answer

    with ThreadPoolExecutor(signers) as pool:
        return list(pool.map(sign, range(signers)))


def certificates_of(world: MeasuredWorld) -> Sequence[Certificate]:
    found = world.wiring.documents.query(Query(Certificate.kind, order=(("id", "asc"),), limit=1000))
    return [world.wiring.codec.decode(Certificate, one.fields) for one in found]


def wrong_after(world: MeasuredWorld, signers: int = SIGNERS) -> list[str]:
    """What the store shows that it must not, once all have signed."""
    signed = certificates_of(world)
    series = world.record(NumberSeries, series_id(TENANT, "VM", world.clock.now().year))
    found = list(numbers_broken(series, signed))
    if series.last != signers:
        found.append(f"the series stands at {series.last}")
    for number in range(signers):
        case = world.record(CertificateCase, f"case-{number}")
        found += case_broken(case, [one for one in signed if one.case_id == case.id])
        if case.status != CaseStatus.ISSUED:
            found.append(f"{case.id} is {case.status}")
    return found
