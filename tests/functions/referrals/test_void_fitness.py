"""A certificate of fitness is made void: nobody can rely on it any more, and an earlier date counts again."""

from datetime import timedelta

import pytest

from functions.referrals.credit_unit import CreditUnit, credit_unit
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from functions.referrals.domain.fitness_views import OwnFitness
from functions.referrals.domain.printing import paper_of
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.voiding import FitnessIsVoid
from functions.referrals.download_fitness import DownloadFitness, download_fitness
from functions.referrals.get_fitness_certificate import GetFitnessCertificate, get_fitness_certificate
from functions.referrals.scan_expiries import scan_expiries
from functions.referrals.search_certificates import SearchCertificates, search_certificates
from functions.referrals.send_digests import send_digests
from functions.referrals.verify_fitness import VerifyFitness, verify_fitness
from functions.referrals.void_fitness_certificate import VoidFitnessCertificate, void_fitness_certificate
from shared.contracts.members import SignInAgain
from shared.kernel.actors import Actor
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.certified import AT, NEXT, certify, examined
from tests.functions.referrals.orders import units
from tests.functions.referrals.people import as_employer, certificate, employee, employer
from tests.functions.referrals.places import mails, practice
from tests.functions.referrals.test_examination import PHONE
from tests.people import ANNA, EWA, as_doctor
from tests.world import ADMIN, OPERATOR, World

__all__ = ["practice"]


def signed(world: World) -> FitnessCertificate:
    """With its paper, filed, and told."""
    seen = certify(world, examined(world).id)
    world.settle()
    return world.record(FitnessCertificate, seen.certificate_id)


def make_void(world: World, certificate_id: str, by: Actor = OPERATOR) -> OwnFitness:
    wish = VoidFitnessCertificate(
        certificate_id=certificate_id, reason="wrong_person", note="Pomylone kartoteki."
    )
    return world.call(void_fitness_certificate, wish, as_=by)


def test_a_void_certificate_is_shown_as_void_everywhere(practice: World) -> None:
    it = signed(practice)
    assert make_void(practice, it.id, as_doctor(ANNA)).status == "void"
    practice.settle()
    asked = GetFitnessCertificate(certificate_id=it.id)
    assert practice.call(get_fitness_certificate, asked, as_=as_employer()).status == "void"
    check = VerifyFitness(number=it.number, code=paper_of(it).check.code)
    assert practice.call(verify_fitness, check).result == "void"
    found = practice.call(search_certificates, SearchCertificates(status=FitnessStatus.VOID))
    assert [one.certificate_id for one in found.certificates] == [it.id]
    soon = SearchCertificates(expiring_within_days=1000)
    assert practice.call(search_certificates, soon, as_=as_employer()).certificates == ()


def test_its_paper_is_handed_out_to_nobody_but_staff(practice: World) -> None:
    it = signed(practice)
    make_void(practice, it.id)
    with pytest.raises(FitnessIsVoid):
        practice.call(download_fitness, DownloadFitness(certificate_id=it.id), as_=as_employer())
    assert practice.call(download_fitness, DownloadFitness(certificate_id=it.id)).url


def test_person_and_employer_are_told_once_and_read_nothing_of_what_it_said(practice: World) -> None:
    practice.tasks_come_twice()
    it = signed(practice)
    texts, before = len(practice.texts_to(PHONE)), len(mails(practice))
    make_void(practice, it.id)
    practice.settle()
    assert len(practice.texts_to(PHONE)) == texts + 1
    assert "niewa" in practice.texts_to(PHONE)[-1]
    told = mails(practice)[before:]
    assert sorted(one.to for one in told) == sorted([employer().email, "zofia@example.org"])
    (company,) = (one for one in told if one.to == employer().email)
    assert it.number in company.text
    assert not any(one in company.text for one in ("Malinowska", "Pomylone", "wrong_person"))


def test_who_was_never_told_of_it_hears_nothing_but_the_employer_does(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    texts = len(practice.texts_to(PHONE))
    make_void(practice, seen.certificate_id)
    practice.settle()
    assert len(practice.texts_to(PHONE)) == texts
    assert mails(practice)[-1].to == employer().email
    assert not practice.record(FitnessCertificate, seen.certificate_id).told


def test_the_number_is_not_given_again_and_the_unit_waits_for_a_credit(practice: World) -> None:
    it = signed(practice)
    make_void(practice, it.id)
    practice.settle()
    referral = practice.record(Referral, it.referral_id)
    assert (referral.status, referral.attention) == (ReferralStatus.EXAMINED, "certificate_void")
    assert units(practice) == (4, 0, 1)
    credit = CreditUnit(entitlement_id=referral.entitlement_id, reason="certificate_void")
    practice.call(credit_unit, credit, as_=ADMIN)
    again = certify(practice, examined(practice, at=AT + timedelta(days=1)).id)
    assert it.number.endswith("000001")
    assert again.number.endswith("000002")


def renewed_by_a_signed_one(world: World) -> tuple[FitnessCertificate, FitnessCertificate]:
    """An older certificate whose date comes in ten days, and the one that renewed it."""
    soon = NEXT.but(due_on=(AT + timedelta(days=10)).date())
    world.given(certificate("fc-old", next_dues=(soon,)), employee(certificate_ids=("fc-old",)))
    new = signed(world)
    assert world.record(FitnessCertificate, "fc-old").renewed_by == new.id
    return world.record(FitnessCertificate, "fc-old"), world.record(FitnessCertificate, new.id)


def test_the_date_of_the_certificate_before_counts_again_and_is_reminded_of(practice: World) -> None:
    practice.tasks_come_twice()
    old, new = renewed_by_a_signed_one(practice)
    practice.tick(scan_expiries)
    practice.tick(send_digests)
    assert not old.to_renew
    before = len(mails(practice))
    make_void(practice, new.id)
    practice.settle()
    assert practice.record(FitnessCertificate, old.id).to_renew
    assert practice.record(Employee, "em-1").certificate_ids == (old.id,)
    practice.advance(timedelta(days=1))
    practice.tick(scan_expiries)
    practice.tick(send_digests)
    digests = [one for one in mails(practice)[before:] if f"/{old.id}" in one.text]
    assert len(digests) == 1
    assert not any(f"/{new.id}" in one.text for one in mails(practice))


def test_another_one_that_renews_it_as_well_keeps_it_renewed(practice: World) -> None:
    old, first = renewed_by_a_signed_one(practice)
    second = certify(practice, examined(practice, at=AT + timedelta(days=1)).id)
    practice.settle()
    make_void(practice, first.id)
    practice.settle()
    assert practice.record(FitnessCertificate, old.id).renewed_by == second.certificate_id
    assert practice.record(Employee, "em-1").certificate_ids == (second.certificate_id,)


def test_only_who_may_and_has_just_signed_in_makes_void_and_only_once(practice: World) -> None:
    it = signed(practice)
    with pytest.raises(NotFound):
        make_void(practice, it.id, as_doctor(EWA))
    practice.signed_in_ago = timedelta(hours=2)
    with pytest.raises(SignInAgain):
        make_void(practice, it.id)
    practice.signed_in_ago = timedelta(0)
    make_void(practice, it.id)
    with pytest.raises(NotPossibleNow):
        make_void(practice, it.id)
