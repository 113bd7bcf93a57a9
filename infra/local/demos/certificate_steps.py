"""What people do on the way to a certificate: order it, take it, write, sign, put right, download, check."""

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import requests

from functions.certificates.amend_certificate import AmendCertificate, amend_certificate
from functions.certificates.domain.assessing import DamageItem
from functions.certificates.domain.certificate_views import CertificateIssued
from functions.certificates.domain.opinion import DamageKind, Opinion
from functions.certificates.domain.scales.scale import Side
from functions.certificates.download_my_certificate import DownloadMyCertificate, download_my_certificate
from functions.certificates.issue_certificate import IssueCertificate, issue_certificate
from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.request_certificate import (
    Remote,
    RequestCertificate,
    Stationary,
    request_certificate,
)
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from functions.certificates.save_draft import SaveDraft, save_draft
from functions.patients.register_patient import RegisterPatient
from infra.local.demos.app import Refused
from infra.local.demos.certificate_desk import Desk
from infra.local.seed import put_on_file
from shared.kernel.actors import Actor, Role
from tests.pdf_text import text_of

SECONDS_MAX: Final = 20
NUMBER: Final = re.compile(r"[A-Z0-9]{1,8}/\d{4}/\d{6,8}")
CODE: Final = re.compile(r"[2-9B-DF-HJ-NP-TV-XZ]{5}(?:-[2-9B-DF-HJ-NP-TV-XZ]{5}){2}")
VERIFY: Final = "/v1/certificates:verify"
DAYS: Final = 10
KNEE: Final = DamageItem(code="61", side=Side.LEFT, percent=20)
KNEE_20: Final = Opinion(
    kind=DamageKind.PERMANENT,
    description="Złamanie rzepki lewej leczone operacyjnie. Zgięcie kolana 0-95 stopni, chód wydolny.\n\n"
    "Dalszej poprawy nie należy oczekiwać.",
    items=(KNEE, DamageItem(code="5", percent=2)),
)
KNEE_15: Final = KNEE_20.but(items=(KNEE.but(percent=15), KNEE_20.items[1]))
CANNOT_SAY_YET: Final = Opinion(
    kind=DamageKind.CANNOT_ASSESS_YET,
    description="Kolano prawe po urazie, rehabilitacja trwa. Ocena po jej zakończeniu.",
)


def orders_remote(desk: Desk, person: RegisterPatient) -> str:
    how = Remote(kind="remote", due_on=desk.stage.today + timedelta(days=DAYS))
    return _order(desk, person, how, f"orders a certificate from documents, due by {how.due_on:%-d %B}.")


def orders_examination(desk: Desk, person: RegisterPatient, begins: datetime, ends: datetime) -> str:
    doctor = desk.doctors[0]
    how = Stationary(
        kind="stationary",
        clinic_id=desk.clinic_id,
        doctor_id=doctor.record_id,
        starts_at=begins,
        ends_at=ends,
    )
    at = desk.stage.show.hour(begins)
    return _order(desk, person, how, f"agrees an examination by {desk.name(doctor)} tomorrow at {at}.")


def two_want(desk: Desk, case_id: str) -> bool:
    """Both see it; the second learns that it is taken."""
    first, second = desk.doctors
    app, stage = desk.stage.cloud.app, desk.stage
    listed = [app.call(list_worklist, ListWorklist(page_size=100), one).cases for one in desk.doctors]
    stage.says(desk.name(first), f"sees {len(listed[0])} on the worklist and takes the case.")
    app.call(reserve_certificate, ReserveCertificate(case_id=case_id), first)
    try:
        app.call(reserve_certificate, ReserveCertificate(case_id=case_id), second)
    except Refused as refused:
        stage.says(desk.name(second), f"wants it too. {refused.told}")
        return all(case_id in {one.case_id for one in rows} for rows in listed)
    return False


def signs(desk: Desk, case_id: str, doctor: Actor, opinion: Opinion) -> CertificateIssued:
    version = _writes(desk, case_id, doctor, opinion)
    wanted = IssueCertificate(case_id=case_id, draft_version=version)
    signed = desk.stage.cloud.app.call(issue_certificate, wanted, doctor)
    desk.stage.says(desk.name(doctor), f"signs {signed.number}.")
    desk.patients[signed.certificate_id] = desk.patients[case_id]
    return signed


def amends(desk: Desk, certificate_id: str, case_id: str, opinion: Opinion) -> CertificateIssued:
    doctor = desk.doctors[0]
    desk.stage.says(desk.name(doctor), "has seen a slip: 15 percent were meant, not 20.")
    version = _writes(desk, case_id, doctor, opinion)
    wanted = AmendCertificate(
        certificate_id=certificate_id, draft_version=version, reason="clerical_error", note="15, nie 20."
    )
    signed = desk.stage.cloud.app.call(amend_certificate, wanted, doctor)
    desk.stage.says(desk.name(doctor), f"signs {signed.number} in its place.")
    desk.patients[signed.certificate_id] = desk.patients[case_id]
    return signed


def in_their_hands(desk: Desk, certificate_id: str, folder: Path) -> tuple[Path, bool]:
    """Where the paper was put, and whether it is the one whose hash is on record."""
    wanted = DownloadMyCertificate(certificate_id=certificate_id)
    link = desk.stage.cloud.app.call(download_my_certificate, wanted, _patient(desk, certificate_id))
    answer = requests.get(link.url, timeout=SECONDS_MAX)
    answer.raise_for_status()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / link.file_name
    path.write_bytes(answer.content)
    desk.papers[certificate_id] = path
    is_whole = sha256(answer.content).hexdigest() == link.sha256 and answer.content.startswith(b"%PDF-")
    return path, is_whole


def checked(desk: Desk, certificate_id: str) -> str:
    """What somebody is told who types number and code from the paper."""
    said = text_of(desk.papers[certificate_id].read_bytes())
    number, code = NUMBER.search(said), CODE.search(said)
    return _verify(desk, number[0], code[0]) if number and code else "not to be read"


def nothing_to_try(desk: Desk, number: str) -> bool:
    wrong = "77777-77777-77777"
    return _verify(desk, number, wrong) == _verify(desk, "VM/1999/000001", wrong) == "unknown"


def follows(first: str, second: str) -> bool:
    return int(second.rpartition("/")[2]) == int(first.rpartition("/")[2]) + 1


def _order(desk: Desk, person: RegisterPatient, how: Remote | Stationary, said: str) -> str:
    stage = desk.stage
    patient_id = put_on_file(stage.cloud, person)
    wanted = RequestCertificate(
        patient_id=patient_id, how=how, certificate_kind="health_damage", purpose="insurance_claim"
    )
    case_id = stage.cloud.app.call(request_certificate, wanted, stage.cloud.staff()).case_id
    stage.says("Operator", said)
    desk.patients[case_id] = patient_id
    return case_id


def _writes(desk: Desk, case_id: str, doctor: Actor, opinion: Opinion) -> int:
    """The draft's version."""
    whole = opinion
    if opinion.kind == DamageKind.CANNOT_ASSESS_YET:
        whole = opinion.but(reexamine_on=_in_three_months(desk.stage.today))
    else:
        whole = opinion.but(scale=desk.scale.name, scale_version=desk.scale.version)
    wanted = SaveDraft(case_id=case_id, version=0, opinion=whole)
    draft = desk.stage.cloud.app.call(save_draft, wanted, doctor)
    total = f"{draft.assessment.total} percent in all" if draft.assessment else "not to be assessed yet"
    desk.stage.says(desk.name(doctor), f"writes the opinion: {total}.")
    return draft.version


def _verify(desk: Desk, number: str, code: str) -> str:
    url = desk.stage.cloud.urls["gateway"] + VERIFY
    answer = requests.get(url, params={"number": number, "code": code}, timeout=SECONDS_MAX)
    answer.raise_for_status()
    return str(answer.json()["result"])


def _in_three_months(day: date) -> date:
    return day + timedelta(days=90)


def _patient(desk: Desk, certificate_id: str) -> Actor:
    patient_id = desk.patients[certificate_id]
    tenant = desk.stage.cloud.tenant_id
    return Actor(role=Role.PATIENT, tenant_id=tenant, user_id=f"user-{patient_id}", record_id=patient_id)
