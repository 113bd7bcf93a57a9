"""Signing: who may on that day, on what scale, with which number, and that it happens once."""

from datetime import date, timedelta
from typing import Any

import pytest

from functions.certificates.domain.assessing import AssessmentMakesNoSense, DamageItem, PriorDamage
from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CaseStatus, CertificateCase, CertificateKind
from functions.certificates.domain.certificate import Certificate, CertificateStatus
from functions.certificates.domain.certificate_paper import NotPrintable
from functions.certificates.domain.closeness import ConflictOfInterest
from functions.certificates.domain.insurer import Insurer
from functions.certificates.domain.issuing import (
    NotExaminedYet,
    NotLicensed,
    NotYourSpecialization,
    PatientGone,
)
from functions.certificates.domain.opinion import (
    DamageKind,
    Draft,
    DraftMovedOn,
    Opinion,
    OpinionIncomplete,
    draft_id,
)
from functions.certificates.domain.reserving import NotReserved
from functions.certificates.domain.scales.choosing import ScaleOfAnotherInsurer, ScaleSuperseded
from functions.certificates.domain.scales.scale import Side
from shared.contracts.documents import DocumentStatus
from shared.contracts.members import SignInAgain
from shared.contracts.patients import Patient
from shared.kernel.errors import NotFound
from shared.kernel.ports import Query
from shared.kernel.states import NotPossibleNow
from shared.runtime import catalog
from tests.functions.certificates.signing import (
    CASE,
    DOCUMENT,
    KNEE,
    OPINION,
    at_work,
    bench,
    issued,
    licensed,
    on_shelf,
    remote,
    remote_until,
    signs,
    stationary,
    writes,
)
from tests.outside import START
from tests.people import ANNA, PHONES, PIOTR, as_doctor, patient
from tests.world import World


def test_a_signed_draft_is_a_certificate_and_ends_the_case(world: World) -> None:
    at_work(world)
    certificate = issued(world)
    case = world.record(CertificateCase, CASE)
    assert (case.status, case.certificate_id) == (CaseStatus.ISSUED, certificate.id)
    assert certificate.status == CertificateStatus.ISSUED
    assert certificate.number == "VM/2026/000001"
    assert certificate.opinion == OPINION
    assert world.log_of(certificate) == ["issued", "printed", "patient_told"]
    assert world.log_of(case) == ["issued"]


def test_the_paper_says_what_was_found_and_about_whom(world: World) -> None:
    at_work(world, remote(insurer=Insurer(name="Bezpieczni S.A.", claim_number="77/26")))
    paper = issued(world, OPINION.but(document_ids=(DOCUMENT,))).paper
    assert paper.patient.name == "Zofia Malinowska"
    assert (paper.doctor.name, paper.doctor.license_number) == ("Anna Zielińska", "1234567")
    assert paper.doctor.specialization == "choroby wewnętrzne"
    assert paper.total_percent == 20
    assert paper.documents == ("Karta informacyjna ze szpitala",)
    assert paper.purpose == "Roszczenie z ubezpieczenia, Bezpieczni S.A., nr sprawy 77/26"
    assert paper.scale_version == "wersja 2025"
    assert paper.examined_on == START.date()


def test_each_item_says_what_counts_of_it_and_why(world: World) -> None:
    at_work(world)
    prior = (PriorDamage(function="knee", side=Side.LEFT, percent=5),)
    hip = DamageItem(code="60", side=Side.LEFT, percent=30)
    leg = (KNEE, hip, DamageItem(code="64", side=Side.LEFT, percent=30))
    items = issued(world, OPINION.but(items=leg, prior=prior)).paper.items
    assert [int(one.counted_percent) for one in items] == [15, 30, 15]
    assert items[0].remarks == "Odjęto uszczerbek istniejący wcześniej: 5%."
    assert items[1].remarks == ""
    assert "utraty kończyny" in items[2].remarks
    assert items[0].wording == "Uszkodzenie kolana (kończyna dolna lewa)"


def test_the_same_click_twice_issues_one(world: World) -> None:
    at_work(world)
    version = writes(world)
    first, second = (signs(world, version, key="the-same-click") for _ in range(2))
    assert first == second
    assert count(world) == 1


def test_another_click_finds_that_it_was_issued(world: World) -> None:
    at_work(world)
    version = writes(world)
    signs(world, version)
    with pytest.raises(NotPossibleNow):
        signs(world, version)
    assert count(world) == 1


def test_only_the_draft_that_was_read_is_signed(world: World) -> None:
    at_work(world)
    version = writes(world)
    writes(world, OPINION.but(items=()), version)
    with pytest.raises(DraftMovedOn):
        signs(world, version)
    assert count(world) == 0


def test_without_a_draft_there_is_nothing_to_sign(world: World) -> None:
    at_work(world)
    with pytest.raises(NotFound):
        signs(world, 0)


def test_the_draft_becomes_the_certificate_and_is_gone(world: World) -> None:
    at_work(world)
    issued(world)
    path = f"{Draft.kind}/{draft_id(CASE, ANNA)}"
    assert world.wiring.documents.read([path])[path] is None


def test_a_finished_case_makes_room_on_the_bench(world: World) -> None:
    at_work(world)
    issued(world)
    assert world.record(Bench, ANNA).held == ()


def test_somebody_else_cannot_sign(world: World) -> None:
    at_work(world)
    licensed(world, PIOTR)
    with pytest.raises(NotFound):
        signs(world, writes(world), by=PIOTR)


def test_who_signed_in_a_while_ago_signs_in_again_and_loses_nothing(world: World) -> None:
    at_work(world)
    version = writes(world)
    world.signed_in_ago = timedelta(minutes=11)
    with pytest.raises(SignInAgain):
        signs(world, version)
    world.signed_in_ago = timedelta(0)
    assert signs(world, version).number == "VM/2026/000001"


def test_a_lease_that_is_over_does_not_sign_and_the_draft_stays(world: World) -> None:
    at_work(world)
    version = writes(world)
    world.clock.advance(timedelta(hours=2))
    with pytest.raises(NotReserved):
        signs(world, version)
    assert world.record(Draft, draft_id(CASE, ANNA)).opinion == OPINION


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"license_until": START.date() - timedelta(days=1)}, NotLicensed),
        ({"license_number": ""}, NotLicensed),
        ({"active": False}, NotLicensed),
        ({"specializations": ("dermatology",)}, NotYourSpecialization),
    ],
    ids=["license ended", "no license", "not practising", "another specialization"],
)
def test_who_may_sign_is_asked_on_the_day_of_signing(
    world: World, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    """Anna could do all of it when she took the case."""
    at_work(world, remote(specialization="internal_medicine"))
    version = writes(world)
    licensed(world, **facts)
    with pytest.raises(refusal):
        signs(world, version)
    assert count(world) == 0


def test_a_license_holds_through_its_last_day(world: World) -> None:
    at_work(world, license_until=START.date())
    assert issued(world).number


def test_a_doctor_does_not_judge_their_own_household(world: World) -> None:
    """The patient's number was corrected after the case was taken: it is the doctor's phone."""
    at_work(world)
    version = writes(world)
    world.given(patient(phone=PHONES[ANNA]))
    with pytest.raises(ConflictOfInterest):
        signs(world, version)


def test_an_insurers_own_scale_is_asked_for(world: World) -> None:
    at_work(world, remote(insurer=Insurer(name="Wypadkowa S.A.", scale="accident-insurer")))
    version = writes(world)
    with pytest.raises(ScaleOfAnotherInsurer, match="accident-insurer 2026"):
        signs(world, version)
    theirs = OPINION.but(
        scale="accident-insurer",
        scale_version="2026",
        items=(DamageItem(code="21", side=Side.LEFT, percent=8),),
    )
    signs(world, writes(world, theirs, version))
    assert count(world) == 1


def test_a_scale_superseded_before_signing_is_assessed_anew(world: World) -> None:
    """Reserved in the old year, signed in the new."""
    world.set_clock(START.replace(year=2026, month=12, day=31, hour=21))
    at_work(world, remote_until(world.clock.now() + timedelta(hours=4)))
    version = writes(world)
    world.clock.advance(timedelta(hours=3))
    with pytest.raises(ScaleSuperseded, match="general 2027"):
        signs(world, version)
    told = signs(world, writes(world, OPINION.but(scale_version="2027"), version))
    assert told.number == "VM/2027/000001"


def test_what_cannot_be_assessed_yet_has_a_day_and_no_percents(world: World) -> None:
    at_work(world)
    later = Opinion(
        kind=DamageKind.CANNOT_ASSESS_YET, description="Leczenie trwa.", reexamine_on=date(2027, 3, 1)
    )
    certificate = issued(world, later)
    assert certificate.paper.total_percent is None
    assert certificate.paper.re_examine_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"description": "  "}, "/description"),
        ({"kind": None}, "/kind"),
        ({"kind": DamageKind.CANNOT_ASSESS_YET, "items": ()}, "/reexamine_on"),
        ({"kind": DamageKind.CANNOT_ASSESS_YET, "reexamine_on": date(2027, 3, 1)}, "/items"),
        ({"reexamine_on": date(2027, 3, 1)}, "/reexamine_on"),
        ({"kind": DamageKind.LONG_TERM, "reexamine_on": START.date()}, "/reexamine_on"),
        ({"kind": DamageKind.LONG_TERM, "reexamine_on": date(2036, 1, 1)}, "/reexamine_on"),
        ({"document_ids": ("nobodys",)}, "/document_ids/0"),
    ],
)
def test_what_an_opinion_lacks_is_named(world: World, changes: dict[str, Any], pointer: str) -> None:
    at_work(world)
    version = writes(world, OPINION.but(**changes))
    with pytest.raises(OpinionIncomplete):
        signs(world, version)
    action = catalog.find("certificates__issue_certificate")
    answer = world.answer(action, {"case_id": CASE, "draft_version": version}, as_doctor(ANNA))
    assert pointer.encode() in answer.body


@pytest.mark.parametrize(
    "facts", [{"shelf_id": "another-case"}, {"status": DocumentStatus.CHECKING}, {"tenant_id": "other"}]
)
def test_only_checked_documents_of_this_case_are_named(world: World, facts: dict[str, Any]) -> None:
    at_work(world)
    world.given(on_shelf(**facts))
    version = writes(world, OPINION.but(document_ids=(DOCUMENT,)))
    with pytest.raises(OpinionIncomplete):
        signs(world, version)


def test_percents_out_of_range_are_refused_at_signing(world: World) -> None:
    at_work(world)
    version = writes(world, OPINION.but(items=(KNEE.but(percent=31),)))
    with pytest.raises(AssessmentMakesNoSense):
        signs(world, version)


def test_no_damage_found_is_an_answer(world: World) -> None:
    at_work(world)
    assert issued(world, OPINION.but(items=())).paper.total_percent == 0


def test_an_opinion_in_words_has_no_percents(world: World) -> None:
    at_work(world, remote(certificate_kind=CertificateKind.HEALTH_STATE))
    version = writes(world)
    with pytest.raises(OpinionIncomplete):
        signs(world, version)
    told = signs(world, writes(world, Opinion(description="Zdolna do pracy przy biurku."), version))
    assert told.total_percent is None


def test_a_stationary_one_is_signed_on_the_day_of_the_examination(world: World) -> None:
    at_work(world, stationary(START + timedelta(days=1)))
    version = writes(world)
    with pytest.raises(NotExaminedYet):
        signs(world, version)
    world.clock.advance(timedelta(days=1))
    told = signs(world, version)
    paper = world.record(Certificate, told.certificate_id).paper
    assert (paper.modality, paper.examined_on) == ("stationary", START.date() + timedelta(days=1))


def test_a_patient_who_was_merged_meanwhile_gets_it_under_the_record_that_is_left(world: World) -> None:
    at_work(world)
    version = writes(world)
    world.given(patient().but(merged_into="p-2"), patient("p-2"))
    told = signs(world, version)
    assert world.record(Certificate, told.certificate_id).patient_id == "p-2"


def test_a_patient_who_was_erased_meanwhile_gets_none(world: World) -> None:
    at_work(world, remote(patient_id="p-erased"))
    version = writes(world)
    with pytest.raises(PatientGone):
        signs(world, version)


def test_a_name_that_no_paper_can_show_is_refused_before_anything_happens(world: World) -> None:
    at_work(world)
    version = writes(world)
    world.given(patient(family_name="Mali☃nowska"))
    with pytest.raises(NotPrintable, match=r"U\+2603"):
        signs(world, version)
    assert world.record(CertificateCase, CASE).status == CaseStatus.RESERVED


def test_numbers_have_no_gap_over_refusals(world: World) -> None:
    cases = [remote(f"case-{number}") for number in (1, 2, 3)]
    at_work(world, cases[0])
    world.given(*cases[1:], bench(*cases))
    first = signs(world, writes(world, case_id="case-1"), "case-1")
    with pytest.raises(NotFound):
        signs(world, 1, "case-2")
    second = signs(world, writes(world, case_id="case-3"), "case-3")
    assert (first.number, second.number) == ("VM/2026/000001", "VM/2026/000002")


def test_the_year_of_a_number_is_that_of_the_wall(world: World) -> None:
    """Half past midnight in Warsaw is still last year in UTC."""
    world.set_clock(START.replace(year=2026, month=12, day=31, hour=23, minute=30))
    at_work(world, remote_until(world.clock.now() + timedelta(hours=1)))
    told = signs(world, writes(world, OPINION.but(scale_version="2027")))
    assert told.number == "VM/2027/000001"


def test_the_patient_on_file_is_untouched(world: World) -> None:
    at_work(world)
    before = world.record(Patient, "p-1")
    issued(world)
    assert world.record(Patient, "p-1") == before


def count(world: World) -> int:
    return len(world.wiring.documents.query(Query(Certificate.kind, limit=100)))
