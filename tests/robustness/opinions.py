"""Opinions and certificates in the states that an operation may need, as they lie in the store."""

from datetime import date
from typing import Any, Final

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.issue_certificate import IssueCertificate, issue_certificate
from functions.certificates.save_draft import SaveDraft, save_draft
from shared.contracts.directory import Doctor
from tests.functions.certificates.signing import OPINION, bench, remote
from tests.people import ANNA, as_doctor, patient
from tests.world import World

WRITTEN: Final = tuple(f"case-written-{number}" for number in range(1, 7))
ISSUED: Final = tuple(f"case-issued-{number}" for number in range(1, 7))
PATIENT: Final = "p-certified"
CALLERS: Final = ("p-1", "p-3")
"""Patients who call; theirs are the first of those that are issued."""


def opinions_around(world: World) -> dict[str, list[Any]]:
    """What is known of them, by the name of the field that may speak of it, and by operation."""
    whose = dict(zip(ISSUED, CALLERS, strict=False))
    cases = [remote(one, patient_id=whose.get(one, PATIENT)) for one in (*WRITTEN, *ISSUED)]
    signer = world.record(Doctor, ANNA).but(license_number="1234567", license_until=date(2030, 12, 31))
    nobodys = patient(PATIENT, phone="", email="")
    world.given(signer, nobodys, *cases, bench(*cases))
    for one in (*WRITTEN, *ISSUED):
        world.call(save_draft, SaveDraft(case_id=one, version=0, opinion=OPINION), as_=as_doctor(ANNA))
    for one in ISSUED:
        wanted = IssueCertificate(case_id=one, draft_version=1)
        world.call(issue_certificate, wanted, as_=as_doctor(ANNA))
        world.call(save_draft, SaveDraft(case_id=one, version=0, opinion=OPINION), as_=as_doctor(ANNA))
    world.settle()
    certificates = [world.record(Certificate, _of(world, one).certificate_id) for one in ISSUED]
    return {
        "certificates__save_draft": list(WRITTEN),
        "certificates__read_draft": list(WRITTEN),
        "certificates__issue_certificate": list(WRITTEN),
        "certificates__download_my_certificate": [one.id for one in certificates[: len(CALLERS)]],
        "certificate_id": [one.id for one in certificates],
        "draft_version": [1],
        "version": [0, 1],
        "number": [one.number for one in certificates],
        "code": [one.paper.check.code for one in certificates],
    }


def _of(world: World, case_id: str) -> CertificateCase:
    return world.record(CertificateCase, case_id)
