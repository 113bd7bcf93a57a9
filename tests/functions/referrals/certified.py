"""The words in which the tests certify: examined, verdict, certify."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from functions.referrals.domain.fitness import (
    FitnessCertificate,
    FitnessDecision,
    NextDue,
    NextDueReason,
    PositionDecision,
)
from functions.referrals.domain.fitness_views import DoctorFitness
from functions.referrals.domain.referral import Referral
from functions.referrals.issue_fitness_certificate import IssueFitnessCertificate, issue_fitness_certificate
from functions.referrals.schedule_examination import ScheduleExamination, schedule_examination
from tests.functions.referrals.orders import issue
from tests.functions.referrals.people import WELDER
from tests.functions.referrals.places import PHONED
from tests.people import ANNA, as_doctor
from tests.world import World

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEXT = NextDue(reason=NextDueReason.PERIODIC, due_on=date(2028, 12, 1))
FIT = PositionDecision(position=WELDER, decision=FitnessDecision.FIT)


def examined(world: World, employee_id: str = "em-1", at: datetime = AT, **facts: Any) -> Referral:
    """A referral whose examination is under way at Anna's."""
    seen = issue(world, employee_id, **facts)
    wish = ScheduleExamination(
        referral_id=seen.referral_id, clinic_id=PHONED, starts_at=at, ends_at=at + HOUR
    )
    world.call(schedule_examination, wish)
    world.settle()
    world.set_clock(at)
    return world.record(Referral, seen.referral_id)


def verdict(referral_id: str, **facts: object) -> IssueFitnessCertificate:
    return IssueFitnessCertificate(
        referral_id=referral_id, revision=1, decisions=(FIT,), next_dues=(NEXT,), findings="nadciśnienie"
    ).but(**facts)


def certify(world: World, referral_id: str, by: str = ANNA, **facts: Any) -> DoctorFitness:
    return world.call(issue_fitness_certificate, verdict(referral_id, **facts), as_=as_doctor(by))


def certificate_of(world: World, seen: DoctorFitness) -> FitnessCertificate:
    return world.record(FitnessCertificate, seen.certificate_id)
