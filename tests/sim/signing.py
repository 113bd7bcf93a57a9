"""Doctors who sign in the simulator, and what must hold of certificates, numbers and papers at the end."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

from functions.certificates.amend_certificate import AmendCertificate, amend_certificate
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.opinion import Draft, Opinion, draft_id
from functions.certificates.domain.promises import broken, case_broken, numbers_broken
from functions.certificates.issue_certificate import IssueCertificate, issue_certificate
from functions.certificates.save_draft import SaveDraft, save_draft
from functions.certificates.void_certificate import VoidCertificate, void_certificate
from shared.contracts.directory import Doctor
from shared.contracts.numbering import NumberSeries
from shared.runtime.letters import Letter, LetterStatus
from shared.runtime.problem import Answer
from tests.functions.certificates.signing import KNEE, OPINION, bench, remote
from tests.people import as_doctor, patient
from tests.sim.judge import all_of, log_of
from tests.sim.machine import CODEC, Machine
from tests.sim.phones import patients_phone
from tests.world import OPERATOR, TENANT

CORRECTED: Final = OPINION.but(items=(KNEE.but(percent=15),))
BYTES_MAX: Final = 1_000_000


@dataclass
class Practice:
    """`told`: what apps were shown: the case and the number. `patients`: their phones by case."""

    machine: Machine
    told: list[tuple[str, str]] = field(default_factory=list)
    phones: dict[str, str] = field(default_factory=dict)

    def doctor(self, doctor_id: str) -> None:
        facts = {"license_number": "1234567", "license_until": date(2030, 12, 31)}
        signer = Doctor(id=doctor_id, tenant_id=TENANT, given_name="Ola", family_name="Nowak")
        self.machine.given(signer.but(**facts))

    def cases(self, doctor_id: str, *numbers: int) -> None:
        """In the hands of that doctor, each of a patient of its own."""
        mine = [remote(f"case-{one}", doctor_id, patient_id=f"p-{one}") for one in numbers]
        for number, case in zip(numbers, mine, strict=True):
            self.phones[case.id] = patients_phone(number)
            self.machine.given(case, patient(case.patient_id, phone=self.phones[case.id], email=""))
        self.machine.given(bench(*mine))

    def writes(self, case_id: str, doctor_id: str, opinion: Opinion = OPINION, version: int = 0) -> int:
        """The draft's version as it is afterwards; 0 where there is none."""
        wanted = SaveDraft(case_id=case_id, version=version, opinion=opinion)
        self.machine.call(save_draft, wanted, as_doctor(doctor_id))
        path = f"{Draft.kind}/{draft_id(case_id, doctor_id)}"
        found = self.machine.store.read([path])[path]
        return CODEC.decode(Draft, found.fields).version if found else 0

    def signs(self, case_id: str, doctor_id: str, version: int) -> None:
        wanted = IssueCertificate(case_id=case_id, draft_version=version)
        self._note(case_id, self.machine.call(issue_certificate, wanted, as_doctor(doctor_id)))

    def works(self, case_id: str, doctor_id: str) -> None:
        self.signs(case_id, doctor_id, self.writes(case_id, doctor_id))

    def amends(self, case_id: str, doctor_id: str) -> None:
        newest = self.case(case_id).certificate_id
        if not newest:
            return
        version = self.writes(case_id, doctor_id, CORRECTED)
        wanted = AmendCertificate(certificate_id=newest, draft_version=version, reason="clerical_error")
        self._note(case_id, self.machine.call(amend_certificate, wanted, as_doctor(doctor_id)))

    def makes_void(self, case_id: str) -> None:
        newest = self.case(case_id).certificate_id
        if newest:
            wanted = VoidCertificate(
                certificate_id=newest, reason="wrong_patient", note="Pomylone kartoteki."
            )
            self.machine.call(void_certificate, wanted, OPERATOR)

    def case(self, case_id: str) -> CertificateCase:
        path = f"{CertificateCase.kind}/{case_id}"
        found = self.machine.store.read([path])[path]
        assert found is not None
        return CODEC.decode(CertificateCase, found.fields)

    def _note(self, case_id: str, answer: Answer | None) -> None:
        if answer is not None and answer.status == 200:
            self.told.append((case_id, str(json.loads(answer.body)["number"])))


def breaches(practice: Practice) -> list[str]:
    machine = practice.machine
    certificates = all_of(machine, Certificate)
    series = all_of(machine, NumberSeries)
    benches = {held.case_id: one.id for one in all_of(machine, Bench) for held in one.held}
    return [
        *(what for one in certificates for what in broken(one, log_of(machine, one), machine.timeline.now())),
        *(what for one in series for what in numbers_broken(one, certificates)),
        *(what for one in all_of(machine, CertificateCase) for what in _of_case(one, certificates, benches)),
        *([] if series or not certificates else ["numbers without a series"]),
        *_apps(practice, certificates),
        *(what for one in certificates for what in _paper(one, machine)),
        *_patients(practice, certificates),
    ]


def _of_case(
    case: CertificateCase, certificates: list[Certificate], benches: dict[str, str]
) -> Iterator[str]:
    mine = [one for one in certificates if one.case_id == case.id]
    yield from (f"{case.id}: {what}" for what in case_broken(case, mine))
    if mine and case.id in benches:
        yield f"{case.id} is issued and still lies on the bench of {benches[case.id]}"


def _apps(practice: Practice, certificates: list[Certificate]) -> Iterator[str]:
    """What a doctor was shown is so, and each signature was shown as one number."""
    signed = {(one.case_id, one.number) for one in certificates}
    yield from (f"the app showed {number} for {case_id}" for case_id, number in {*practice.told} - signed)


def _paper(it: Certificate, machine: Machine) -> Iterator[str]:
    """The file whose hash is on record is the one that lies there, and it is the only one."""
    facts = machine.files.stat("clean", it.file_name)
    if it.printed is None:
        return
    if facts is None:
        yield f"{it.number} has no file"
        return
    content = machine.files.read("clean", it.file_name, facts.generation, BYTES_MAX)
    if (sha256(content).hexdigest(), facts.generation) != (it.printed.sha256, it.printed.generation):
        yield f"the file of {it.number} is another one than was noted"


def _patients(practice: Practice, certificates: list[Certificate]) -> Iterator[str]:
    """Told of what holds, once of each; never of what was made void before they heard of it."""
    texts = Counter((one.sms.to, one.sms.body) for one in practice.machine.provider.sent)
    letters = {one.id: one.status for one in all_of(practice.machine, Letter)}
    yield from (f"{body[:30]} was texted {times} times" for (_, body), times in texts.items() if times > 1)
    for one in certificates:
        wanted = News.AMENDED if one.earlier else News.READY
        if one.status == CertificateStatus.ISSUED and wanted not in one.told:
            yield f"the patient of {one.number} was not told"
        heard = any(to == practice.phones[one.case_id] for to, _ in texts)
        # Rather lost than sent twice: what was tried twice by processes that died counts as sent.
        lost = letters.get(f"certificate-text-{one.id}-{wanted}") == LetterStatus.UNKNOWN
        if one.told and not heard and not lost:
            yield f"{one.number} says that its patient was told, and no text was sent"
