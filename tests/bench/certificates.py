"""Certificate cases as benches need them: a full worklist, and fifty doctors who want the same case."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import count
from threading import Barrier
from typing import Final

from functions.certificates.domain.case import CertificateCase, CertificateKind, Modality, Purpose
from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from shared.contracts.directory import Doctor, DoctorPhone
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.bench.measured_world import MeasuredWorld
from tests.outside import START
from tests.people import as_doctor
from tests.world import TENANT

CASES: Final = 120
PAGE: Final = 50
DOCTORS: Final = 50

Acts = Iterator[Callable[[], object]]


def a_case(case_id: str, days: int = 3) -> CertificateCase:
    return CertificateCase(
        id=case_id,
        tenant_id=TENANT,
        modality=Modality.REMOTE,
        certificate_kind=CertificateKind.HEALTH_DAMAGE,
        purpose=Purpose.INSURANCE_CLAIM,
        patient_id="p-1",
        due_on=START.date() + timedelta(days=days),
        requested_at=START,
        requested_by="op-1",
    )


def a_doctor(world: MeasuredWorld, number: int) -> Doctor:
    phone = f"+48512{number:06d}"
    key = world.wiring.seals.lookup_key(TENANT, phone)
    return Doctor(
        id=f"d-{number}",
        tenant_id=TENANT,
        given_name="Ola",
        family_name="Nowak",
        phones=(DoctorPhone(number=phone, phone_key=key),),
    )


def listing_work(world: MeasuredWorld) -> Acts:
    for number in range(CASES):
        world.given(a_case(f"case-{number:03d}", number % 9))
    while True:
        yield partial(world.call, list_worklist, ListWorklist(page_size=PAGE), as_=as_doctor("d-1"))


def reserving(world: MeasuredWorld) -> Acts:
    """Each a case of its own, by a doctor of their own."""
    for number in count():
        world.given(a_case(f"case-{number}"), a_doctor(world, number))
        yield partial(
            world.call,
            reserve_certificate,
            ReserveCertificate(case_id=f"case-{number}"),
            as_=as_doctor(f"d-{number}"),
        )


def all_want(world: MeasuredWorld, case_id: str) -> list[Answer]:
    """Every doctor reserves the case at the same instant, each in a thread of their own."""
    world.given(a_case(case_id), *(a_doctor(world, number) for number in range(DOCTORS)))
    action, start = catalog.find("certificates__reserve_certificate"), Barrier(DOCTORS)

    def want(number: int) -> Answer:
        start.wait()
        key = f"race-{case_id}-{number:04d}"
        return world.answer(action, {"case_id": case_id}, as_doctor(f"d-{number}"), key)

    with ThreadPoolExecutor(DOCTORS) as pool:
        return list(pool.map(want, range(DOCTORS)))
