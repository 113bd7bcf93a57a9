"""Occupational medicine from end to end: once round, the last unit, an appeal, two employers."""

from datetime import timedelta

import pytest

from functions.referrals.appeal_certificate import AppealCertificate, appeal_certificate
from functions.referrals.decide_appeal import DecideAppeal, decide_appeal
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.promises import pays_as_it_stands, shows_no_more_than_the_law
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.units import NoUnitLeft
from functions.referrals.get_fitness_certificate import GetFitnessCertificate, get_fitness_certificate
from functions.referrals.list_my_fitness import ListMyFitness, list_my_fitness
from functions.referrals.revoke_referral import RevokeReferral, revoke_referral
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotFound
from tests.functions.referrals.certified import AT, certificate_of, certify, examined
from tests.functions.referrals.orders import issue, unit, units
from tests.functions.referrals.people import HUTA, MLYN, as_employer, employee, employer, package
from tests.functions.referrals.places import PHONED, clinic
from tests.people import ANNA, doctor, patient
from tests.world import TENANT, World

ZOFIA = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="u-zofia", record_id="p-1")


@pytest.fixture
def office(world: World) -> World:
    """Anna examines at a clinic that is phoned; one person works for two employers."""
    signs = {"specializations": ("occupational_medicine",), "license_number": "7654321"}
    anna = doctor(world, ANNA, clinic_ids=(PHONED,)).but(**signs)
    world.given(anna, clinic(PHONED), patient(), employer(), employer(MLYN, name="Młyn"), employee())
    world.given(employee("em-9", employer_id=MLYN), package(units=2), package("pk-9", employer_id=MLYN))
    return world


def test_round_once_from_the_referral_to_the_next_one(office: World) -> None:
    referral = examined(office)
    seen = certify(office, referral.id)
    office.settle()
    kept = certificate_of(office, seen)
    assert kept.paper_generation is not None
    assert kept.told
    assert office.record(Employee, "em-1").certificate_ids == (kept.id,)
    office.set_clock(AT + timedelta(days=290))
    again = examined(office, at=AT + timedelta(days=300))
    later = certify(office, again.id)
    office.settle()
    assert certificate_of(office, seen).renewed_by == later.certificate_id
    assert units(office) == (0, 0, 2)
    for one in (referral, again):
        assert not list(pays_as_it_stands(office.record(Referral, one.id), unit(office, one.id)))


def test_the_last_unit_and_one_that_is_called_back(office: World) -> None:
    office.given(package(units=1), employee("em-2"))
    first = issue(office)
    with pytest.raises(NoUnitLeft):
        issue(office, "em-2")
    wish = RevokeReferral(referral_id=first.referral_id, reason="not_hired")
    office.call(revoke_referral, wish, as_=as_employer())
    assert issue(office, "em-2").status == "issued"
    office.settle()
    assert office.record(Referral, first.referral_id).status == ReferralStatus.REVOKED
    assert units(office) == (0, 1, 0)


def test_an_appeal_flags_the_certificate_until_it_is_decided(office: World) -> None:
    seen = certify(office, examined(office).id)
    office.settle()
    wish = AppealCertificate(certificate_id=seen.certificate_id, reason="Badanie trwało dwie minuty.")
    office.call(appeal_certificate, wish, as_=ZOFIA)
    asked = GetFitnessCertificate(certificate_id=seen.certificate_id)
    assert office.call(get_fitness_certificate, asked, as_=as_employer()).status == "appealed"
    office.call(decide_appeal, DecideAppeal(certificate_id=seen.certificate_id, outcome="confirmed"))
    assert office.call(get_fitness_certificate, asked, as_=as_employer()).status == "final"


def test_two_employers_of_one_person_never_learn_of_each_other(office: World) -> None:
    here = certify(office, examined(office).id)
    there_referral = issue(office, "em-9", MLYN)
    office.settle()
    for own, other in ((HUTA, MLYN), (MLYN, HUTA)):
        asked = GetFitnessCertificate(certificate_id=here.certificate_id)
        if own == HUTA:
            shown = office.call(get_fitness_certificate, asked, as_=as_employer(own)).model_dump_json()
            assert other not in shown
            assert "p-1" not in shown
        else:
            with pytest.raises(NotFound):
                office.call(get_fitness_certificate, asked, as_=as_employer(own))
    assert "p-1" not in there_referral.model_dump_json()
    mine = office.call(list_my_fitness, ListMyFitness(), as_=ZOFIA).certificates
    assert [one.certificate_id for one in mine] == [here.certificate_id]
    assert not list(shows_no_more_than_the_law(office.record(FitnessCertificate, here.certificate_id)))
