"""Appeals have two deadlines and one end; certificates of elsewhere are written down and told apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from functions.referrals.appeal_certificate import AppealCertificate, AppealLodged, appeal_certificate
from functions.referrals.decide_appeal import DecideAppeal, decide_appeal
from functions.referrals.domain.appealing import TooLateToAppeal
from functions.referrals.domain.deciding import NextDatesDoNotFit
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessDecision, FitnessStatus
from functions.referrals.domain.outside import OutsideCertificate, OutsideDatesWrong
from functions.referrals.domain.package import EntitlementStatus
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.get_fitness_certificate import GetFitnessCertificate, get_fitness_certificate
from functions.referrals.record_outside_certificate import (
    RecordOutsideCertificate,
    record_outside_certificate,
)
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.certified import AT, FIT, NEXT, certificate_of, certify, examined
from tests.functions.referrals.orders import PERIODIC, issue, unit, units
from tests.functions.referrals.people import MLYN, as_employer
from tests.functions.referrals.places import practice
from tests.world import TENANT, World

__all__ = ["practice"]
ZOFIA = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="u-zofia", record_id="p-1")
WHY = "Badanie trwało dwie minuty."
ELSEWHERE = OutsideCertificate(
    number="12/2026", issuer="NZOZ Zdrowie", examination_type=PERIODIC, examined_on=date(2026, 11, 18),
    issued_on=date(2026, 11, 18), decisions=(FIT,), next_dues=(NEXT,),
)  # fmt: skip
NOT_FIT = ELSEWHERE.but(
    decisions=(FIT.but(decision=FitnessDecision.UNFIT),),
    next_dues=(),
    examined_on=AT.date(),
    issued_on=AT.date(),
)


def appeal(world: World, certificate_id: str, by: Actor = ZOFIA) -> AppealLodged:
    return world.call(
        appeal_certificate, AppealCertificate(certificate_id=certificate_id, reason=WHY), as_=by
    )


def record(world: World, by: Actor | None = None, **facts: Any) -> str:
    wish = RecordOutsideCertificate(employee_id="em-1", **dict(ELSEWHERE)).but(**facts)
    return world.call(record_outside_certificate, wish, as_=by or as_employer()).certificate_id


def test_an_appeal_flags_the_certificate_and_names_the_day_of_the_second_examination(
    practice: World,
) -> None:
    seen = certify(practice, examined(practice).id)
    told = appeal(practice, seen.certificate_id)
    assert (told.status, told.appeal.examine_by) == ("appealed", AT.date() + timedelta(days=14))
    asked = GetFitnessCertificate(certificate_id=seen.certificate_id)
    shown = practice.call(get_fitness_certificate, asked, as_=as_employer())
    assert (shown.status, shown.decisions) == ("appealed", seen.decisions)
    assert WHY not in shown.model_dump_json()
    with pytest.raises(NotPossibleNow):
        appeal(practice, seen.certificate_id, as_employer())


@pytest.mark.parametrize(("days", "in_time"), [(7, True), (8, False)])
def test_one_may_appeal_for_seven_days(practice: World, days: int, in_time: bool) -> None:
    seen = certify(practice, examined(practice).id)
    practice.set_clock(AT + timedelta(days=days))
    if in_time:
        assert appeal(practice, seen.certificate_id, as_employer()).appeal.by == "employer"
    else:
        with pytest.raises(TooLateToAppeal):
            appeal(practice, seen.certificate_id)


def test_nobody_appeals_for_others(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    for stranger in (ZOFIA.but(record_id="p-9"), as_employer(MLYN)):
        with pytest.raises(NotFound):
            appeal(practice, seen.certificate_id, stranger)


def test_a_confirmed_certificate_is_final(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    appeal(practice, seen.certificate_id)
    wish = DecideAppeal(certificate_id=seen.certificate_id, outcome="confirmed")
    assert practice.call(decide_appeal, wish).status == "final"
    with pytest.raises(NotPossibleNow):
        appeal(practice, seen.certificate_id)
    with pytest.raises(NotPossibleNow):
        practice.call(decide_appeal, wish)


def test_what_the_second_examination_says_takes_the_place_of_the_first(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    practice.settle()
    appeal(practice, seen.certificate_id)
    wish = DecideAppeal(certificate_id=seen.certificate_id, outcome="changed", paper=NOT_FIT)
    new = practice.call(decide_appeal, wish)
    practice.settle()
    assert (new.status, new.outside, new.decisions[0].decision) == ("final", True, FitnessDecision.UNFIT)
    old = certificate_of(practice, seen)
    assert (old.status, old.superseded_by) == (FitnessStatus.SUPERSEDED, new.certificate_id)
    assert practice.record(Employee, "em-1").certificate_ids == (new.certificate_id,)


def test_a_withdrawn_appeal_leaves_things_as_they_were(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    appeal(practice, seen.certificate_id)
    wish = DecideAppeal(certificate_id=seen.certificate_id, outcome="withdrawn")
    assert practice.call(decide_appeal, wish).status == "valid"


def test_an_outcome_and_its_paper_belong_together() -> None:
    with pytest.raises(ValidationError):
        DecideAppeal(certificate_id="x", outcome="changed")
    with pytest.raises(ValidationError):
        DecideAppeal(certificate_id="x", outcome="confirmed", paper=NOT_FIT)


def test_a_certificate_of_elsewhere_ends_the_referral_and_frees_its_unit(practice: World) -> None:
    seen = issue(practice)
    certificate_id = record(practice, referral_id=seen.referral_id)
    practice.settle()
    referral = practice.record(Referral, seen.referral_id)
    assert (referral.status, referral.certificate_id) == (ReferralStatus.EXAMINED, certificate_id)
    assert units(practice) == (5, 0, 0)
    assert unit(practice, seen.referral_id).status == EntitlementStatus.RELEASED
    assert practice.record(Employee, "em-1").certificate_ids == (certificate_id,)


def test_a_certificate_of_elsewhere_needs_no_referral(practice: World) -> None:
    certificate_id = record(practice)
    practice.settle()
    asked = GetFitnessCertificate(certificate_id=certificate_id)
    shown = practice.call(get_fitness_certificate, asked, as_=as_employer())
    assert (shown.outside, shown.outside_issuer, shown.paper) == (True, "NZOZ Zdrowie", False)
    assert practice.record(Employee, "em-1").certificate_ids == (certificate_id,)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"issued_on": date(2026, 11, 17)}, OutsideDatesWrong),
        ({"issued_on": date(2026, 11, 25)}, OutsideDatesWrong),
        ({"next_dues": (NEXT.but(due_on=date(2026, 11, 18)),)}, NextDatesDoNotFit),
        ({"next_dues": (NEXT, NEXT)}, NextDatesDoNotFit),
        ({"decisions": (FIT, FIT)}, NextDatesDoNotFit),
    ],
)
def test_a_paper_that_cannot_be_is_not_written_down(
    practice: World, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        record(practice, **facts)


def test_nobody_records_for_people_of_another_employer(practice: World) -> None:
    with pytest.raises(NotFound):
        record(practice, as_employer(MLYN))
