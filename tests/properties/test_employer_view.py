"""Invariant 8: an employer sees no field outside the list of its law, of whatever certificate."""

from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from functions.referrals.domain.fitness import (
    Appeal,
    AppealBy,
    FitnessCertificate,
    FitnessDecision,
    FitnessStatus,
    NextDue,
    NextDueReason,
    PositionDecision,
)
from functions.referrals.domain.fitness_letters import FitnessNews
from functions.referrals.domain.fitness_news import Readers, told
from functions.referrals.domain.jurisdiction import PROFILES
from functions.referrals.domain.projection import (
    SEEN,
    employer_view,
    file_name,
)
from functions.referrals.domain.promises import shows_no_more_than_the_law
from shared.kernel.effects import SendMail
from shared.kernel.records import Decision
from tests.functions.referrals.people import certificate, employee, employer
from tests.outside import START

IDS = {"certificate_id", "version", "employee_id", "referral_id"}
HIDDEN = "SEKRETNE"
"""In every field that is nobody's but a doctor's or the person's."""

DECISIONS = st.sampled_from(FitnessDecision)
DAYS = st.dates(date(2027, 1, 1), date(2032, 1, 1))
DUES = st.lists(
    st.builds(NextDue, reason=st.sampled_from(NextDueReason), due_on=DAYS),
    max_size=4,
    unique_by=lambda one: one.reason,
)


@st.composite
def certificates(draw: st.DrawFn) -> FitnessCertificate:
    titles = draw(st.lists(st.sampled_from(["spawacz", "kierowca", "magazynier"]), min_size=1, unique=True))
    appeal = Appeal(
        by=draw(st.sampled_from(AppealBy)), lodged_at=START, lodged_on=START.date(),
        examine_by=START.date() + timedelta(days=14), reason=HIDDEN,
    )  # fmt: skip
    return certificate(
        jurisdiction=draw(st.sampled_from(sorted(PROFILES))),
        status=draw(st.sampled_from(FitnessStatus)),
        decisions=tuple(PositionDecision(position=one, decision=draw(DECISIONS)) for one in titles),
        next_dues=tuple(draw(DUES)),
        screen_glasses=draw(st.booleans()),
        findings=HIDDEN,
        patient_id=HIDDEN,
        doctor_id=HIDDEN,
        clinic_id=HIDDEN,
        paper_json=HIDDEN,
        outside=draw(st.booleans()),
        appeal=draw(st.sampled_from([None, appeal])),
    )


@given(certificates())
def test_an_employer_sees_no_field_outside_the_list_of_its_law(it: FitnessCertificate) -> None:
    shown = employer_view(it)
    seen = {name for name, value in shown.model_dump().items() if value is not None} - IDS
    assert seen <= PROFILES[it.jurisdiction].employer_sees
    assert HIDDEN not in shown.model_dump_json()
    assert HIDDEN not in file_name(it)
    assert not list(shows_no_more_than_the_law(it))


@given(certificates(), st.sampled_from(get_args(FitnessNews)))
def test_a_mail_to_an_employer_says_numbers_alone(it: FitnessCertificate, news: FitnessNews) -> None:
    decision = told(it, Readers(employee(), None, employer(), "S/2026/ABC"), ("+48732230001",), START, news)
    effects = decision.effects if isinstance(decision, Decision) else ()
    mails = [one for one in effects if isinstance(one, SendMail)]
    to_employer = [one for one in mails if one.to == employer().email]
    is_news = it.status == FitnessStatus.VOID if news == "void" else it.is_in_force and not it.told
    assert len(to_employer) == is_news
    for mail in to_employer:
        assert HIDDEN not in mail.model_dump_json()
        assert not any(one.position in mail.text for one in it.decisions)


def test_every_field_of_a_law_can_be_shown_and_no_other() -> None:
    assert set(type(employer_view(certificate())).model_fields) - IDS == set(SEEN)
