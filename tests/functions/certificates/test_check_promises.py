"""The nightly look at the certificates."""

from datetime import timedelta

import pytest

from functions.certificates.amend_certificate import AmendCertificate, amend_certificate
from functions.certificates.check_promises import BACK, check_promises
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.checking import PAGE
from shared.kernel.ports import Query
from tests.functions.certificates.signing import (
    CASE,
    KNEE,
    OPINION,
    at_work,
    bench,
    issued,
    licensed,
    remote,
    writes,
)
from tests.log_lines import lines
from tests.people import ANNA, as_doctor, patient
from tests.world import World


def test_certificates_that_keep_their_promises_are_left_alone(world: World) -> None:
    at_work(world)
    first = issued(world)
    draft = writes(world, OPINION.but(items=(KNEE.but(percent=15),)))
    amend = AmendCertificate(certificate_id=first.id, draft_version=draft, reason="clerical_error")
    world.call(amend_certificate, amend, as_=as_doctor(ANNA))
    world.settle()
    before = world.record(CertificateCase, CASE)

    world.tick(check_promises)

    assert world.record(CertificateCase, CASE) == before


def test_a_certificate_without_its_paper_waits_for_a_person_and_is_told_once(world: World) -> None:
    at_work(world)
    certificate = issued(world)
    world.given(certificate.but(printed=None))

    for _ in range(2):
        world.advance(timedelta(days=1))
        world.tick(check_promises)

    case = world.record(CertificateCase, CASE)
    assert case.attention == "promise_broken"
    assert world.log_of(case).count("promise_broken") == 1


def test_a_case_that_names_another_certificate_is_found(world: World) -> None:
    at_work(world)
    certificate = issued(world)
    world.given(world.record(CertificateCase, CASE).but(certificate_id="another"))

    world.tick(check_promises)

    (line,) = [
        one for one in world.lines_of(world.record(CertificateCase, CASE)) if one.did == "promise_broken"
    ]
    assert line.details["what"] == f"names another, the newest is {certificate.id}"


def test_what_is_found_wakes_somebody_once_and_names_nobody(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work(world)
    certificate = issued(world)
    world.given(certificate.but(printed=None))
    world.given(world.record(CertificateCase, CASE).but(certificate_id="another"))
    for _ in range(2):
        world.advance(timedelta(days=1))
        world.tick(check_promises)
    (said,) = lines(capsys.readouterr().out, "promise_broken")
    assert (said["severity"], said["about"]) == ("CRITICAL", f"certificates/{certificate.id}")
    assert said["promises"] == "was_printed_once, has_one_certificate_that_holds"


def test_every_page_is_looked_at_and_nothing_older_than_a_few_days(world: World) -> None:
    cases = [remote(f"case-{number}") for number in range(PAGE + 2)]
    licensed(world)
    world.given(patient(), *cases, bench(*cases[:5]))
    for case in cases:
        world.given(bench(case))
        issued(world, OPINION, case.id)
    for snapshot in world.wiring.documents.query(Query(Certificate.kind, limit=1_000)):
        certificate = world.record(Certificate, snapshot.fields["id"])
        old = {"issued_at": certificate.issued_at - BACK} if certificate.case_id == "case-0" else {}
        world.given(certificate.but(printed=None, **old))
    world.advance(timedelta(hours=1))

    world.tick(check_promises)

    found = {one.id: world.record(CertificateCase, one.id).attention for one in cases}
    assert found == {one.id: "" if one.id == "case-0" else "promise_broken" for one in cases}
