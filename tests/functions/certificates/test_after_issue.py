"""A certificate's life: printed once, amended, made void, checked by strangers, seen by its patient."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

import pytest

from functions.certificates.amend_certificate import AmendCertificate, amend_certificate
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.certificate_lists import OneFilterOnly
from functions.certificates.domain.download import PaperNotReady
from functions.certificates.domain.opinion import Draft, draft_id
from functions.certificates.domain.printing import PrintCertificate, print_soon
from functions.certificates.domain.voiding import NewerOneExists
from functions.certificates.download_certificate import DownloadCertificate, download_certificate
from functions.certificates.download_my_certificate import DownloadMyCertificate, download_my_certificate
from functions.certificates.list_certificates import ListCertificates, list_certificates
from functions.certificates.list_scales import ListScales, list_scales
from functions.certificates.my_certificates import MyCertificates, my_certificates
from functions.certificates.read_certificate import ReadCertificate, read_certificate
from functions.certificates.sweep_papers import sweep_papers
from functions.certificates.void_certificate import VoidCertificate, void_certificate
from shared.contracts.numbering import code_from
from shared.kernel.errors import NotFound
from shared.kernel.ports import Query
from shared.kernel.states import NotPossibleNow
from shared.runtime import catalog, letters
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from tests.functions.certificates.signing import (
    KNEE,
    MINE,
    OPINION,
    PATIENT,
    at_work,
    issued,
    licensed,
    remote_until,
    signs,
    writes,
)
from tests.outside import START
from tests.people import ANNA, PIOTR, as_doctor, patient
from tests.world import OPERATOR, World

CORRECTED: Final = OPINION.but(items=(KNEE.but(percent=15),))
LEAD: Final = "lead@visita.example"


@pytest.fixture
def certificate(world: World) -> Certificate:
    at_work(world)
    return issued(world)


# The paper


def test_the_paper_in_storage_is_the_one_whose_hash_is_on_record(
    world: World, certificate: Certificate
) -> None:
    printed = certificate.printed
    assert printed is not None
    content = world.wiring.files.read("clean", certificate.file_name, printed.generation, 10_000_000)
    assert content.startswith(b"%PDF-")
    assert (sha256(content).hexdigest(), len(content)) == (printed.sha256, printed.size)


def test_printing_again_changes_nothing(world: World, certificate: Certificate) -> None:
    prints(world, certificate)
    assert world.record(Certificate, certificate.id) == certificate


def test_a_paper_whose_record_was_lost_is_taken_as_it_lies(world: World, certificate: Certificate) -> None:
    """The process died between storage and commit: a new signature would be another file."""
    world.wiring.files.remove("clean", certificate.file_name)
    world.wiring.files.put("clean", certificate.file_name, b"%PDF-as-it-was", "application/pdf")
    world.given(certificate.but(printed=None, version=5))
    prints(world, certificate)
    printed = world.record(Certificate, certificate.id).printed
    assert printed is not None
    assert printed.sha256 == sha256(b"%PDF-as-it-was").hexdigest()


def test_until_it_is_printed_it_is_said_to_be_on_its_way(world: World) -> None:
    at_work(world)
    told = signs(world, writes(world))
    (mine,) = world.call(my_certificates, MyCertificates(), as_=MINE).certificates
    assert not mine.paper_ready
    wanted = DownloadMyCertificate(certificate_id=told.certificate_id)
    with pytest.raises(PaperNotReady):
        world.call(download_my_certificate, wanted, as_=MINE)


def test_a_lost_task_is_made_good_by_the_sweeper(world: World) -> None:
    at_work(world)
    told = signs(world, writes(world))
    world.queue.pending.clear()
    world.tick(sweep_papers)
    assert world.record(Certificate, told.certificate_id).printed is None  # not overdue yet
    world.clock.advance(timedelta(minutes=6))
    world.tick(sweep_papers)
    assert world.record(Certificate, told.certificate_id).printed is not None


def test_tasks_that_come_twice_tell_the_patient_once(world: World) -> None:
    at_work(world)
    world.tasks_come_twice()
    certificate = issued(world)
    assert len(world.texts_to(PATIENT)) == 1
    assert len(world.mail.sent) == 1
    assert world.log_of(certificate) == ["issued", "printed", "patient_told"]


def test_the_patient_is_told_without_what_it_says(world: World, certificate: Certificate) -> None:
    (text,) = world.texts_to(PATIENT)
    assert "gotowy" in text
    (mail,) = world.mail.sent
    for said in (text, mail.subject, mail.text, mail.html):
        assert certificate.number not in said
        assert "uszczerb" not in said.lower()


def test_nobody_is_woken_by_a_doctor_who_signs_at_night(world: World) -> None:
    world.set_clock(START.replace(hour=21))
    at_work(world, remote_until(world.clock.now() + timedelta(hours=1)))
    certificate = issued(world)
    assert world.texts_to(PATIENT) == []
    world.advance(timedelta(hours=10))
    assert len(world.texts_to(PATIENT)) == 1
    assert world.record(Certificate, certificate.id).told == (News.READY,)


def test_who_cannot_be_told_waits_for_a_person(world: World) -> None:
    at_work(world)
    world.given(patient(phone="", email=""))
    world.tasks_come_twice()
    certificate = issued(world)
    assert world.log_of(certificate) == ["issued", "printed", "patient_not_told"]
    case = world.record(CertificateCase, certificate.case_id)
    assert case.attention == "patient_not_told"
    assert world.log_of(case) == ["issued", "patient_not_told"]


# Amending


def test_the_new_one_takes_the_place_of_the_old_one(world: World, certificate: Certificate) -> None:
    new = amends(world, certificate)
    old = world.record(Certificate, certificate.id)
    assert (old.status, old.superseded_by, old.superseded_by_number) == (
        CertificateStatus.SUPERSEDED,
        new.id,
        new.number,
    )
    assert (new.number, new.supersedes) == ("VM/2026/000002", old.id)
    assert new.paper.supersedes_number == old.number
    assert world.record(CertificateCase, certificate.case_id).certificate_id == new.id


def test_the_old_one_stays_readable_and_is_marked(world: World, certificate: Certificate) -> None:
    world.clock.advance(timedelta(minutes=1))
    amends(world, certificate)
    new, old = world.call(my_certificates, MyCertificates(), as_=MINE).certificates
    assert (old.status, old.superseded_by_number) == ("superseded", new.number)
    assert world.call(
        download_my_certificate, DownloadMyCertificate(certificate_id=certificate.id), as_=MINE
    ).url


def test_who_had_the_old_one_is_told(world: World, certificate: Certificate) -> None:
    new = amends(world, certificate)
    assert "poprawiono" in world.texts_to(PATIENT)[-1]
    assert world.record(Certificate, new.id).told == (News.AMENDED,)


def test_a_superseded_one_cannot_be_amended(world: World, certificate: Certificate) -> None:
    amends(world, certificate)
    with pytest.raises(NotPossibleNow):
        amends(world, certificate)


def test_nobody_amends_what_somebody_else_signed(world: World, certificate: Certificate) -> None:
    licensed(world, PIOTR)
    wanted = AmendCertificate(certificate_id=certificate.id, draft_version=1, reason="appeal")
    with pytest.raises(NotFound):
        world.call(amend_certificate, wanted, as_=as_doctor(PIOTR))


def test_an_amendment_that_is_refused_changes_nothing(world: World, certificate: Certificate) -> None:
    licensed(world, license_until=START.date() - timedelta(days=1))
    with pytest.raises(Exception, match="license"):
        amends(world, certificate)
    assert world.record(Certificate, certificate.id) == certificate
    assert world.record(Draft, draft_id(certificate.case_id, ANNA)).opinion == CORRECTED


# Void


def test_a_void_one_is_out_of_the_patients_hands(world: World, certificate: Certificate) -> None:
    voids(world, certificate)
    assert world.call(my_certificates, MyCertificates(), as_=MINE).certificates == ()
    with pytest.raises(NotFound):
        world.call(download_my_certificate, DownloadMyCertificate(certificate_id=certificate.id), as_=MINE)


def test_the_incident_is_on_record_and_the_team_lead_hears_of_it(
    world: World, certificate: Certificate
) -> None:
    world.settings = world.settings.but(team_lead_mail=LEAD)
    world.wiring.settings = world.settings
    voids(world, certificate)
    after = world.record(Certificate, certificate.id)
    line = next(one for one in world.lines_of(after) if one.did == "made_void")
    assert (line.details["reason"], line.note, line.by_user) == (
        "wrong_patient",
        "Pomylone kartoteki.",
        "op-1",
    )
    (mail,) = [one for one in world.mail.sent if one.to == LEAD]
    assert certificate.number in mail.text
    assert "Pomylone" not in mail.text
    case = world.record(CertificateCase, certificate.case_id)
    assert (case.attention, case.status) == ("certificate_void", "issued")


def test_a_patient_who_was_told_of_it_is_told_that_it_is_gone(world: World, certificate: Certificate) -> None:
    voids(world, certificate)
    assert "wycofany" in world.texts_to(PATIENT)[-1]


def test_a_patient_who_never_heard_of_it_hears_nothing(world: World) -> None:
    at_work(world)
    told = signs(world, writes(world))
    voids(world, world.record(Certificate, told.certificate_id))
    world.advance(timedelta(minutes=10))
    assert world.texts_to(PATIENT) == []
    assert world.record(Certificate, told.certificate_id).printed is None


def test_every_version_before_it_goes_with_it(world: World, certificate: Certificate) -> None:
    newest = amends(world, certificate)
    voids(world, newest)
    assert world.record(Certificate, certificate.id).status == CertificateStatus.VOID
    assert world.call(my_certificates, MyCertificates(), as_=MINE).certificates == ()


def test_an_older_version_alone_is_not_made_void(world: World, certificate: Certificate) -> None:
    amends(world, certificate)
    with pytest.raises(NewerOneExists):
        voids(world, certificate)


def test_a_void_one_is_not_amended_or_made_void_again(world: World, certificate: Certificate) -> None:
    voids(world, certificate)
    with pytest.raises(NotPossibleNow):
        voids(world, certificate)
    with pytest.raises(NotPossibleNow):
        amends(world, certificate)


# Strangers


def test_who_holds_the_paper_learns_whether_it_holds(world: World, certificate: Certificate) -> None:
    code = certificate.paper.check.code
    assert verified(world, certificate.number, code) == {"result": "valid"}
    assert verified(world, " vm/2026/000001", code.lower().replace("-", " ")) == {"result": "valid"}
    new = amends(world, certificate)
    assert verified(world, certificate.number, code) == {"result": "superseded"}
    voids(world, new)
    assert verified(world, certificate.number, code) == {"result": "void"}


def test_a_wrong_number_is_answered_like_a_wrong_code(world: World, certificate: Certificate) -> None:
    code = certificate.paper.check.code
    other = code_from("another chance")
    answers = [
        verified(world, number, given)
        for number, given in (
            (certificate.number, other),
            ("VM/2026/000999", code),
            ("VM/2026/000999", other),
            (certificate.number, ""),
            ("", ""),
        )
    ]
    assert answers == [{"result": "unknown"}] * 5


def test_the_link_on_the_paper_asks_exactly_this(world: World, certificate: Certificate) -> None:
    check = certificate.paper.check
    address, _, query = check.link.partition("?")
    assert address == f"{world.settings.public_url}/v1/certificates:verify"
    assert query == f"number={certificate.number.replace('/', '%2F')}&code={check.code}"


def test_the_code_stands_nowhere_in_the_store(world: World, certificate: Certificate) -> None:
    for kind in ("certificates", "verification_keys", "audit", "markers", "outbox"):
        for one in world.wiring.documents.query(Query(kind, limit=100)):
            assert certificate.paper.check.code not in str(one)


# Reading


def test_doctor_and_staff_read_it_with_the_opinion(world: World, certificate: Certificate) -> None:
    for actor in (OPERATOR, as_doctor(ANNA)):
        view = world.call(read_certificate, ReadCertificate(certificate_id=certificate.id), as_=actor)
        assert (view.opinion, view.total_percent, view.paper_ready) == (OPINION, 20, True)
        link = world.call(download_certificate, DownloadCertificate(certificate_id=certificate.id), as_=actor)
        assert link.file_name == "VM-2026-000001.pdf"
        assert link.sha256 == view.sha256
    with pytest.raises(NotFound):
        world.call(read_certificate, ReadCertificate(certificate_id=certificate.id), as_=as_doctor(PIOTR))


def test_staff_list_by_one_thing_at_a_time(world: World, certificate: Certificate) -> None:
    for wanted in (
        ListCertificates(),
        ListCertificates(case_id=certificate.case_id),
        ListCertificates(patient_id="p-1"),
        ListCertificates(doctor_id=ANNA),
    ):
        (row,) = world.call(list_certificates, wanted).certificates
        assert row.certificate_id == certificate.id
    with pytest.raises(OneFilterOnly):
        world.call(list_certificates, ListCertificates(patient_id="p-1", doctor_id=ANNA))


def test_the_scales_that_hold_today_are_listed(world: World) -> None:
    def names(scale: str) -> list[tuple[str, str]]:
        found = world.call(list_scales, ListScales(scale=scale), as_=as_doctor(ANNA))
        return [(one.name, one.version) for one in found.scales]

    assert names("") == [("general", "2025")]
    assert names("accident-insurer") == [("accident-insurer", "2026")]


# Words


def amends(world: World, old: Certificate) -> Certificate:
    version = writes(world, CORRECTED, case_id=old.case_id)
    wanted = AmendCertificate(
        certificate_id=old.id, draft_version=version, reason="clerical_error", note="Pomyłka w procentach."
    )
    told = world.call(amend_certificate, wanted, as_=as_doctor(ANNA))
    world.settle()
    return world.record(Certificate, told.certificate_id)


def voids(world: World, certificate: Certificate) -> None:
    wanted = VoidCertificate(
        certificate_id=certificate.id, reason="wrong_patient", note="Pomylone kartoteki."
    )
    world.call(void_certificate, wanted)
    world.settle()


def verified(world: World, number: str, code: str) -> dict[str, str]:
    """As anybody asks who holds the paper: without a token."""
    action = catalog.find("certificates__verify_certificate")
    query = urlencode({"number": number, "code": code})
    answer = answer_to(action, Incoming("GET", action.path, query, {}, b""), world.wiring)
    assert answer.status == 200
    return dict(json.loads(answer.body))


def prints(world: World, certificate: Certificate) -> None:
    effect = print_soon(certificate, world.clock.now())
    assert effect.message == PrintCertificate(certificate_id=certificate.id)
    letter = letters.write(effect, certificate.tenant_id, "", world.clock.now(), "")
    assert world.deliver(catalog.find(letter.target), letter.body.encode()).status == 200
