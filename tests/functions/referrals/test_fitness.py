"""A doctor signs for fitness: what may be signed, what follows, what everybody sees of it."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from functions.messaging.set_notice_preferences import SetNoticePreferences, set_notice_preferences
from functions.referrals.domain.deciding import (
    DecisionsDoNotFit,
    MayNotExamine,
    NextDatesDoNotFit,
    NotExaminedToday,
    months_after,
)
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import (
    FitnessCertificate,
    FitnessDecision,
    NextDue,
    NextDueReason,
    PositionDecision,
)
from functions.referrals.domain.package import EntitlementStatus
from functions.referrals.domain.printing import paper_of
from functions.referrals.domain.projection import PaperNotForEmployers
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.superseding import ReferralMovedOn
from functions.referrals.download_fitness import DownloadFitness, download_fitness
from functions.referrals.download_referral import DownloadReferral, download_referral
from functions.referrals.file_fitness import file_fitness
from functions.referrals.get_assigned_referral import GetAssignedReferral, get_assigned_referral
from functions.referrals.get_fitness_certificate import GetFitnessCertificate, get_fitness_certificate
from functions.referrals.list_examinations import ListExaminations, list_examinations
from functions.referrals.list_my_fitness import ListMyFitness, list_my_fitness
from functions.referrals.read_signed_fitness import ReadSignedFitness, read_signed_fitness
from functions.referrals.sweep_work_papers import sweep_work_papers
from functions.referrals.verify_fitness import VerifyFitness, verify_fitness
from shared.contracts.directory import Doctor
from shared.contracts.notice_rules import Refused
from shared.contracts.notices import Channel
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from shared.kernel.times import QuietHours
from shared.runtime.letters import Envelope
from tests.functions.referrals.certified import AT, FIT, NEXT, certificate_of, certify, examined
from tests.functions.referrals.orders import unit, units
from tests.functions.referrals.people import DRIVER, MLYN, WELDER, as_employer, employee, employer
from tests.functions.referrals.places import mails, practice
from tests.people import ANNA, EWA, as_doctor, doctor
from tests.world import TENANT, World

__all__ = ["practice"]
ZOFIA = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="u-zofia", record_id="p-1")
STRANGER = ZOFIA.but(record_id="p-9")


def test_a_signed_certificate_ends_the_referral_and_uses_the_unit(practice: World) -> None:
    referral = examined(practice)
    seen = certify(practice, referral.id)
    practice.settle()
    after = practice.record(Referral, referral.id)
    assert (after.status, after.certificate_id) == (ReferralStatus.EXAMINED, seen.certificate_id)
    assert units(practice) == (4, 0, 1)
    assert unit(practice, referral.id).status == EntitlementStatus.CONSUMED
    assert seen.number == "VM-MP/2026/000001"
    assert practice.record(Employee, "em-1").certificate_ids == (seen.certificate_id,)


def test_nothing_is_signed_twice(practice: World) -> None:
    referral = examined(practice)
    certify(practice, referral.id)
    with pytest.raises(NotPossibleNow):
        certify(practice, referral.id)
    assert units(practice) == (4, 0, 1)


def test_one_position_may_be_allowed_and_the_other_not(practice: World) -> None:
    referral = examined(practice, positions=(WELDER, DRIVER))
    cannot = PositionDecision(position=DRIVER, decision=FitnessDecision.LOST_ABILITY)
    seen = certify(practice, referral.id, decisions=(cannot, FIT))
    assert [(one.position, one.decision.value) for one in seen.decisions] == [
        (WELDER, "fit"),
        (DRIVER, "lost_ability"),
    ]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"decisions": (FIT.but(position=DRIVER),)}, DecisionsDoNotFit),
        ({"decisions": (FIT, FIT)}, DecisionsDoNotFit),
        ({"next_dues": ()}, NextDatesDoNotFit),
        ({"next_dues": (NEXT, NEXT)}, NextDatesDoNotFit),
        ({"next_dues": (NEXT.but(due_on=AT.date()),)}, NextDatesDoNotFit),
        ({"next_dues": (NEXT.but(due_on=date(2031, 12, 2)),)}, NextDatesDoNotFit),
        ({"revision": 2}, ReferralMovedOn),
    ],
)
def test_what_does_not_fit_the_referral_is_not_signed(
    practice: World, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    referral = examined(practice)
    with pytest.raises(refusal):
        certify(practice, referral.id, **facts)
    assert units(practice) == (4, 1, 0)


def test_the_last_day_that_the_law_allows_may_be_signed(practice: World) -> None:
    referral = examined(practice)
    assert certify(practice, referral.id, next_dues=(NEXT.but(due_on=date(2031, 12, 1)),)).next_dues


def test_who_is_not_fit_needs_no_next_date(practice: World) -> None:
    referral = examined(practice)
    cannot = FIT.but(decision=FitnessDecision.UNFIT)
    assert certify(practice, referral.id, decisions=(cannot,), next_dues=()).next_dues == ()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2028, 2, 29), 36, date(2031, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
    ],
)
def test_a_date_months_later_is_a_day_that_exists(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    "facts",
    [
        {"license_number": ""},
        {"license_until": date(2026, 11, 30)},
        {"specializations": ()},
        {"active": False},
    ],
)
def test_only_a_licensed_doctor_of_occupational_medicine_signs(
    practice: World, facts: dict[str, object]
) -> None:
    referral = examined(practice)
    practice.given(practice.record(Doctor, ANNA).but(**facts))
    with pytest.raises(MayNotExamine):
        certify(practice, referral.id)


def test_nobody_signs_before_the_day_or_in_anothers_place(practice: World) -> None:
    referral = examined(practice)
    practice.set_clock(AT - timedelta(days=1))
    with pytest.raises(NotExaminedToday):
        certify(practice, referral.id)
    practice.set_clock(AT)
    practice.given(doctor(practice, EWA, specializations=("occupational_medicine",), license_number="1"))
    with pytest.raises(NotFound):
        certify(practice, referral.id, by=EWA)


def test_the_doctor_sees_the_referral_and_what_nobody_measured(practice: World) -> None:
    referral = examined(practice)
    asked = GetAssignedReferral(referral_id=referral.id)
    seen = practice.call(get_assigned_referral, asked, as_=as_doctor(ANNA))
    assert (seen.revision, seen.unmeasured, seen.open_groups) == (1, (), ())
    rows = practice.call(list_examinations, ListExaminations(), as_=as_doctor(ANNA)).examinations
    assert [one.referral_id for one in rows] == [referral.id]
    assert not practice.call(list_examinations, ListExaminations(), as_=as_doctor(EWA)).examinations


def test_the_employer_sees_the_decision_and_never_a_finding(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    asked = GetFitnessCertificate(certificate_id=seen.certificate_id)
    shown = practice.call(get_fitness_certificate, asked, as_=as_employer())
    assert shown.decisions == seen.decisions
    assert "nadciśnienie" not in shown.model_dump_json()
    with pytest.raises(NotFound):
        practice.call(get_fitness_certificate, asked, as_=as_employer(MLYN))
    own = practice.call(
        read_signed_fitness, ReadSignedFitness(certificate_id=seen.certificate_id), as_=as_doctor(ANNA)
    )
    assert own.findings == "nadciśnienie"


def test_a_law_that_keeps_results_from_employers_is_kept(practice: World) -> None:
    practice.given(employer(country="DE"))
    seen = certify(practice, examined(practice).id, next_dues=(NEXT.but(due_on=date(2028, 1, 1)),))
    practice.settle()
    asked = GetFitnessCertificate(certificate_id=seen.certificate_id)
    shown = practice.call(get_fitness_certificate, asked, as_=as_employer())
    assert (shown.decisions, shown.screen_glasses, shown.positions) == (None, None, (WELDER,))
    with pytest.raises(PaperNotForEmployers):
        practice.call(
            download_fitness, DownloadFitness(certificate_id=seen.certificate_id), as_=as_employer()
        )


def test_papers_are_printed_once_and_lead_by_their_number(practice: World) -> None:
    practice.tasks_come_twice()
    referral = examined(practice)
    seen = certify(practice, referral.id)
    practice.settle()
    kept = certificate_of(practice, seen)
    assert practice.log_of(kept).count("printed") == 1
    mine = practice.call(download_fitness, DownloadFitness(certificate_id=kept.id), as_=ZOFIA)
    assert mine.file_name == "VM-MP-2026-000001.pdf"
    paper = practice.call(download_referral, DownloadReferral(referral_id=referral.id), as_=as_employer())
    assert paper.sha256 == practice.record(Referral, referral.id).paper_sha256
    with pytest.raises(NotFound):
        practice.call(download_fitness, DownloadFitness(certificate_id=kept.id), as_=STRANGER)


def test_a_paper_whose_task_was_lost_is_printed_by_the_sweeper(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    practice.queue.pending.clear()
    practice.set_clock(AT + timedelta(minutes=10))
    practice.tick(sweep_work_papers)
    assert certificate_of(practice, seen).paper_generation is not None


def test_person_and_employer_hear_of_it_without_what_it_says(practice: World) -> None:
    before = len(mails(practice))
    seen = certify(practice, examined(practice).id)
    practice.settle()
    sent = [one for one in mails(practice)[before:] if "rzeczenie" in one.subject]
    assert {one.to for one in sent} == {"zofia@example.org", "kadry@example.org"}
    for one in sent:
        assert "Malinowska" not in one.text
        assert "zdoln" not in one.text
    assert any(seen.number in one.text for one in sent)


def test_a_stranger_with_the_paper_learns_whether_it_holds(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    code = paper_of(certificate_of(practice, seen)).check.code
    right = VerifyFitness(number=seen.number.lower(), code=code.replace("-", " "))
    assert practice.call(verify_fitness, right).result == "valid"
    assert practice.call(verify_fitness, right.but(code="XXXXX")).result == "unknown"


def test_a_person_sees_their_certificates_of_all_employers_and_nobody_elses(practice: World) -> None:
    certify(practice, examined(practice).id)
    mine = practice.call(list_my_fitness, ListMyFitness(), as_=ZOFIA).certificates
    assert [one.number for one in mine] == ["VM-MP/2026/000001"]
    assert practice.call(list_my_fitness, ListMyFitness(), as_=STRANGER).certificates == ()


def test_a_later_certificate_renews_what_it_meets_and_nothing_else(practice: World) -> None:
    driving = NextDue(reason=NextDueReason.DRIVING, due_on=date(2027, 6, 1))
    first = certify(practice, examined(practice).id, next_dues=(NEXT, driving))
    practice.settle()
    later = AT + timedelta(days=30)
    second = certify(practice, examined(practice, at=later).id)
    practice.settle()
    assert certificate_of(practice, first).renewed_by == ""
    both = (first.certificate_id, second.certificate_id)
    assert practice.record(Employee, "em-1").certificate_ids == both
    again = later + timedelta(days=30)
    third = certify(practice, examined(practice, at=again).id, next_dues=(NEXT, driving))
    practice.settle()
    assert {certificate_of(practice, one).renewed_by for one in (first, second)} == {third.certificate_id}
    assert practice.record(Employee, "em-1").certificate_ids == (third.certificate_id,)


def test_certificates_filed_in_the_wrong_order_end_the_same(practice: World) -> None:
    first = certify(practice, examined(practice).id)
    practice.queue.pending.clear()
    second = certify(practice, examined(practice, at=AT + timedelta(days=1)).id)
    practice.queue.pending.clear()
    for one in (second, first, second):
        body = Envelope(
            id="e", tenant_id=TENANT, message=f'{{"certificate_id": "{one.certificate_id}"}}'
        ).model_dump_json()
        answer = practice.deliver(file_fitness.declaration, body.encode())  # type: ignore[attr-defined]  # an action
        assert answer.status == 200
    assert certificate_of(practice, first).renewed_by == second.certificate_id
    assert practice.record(Employee, "em-1").certificate_ids == (second.certificate_id,)
    assert practice.record(FitnessCertificate, second.certificate_id).renewed_by == ""


def test_numbers_have_no_gap(practice: World) -> None:
    practice.given(employee("em-2"))
    first = certify(practice, examined(practice).id)
    second = certify(practice, examined(practice, "em-2", at=AT + timedelta(hours=2)).id)
    assert (first.number[-6:], second.number[-6:]) == ("000001", "000002")


def test_an_employer_who_wants_no_mail_gets_none_and_the_person_does(
    practice: World,
) -> None:
    quiet = Refused(notice="referrals.fitness_to_employer", channel=Channel.MAIL)
    practice.call(set_notice_preferences, SetNoticePreferences(refused=(quiet,)), as_=as_employer())
    before = len(mails(practice))
    certify(practice, examined(practice).id)
    practice.settle()
    sent = [one for one in mails(practice)[before:] if "rzeczenie" in one.subject]
    assert {one.to for one in sent} == {"zofia@example.org"}


def test_a_person_who_wants_quiet_hears_of_their_certificate_afterwards(practice: World) -> None:
    now = practice.clock.now()
    quiet = QuietHours(zone="UTC", begins=time(now.hour), ends=time((now.hour + 8) % 24))
    referral = examined(practice)
    practice.call(set_notice_preferences, SetNoticePreferences(quiet_hours=quiet), as_=ZOFIA)
    before = len(mails(practice))
    practice.tasks_come_twice()
    certify(practice, referral.id)
    practice.settle()
    assert len(mails(practice)) == before
    practice.advance(timedelta(hours=9))
    assert len(mails(practice)) == before + 2
