"""A referred person gets a link, chooses a time, moves it, misses it; the clinic may be silent."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from functions.referrals.choose_slot import ChooseSlot, SlotChosen, choose_slot
from functions.referrals.domain.arranging import (
    ClinicHasNoSlots,
    ExaminationSlotWanted,
    ExaminationTimeWrong,
    NobodyExamines,
)
from functions.referrals.domain.booking import ExaminationStillAsked
from functions.referrals.domain.fitness_letters import FitnessNews
from functions.referrals.domain.letters import News
from functions.referrals.domain.missing import NotBegunYet
from functions.referrals.domain.package import EntitlementStatus
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.slot_link import LinkNotValid
from functions.referrals.domain.texts import WORDS, employee_text, fitness_text
from functions.referrals.domain.units import NoUnitLeft
from functions.referrals.expire_referrals import expire_referrals
from functions.referrals.invite_again import InviteAgain, invite_again
from functions.referrals.propose_slots import ProposeSlots, propose_slots
from functions.referrals.record_refusal import RecordRefusal, record_refusal
from functions.referrals.report_absence import ReportAbsence, report_absence
from functions.referrals.revoke_referral import RevokeReferral, revoke_referral
from functions.referrals.schedule_examination import ScheduleExamination, schedule_examination
from functions.referrals.settle_examination import SettleExamination, settle_examination
from functions.referrals.sweep_slots import sweep_slots
from shared.contracts.clinic_booking import BookingState
from shared.contracts.documents import Shelf
from shared.contracts.mail import OutboundMail
from shared.contracts.patients import Patient
from shared.kernel.actors import Scope
from shared.kernel.gsm import Encoding, segments
from shared.kernel.plurals import Speech
from shared.kernel.states import NotPossibleNow
from tests.clinic_twin import MemoryClinics, Trouble
from tests.functions.referrals.orders import issue, unit, units
from tests.functions.referrals.people import as_employer, employee, employer, package
from tests.functions.referrals.places import ONLINE, PHONED, clinics, code_in, hears, mails, practice
from tests.people import ANNA, EWA, as_doctor
from tests.world import OPERATOR, World

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HOUR, LONG = timedelta(hours=1), timedelta(days=200)
PHONE = "+48512000099"

__all__ = ["practice"]


def referred(world: World) -> Referral:
    seen = issue(world)
    world.settle()
    return world.record(Referral, seen.referral_id)


def now_of(world: World, referral: Referral) -> Referral:
    return world.record(Referral, referral.id)


def code_of(world: World) -> str:
    return code_in(world.texts_to(PHONE)[-1])


def choose(world: World, code: str, at: datetime = AT) -> SlotChosen:
    """A free time of the clinic that has a system."""
    slot = clinics(world).has_slot(ONLINE, at)
    wish = ChooseSlot(code=code, clinic_id=ONLINE, slot_id=slot.id, starts_at=at, ends_at=slot.ends_at)
    return world.call(choose_slot, wish)


def agree(world: World, referral: Referral, at: datetime = AT) -> None:
    wish = ScheduleExamination(referral_id=referral.id, clinic_id=PHONED, starts_at=at, ends_at=at + HOUR)
    world.call(schedule_examination, wish)
    world.settle()


def to_employer(world: World) -> list[OutboundMail]:
    return [one for one in mails(world) if one.to == employer().email]


def miss(world: World, referral: Referral) -> None:
    world.call(report_absence, ReportAbsence(referral_id=referral.id), as_=as_doctor(ANNA))


def test_every_text_is_one_segment() -> None:
    link = "https://visita.example/badanie#" + "X" * 15
    at = datetime.fromisoformat("2026-11-29T14:00:00+00:00")
    texts = [
        employee_text(news, speech, at, "UTC", link)
        for news in get_args(News)
        for speech in WORDS[f"referrals.{news}"]
    ]
    texts += [fitness_text(news, speech) for news in get_args(FitnessNews) for speech in get_args(Speech)]
    told = [segments(one.body) for one in texts]
    assert {(one.segments, one.encoding) for one in told} == {(1, Encoding.GSM7)}


def test_a_referred_person_gets_a_link_that_says_nothing_of_them(practice: World) -> None:
    referred(practice)
    (text,) = practice.texts_to(PHONE)
    assert "Malinowska" not in text
    assert "Huta" not in text
    assert len(code_in(text)) == 15
    assert code_in(text) in mails(practice)[-1].text


def test_free_times_near_work_are_proposed_and_one_is_taken(practice: World) -> None:
    referral = referred(practice)
    clinics(practice).has_slot(ONLINE, AT)
    seen = practice.call(propose_slots, ProposeSlots(code=code_of(practice)))
    assert [(one.clinic_id, one.starts_at) for one in seen.slots] == [(ONLINE, AT)]
    assert choose(practice, code_of(practice)).outcome == "asked"
    practice.settle()
    held = now_of(practice, referral)
    assert held.status == ReferralStatus.SCHEDULED
    assert held.examination is not None
    assert (held.examination.starts_at, held.examination.doctor_ids) == (AT, (ANNA,))
    mail = mails(practice)[-1]
    assert "Przychodnia" in mail.text
    assert b"BEGIN:VCALENDAR" in mail.attachments[0][2]


def test_a_place_that_is_not_known_is_said_and_another_clinic_is_not_hidden_by_a_silent_one(
    practice: World,
) -> None:
    practice.given(employee(address=""))
    referred(practice)
    code = code_of(practice)
    assert practice.call(propose_slots, ProposeSlots(code=code, near="home")).found is False
    clinics(practice).silent.add(ONLINE)
    assert practice.call(propose_slots, ProposeSlots(code=code)).slots == ()


def test_a_link_opens_once_and_the_next_message_has_another(practice: World) -> None:
    referred(practice)
    first = code_of(practice)
    choose(practice, first)
    with pytest.raises(LinkNotValid):
        choose(practice, first, AT + HOUR)
    practice.settle()
    second = code_of(practice)
    assert second != first
    choose(practice, f" {second[:5].lower()}-{second[5:]} ", AT + 2 * HOUR)
    practice.settle()
    assert clinics(practice).live() == [ONLINE]


@pytest.mark.parametrize("code", ["X" * 15, "zz", "'"])
def test_a_code_that_is_none_opens_nothing(practice: World, code: str) -> None:
    referred(practice)
    with pytest.raises(LinkNotValid):
        practice.call(propose_slots, ProposeSlots(code=code))


def test_the_link_of_a_revoked_referral_opens_no_more_and_the_clinic_lets_go(practice: World) -> None:
    referral = referred(practice)
    choose(practice, code_of(practice))
    practice.settle()
    code = code_of(practice)
    practice.call(revoke_referral, RevokeReferral(referral_id=referral.id, reason="other"), as_=as_employer())
    practice.settle()
    with pytest.raises(LinkNotValid):
        practice.call(propose_slots, ProposeSlots(code=code))
    assert clinics(practice).live() == []
    assert "odwo" in practice.texts_to(PHONE)[-1]
    assert b"METHOD:CANCEL" in mails(practice)[-1].attachments[0][2]
    assert units(practice) == (5, 0, 0)


def test_an_operator_agrees_a_time_and_moves_it(practice: World) -> None:
    referral = referred(practice)
    agree(practice, referral)
    agree(practice, referral, AT + 3 * HOUR)
    held = now_of(practice, referral).examination
    assert held is not None
    assert held.starts_at == AT + 3 * HOUR
    assert len(practice.texts_to(PHONE)) == 3


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"starts_at": datetime(2026, 11, 1, tzinfo=UTC)}, ExaminationTimeWrong),
        ({"ends_at": AT}, ExaminationTimeWrong),
        (
            {"starts_at": AT + timedelta(days=200), "ends_at": AT + timedelta(days=200, hours=1)},
            ExaminationTimeWrong,
        ),
        ({"slot_id": "s"}, ClinicHasNoSlots),
        ({"clinic_id": ONLINE}, ExaminationSlotWanted),
        ({"clinic_id": "c-empty"}, NobodyExamines),
    ],
)
def test_what_cannot_be_an_examination_is_refused(
    practice: World, facts: dict[str, object], refusal: type[Exception]
) -> None:
    referral = referred(practice)
    wish = ScheduleExamination(
        referral_id=referral.id, clinic_id=PHONED, starts_at=AT, ends_at=AT + HOUR
    ).but(**facts)
    with pytest.raises(refusal):
        practice.call(schedule_examination, wish)


def test_a_silent_clinic_is_asked_until_it_answers_and_books_once(practice: World) -> None:
    referral = referred(practice)
    clinics(practice).will(ONLINE, "book", Trouble.SILENT_AFTER)
    choose(practice, code_of(practice))
    practice.settle()
    assert now_of(practice, referral).status == ReferralStatus.UNKNOWN_OUTCOME
    with pytest.raises(NotPossibleNow):
        agree(practice, referral)
    practice.advance(timedelta(minutes=5))
    assert now_of(practice, referral).status == ReferralStatus.SCHEDULED
    assert clinics(practice).live() == [ONLINE]


def test_a_booking_at_another_time_is_given_back_and_the_person_chooses_again(practice: World) -> None:
    referral = referred(practice)
    clinics(practice).will(ONLINE, "book", Trouble.OTHER_TIME)
    choose(practice, code_of(practice))
    practice.settle()
    assert now_of(practice, referral).status == ReferralStatus.ISSUED
    assert clinics(practice).live() == []
    assert "wybierz" in practice.texts_to(PHONE)[-1]


def test_a_clinic_that_stays_silent_is_settled_by_phone(practice: World) -> None:
    referral = referred(practice)
    clinics(practice).silent.add(ONLINE)
    choose(practice, code_of(practice))
    practice.settle()
    settle = SettleExamination(referral_id=referral.id, outcome="booked")
    with pytest.raises(ExaminationStillAsked):
        practice.call(settle_examination, settle)
    practice.advance(timedelta(minutes=30))
    assert now_of(practice, referral).attention == "clinic_does_not_answer"
    assert practice.call(settle_examination, settle).status == "scheduled"


def test_a_lost_task_is_made_up_for_by_the_sweeper(practice: World) -> None:
    referral = referred(practice)
    choose(practice, code_of(practice))
    practice.queue.pending.clear()
    practice.set_clock(practice.clock.now() + timedelta(minutes=10))
    practice.tick(sweep_slots)
    practice.advance(timedelta(minutes=10))
    assert now_of(practice, referral).status in (ReferralStatus.SCHEDULED, ReferralStatus.ISSUED)


def test_who_did_not_come_frees_the_unit_and_pays_with_another(practice: World) -> None:
    referral = referred(practice)
    agree(practice, referral)
    with pytest.raises(NotBegunYet):
        miss(practice, referral)
    practice.set_clock(AT + HOUR)
    miss(practice, referral)
    miss(practice, referral)
    practice.settle()
    assert units(practice) == (5, 0, 0)
    assert unit(practice, referral.id).status == EntitlementStatus.RELEASED
    assert "Wybierz inny termin" in practice.texts_to(PHONE)[-1]
    choose(practice, code_of(practice), AT + timedelta(days=2))
    practice.settle()
    held = now_of(practice, referral)
    assert (units(practice), held.status) == ((4, 1, 0), ReferralStatus.SCHEDULED)
    assert held.examination is not None
    assert held.examination.missed == 1


def test_a_second_chance_needs_a_unit_that_is_left(practice: World) -> None:
    practice.given(package(units=1), employee("em-2"))
    referral = referred(practice)
    agree(practice, referral)
    practice.set_clock(AT + HOUR)
    miss(practice, referral)
    issue(practice, "em-2")
    with pytest.raises(NoUnitLeft):
        agree(practice, referral, AT + timedelta(days=1))


def test_only_who_waited_may_say_that_nobody_came(practice: World) -> None:
    referral = referred(practice)
    agree(practice, referral)
    practice.set_clock(AT + HOUR)
    with pytest.raises(Exception, match="no such record"):
        practice.call(report_absence, ReportAbsence(referral_id=referral.id), as_=as_doctor(EWA))


def test_a_clinic_that_cancels_moves_or_saw_nobody_is_followed(practice: World) -> None:
    referral = referred(practice)
    choose(practice, code_of(practice))
    practice.settle()
    held = now_of(practice, referral).examination
    assert held is not None
    practice_clinics: MemoryClinics = clinics(practice)
    practice_clinics.moves(held.booking_key, AT + HOUR)
    hears(practice, held.booking_key, "moved")
    practice.settle()
    moved = now_of(practice, referral).examination
    assert moved is not None
    assert moved.starts_at == AT + HOUR
    practice.set_clock(AT + 3 * HOUR)
    practice_clinics.ends(held.booking_key, BookingState.NO_SHOW)
    hears(practice, held.booking_key, "no_show")
    practice.settle()
    assert now_of(practice, referral).status == ReferralStatus.NO_SHOW
    assert units(practice) == (5, 0, 0)


def test_a_clinic_that_cancels_has_the_person_choose_again(practice: World) -> None:
    referral = referred(practice)
    choose(practice, code_of(practice))
    practice.settle()
    held = now_of(practice, referral).examination
    assert held is not None
    hears(practice, held.booking_key, "cancelled")
    practice.settle()
    after = now_of(practice, referral)
    assert (after.status, after.attention) == (ReferralStatus.ISSUED, "clinic_cancelled")
    assert "wybierz" in practice.texts_to(PHONE)[-1]


def test_a_refusal_ends_the_referral_and_its_reason_stays_with_us(practice: World) -> None:
    practice.tasks_come_twice()
    referral = referred(practice)
    wish = RecordRefusal(referral_id=referral.id, reason="does_not_want")
    assert practice.call(record_refusal, wish).end_reason == "does_not_want"
    practice.settle()
    assert units(practice) == (5, 0, 0)
    assert len(practice.texts_to(PHONE)) == 1
    (mail,) = to_employer(practice)
    assert referral.number in mail.text
    assert "wróciło do Państwa pakietu" in mail.text
    assert not any(one in mail.text for one in ("does_not_want", "Malinowska", "nie chce"))


def test_an_employer_is_told_once_each_time_that_nobody_came(practice: World) -> None:
    practice.tasks_come_twice()
    referral = referred(practice)
    for day in range(2):
        at = AT + timedelta(days=day)
        agree(practice, referral, at)
        practice.set_clock(at + HOUR)
        miss(practice, referral)
        miss(practice, referral)
        practice.settle()
    assert [referral.number in one.text for one in to_employer(practice)] == [True, True]


def test_an_employer_without_an_address_sees_it_in_the_app(practice: World) -> None:
    practice.given(employer(email=""))
    referral = referred(practice)
    practice.call(record_refusal, RecordRefusal(referral_id=referral.id, reason="other"))
    practice.settle()
    assert now_of(practice, referral).employer_told_epoch == 2
    assert to_employer(practice) == []


def test_who_cannot_be_written_to_waits_for_a_person(practice: World) -> None:
    practice.given(employee(phone="", email=""), practice.record(Patient, "p-1").but(phone="", email=""))
    referral = referred(practice)
    assert referral.attention == "employee_not_told"


def test_who_texted_stop_is_invited_by_mail_and_an_operator_sees_it(practice: World) -> None:
    practice.text_from(PHONE, "STOP")
    practice.settle()
    referral = referred(practice)
    assert (practice.texts_to(PHONE), len(mails(practice))) == ([], 1)
    assert referral.attention == "employee_wants_no_texts"
    assert practice.lines_of(referral)[-1].details == {"news": "invited", "letters": 1, "no_sms": "stopped"}


def test_an_invitation_sent_again_opens_and_the_older_one_does_not(practice: World) -> None:
    referral = referred(practice)
    first = code_of(practice)
    practice.call(invite_again, InviteAgain(referral_id=referral.id), as_=OPERATOR)
    practice.settle()
    with pytest.raises(LinkNotValid):
        practice.call(propose_slots, ProposeSlots(code=first))
    assert practice.call(propose_slots, ProposeSlots(code=code_of(practice))).found


def test_a_referral_that_nobody_used_ends_by_itself_and_frees_its_unit(practice: World) -> None:
    referral = referred(practice)
    practice.set_clock(practice.clock.now() + timedelta(days=90))
    practice.tick(expire_referrals)
    assert now_of(practice, referral).status == ReferralStatus.ISSUED
    practice.set_clock(practice.clock.now() + timedelta(days=2))
    practice.tick(expire_referrals)
    practice.tick(expire_referrals)
    assert now_of(practice, referral).status == ReferralStatus.EXPIRED
    assert units(practice) == (5, 0, 0)


def test_who_was_examined_on_the_last_day_is_still_signed_for_some_days_later(practice: World) -> None:
    referral = referred(practice)
    last = AT.replace(year=2027, month=2, day=22)
    assert last.date() == referral.valid_until
    agree(practice, referral, last)
    for days, status in (
        (1, ReferralStatus.SCHEDULED),
        (6, ReferralStatus.SCHEDULED),
        (9, ReferralStatus.EXPIRED),
    ):
        practice.set_clock(last + timedelta(days=days))
        practice.tick(expire_referrals)
        assert now_of(practice, referral).status == status
    assert units(practice) == (5, 0, 0)


def test_who_examines_sees_the_documents_that_a_person_brings_and_nobody_else(practice: World) -> None:
    referral = referred(practice)
    assert practice.record(Shelf, referral.id).doctor_ids == ()
    agree(practice, referral)
    shelf = practice.record(Shelf, referral.id)
    assert (shelf.doctor_ids, shelf.open) == ((ANNA,), True)
    wish = RevokeReferral(referral_id=referral.id, reason="other")
    practice.call(revoke_referral, wish, as_=as_employer())
    shelf = practice.record(Shelf, referral.id)
    assert (shelf.doctor_ids, shelf.open) == ((), False)
    assert not shelf.admits(as_employer(), Scope.CASE)


def test_tasks_that_come_twice_tell_once(practice: World) -> None:
    practice.tasks_come_twice()
    referred(practice)
    assert len(practice.texts_to(PHONE)) == 1
