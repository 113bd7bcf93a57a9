"""Each promise about certificates is kept by what is right, and broken by what is wrong."""

from datetime import timedelta
from typing import Any

import pytest

from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus
from functions.certificates.domain.promises import broken, case_broken, numbers_broken
from shared.contracts.numbering import NumberSeries, first_series
from tests.functions.certificates.signing import CASE, at_work, issued
from tests.world import TENANT, World


@pytest.fixture
def certificate(world: World) -> Certificate:
    at_work(world)
    return issued(world)


def test_what_was_issued_and_printed_keeps_them_all(world: World, certificate: Certificate) -> None:
    assert broken(certificate, world.lines_of(certificate), world.clock.now()) == ()
    assert list(case_broken(world.record(CertificateCase, CASE), [certificate])) == []


@pytest.mark.parametrize(
    ("changes", "promise"),
    [
        ({"superseded_by": "x"}, "is_what_its_status_says"),
        ({"status": CertificateStatus.SUPERSEDED}, "is_what_its_status_says"),
        ({"status": CertificateStatus.VOID}, "is_what_its_status_says"),
        ({"supersedes_number": "VM/2026/000009"}, "is_what_its_status_says"),
        ({"printed": None}, "was_printed_once"),
        ({"version": 9}, "has_a_whole_log"),
    ],
)
def test_what_is_wrong_is_said(
    world: World, certificate: Certificate, changes: dict[str, Any], promise: str
) -> None:
    wrong = certificate.but(**changes)
    found = broken(wrong, world.lines_of(certificate), world.clock.now())
    assert any(one.startswith(f"{promise}:") for one in found), found


def test_a_paper_that_never_came_is_said_after_a_while(world: World, certificate: Certificate) -> None:
    lines = [one for one in world.lines_of(certificate) if one.did != "printed"]
    wrong = certificate.but(printed=None)
    assert "was_printed_once: has no paper" not in broken(wrong, lines, world.clock.now())
    assert "was_printed_once: has no paper" in broken(wrong, lines, world.clock.now() + timedelta(hours=1))


def test_two_certificates_that_hold_are_one_too_many(world: World, certificate: Certificate) -> None:
    case = world.record(CertificateCase, CASE)
    twin = certificate.but(id="another")
    assert any("that hold" in one for one in case_broken(case, [certificate, twin]))
    assert list(case_broken(case.but(status=CaseStatus.PENDING), [certificate]))
    assert list(case_broken(case, []))
    assert list(case_broken(case.but(certificate_id="another"), [certificate]))


def test_gaps_and_doubles_among_numbers_are_said(certificate: Certificate) -> None:
    series: NumberSeries = first_series(TENANT, "VM", certificate.issued_on).but(last=2)
    second = certificate.but(id="c-2", number="VM/2026/000002")
    third = certificate.but(id="c-3", number="VM/2026/000003")
    assert list(numbers_broken(series, [certificate, second])) == []
    assert list(numbers_broken(series, [certificate])) == ["VM/2026/000002 was left out"]
    assert list(numbers_broken(series, [certificate, second, second])) == ["VM/2026/000002 was given 2 times"]
    assert list(numbers_broken(series, [certificate, second, third])) == ["VM/2026/000003 is beyond the last"]
