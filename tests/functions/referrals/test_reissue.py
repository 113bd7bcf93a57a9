"""A referral is written anew after something was arranged for the one before: the arrangement goes on."""

from datetime import timedelta

from functions.referrals.choose_slot import ChooseSlot, choose_slot
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.reissue_referral import ReissueReferral, reissue_referral
from tests.clinic_twin import Trouble
from tests.functions.referrals.orders import PERIODIC, issue
from tests.functions.referrals.people import EXPOSED, as_employer
from tests.functions.referrals.places import ONLINE, clinics, code_in, hears, mails, practice
from tests.functions.referrals.test_examination import AT, HOUR, PHONE, choose, code_of, referred
from tests.functions.referrals.test_not_reached import by_text_alone, text_comes_back
from tests.world import World

__all__ = ["practice"]


def reissued(world: World, referral: Referral) -> Referral:
    wish = ReissueReferral(referral_id=referral.id, examination_type=PERIODIC, exposures=EXPOSED)
    seen = world.call(reissue_referral, wish, as_=as_employer())
    world.settle()
    return world.record(Referral, seen.referral_id)


def scheduled(world: World) -> Referral:
    """By the person's link, at the clinic that has a system; then written anew."""
    referral = referred(world)
    choose(world, code_of(world))
    world.settle()
    return reissued(world, referral)


def test_a_clinic_that_cancels_what_was_booked_before_is_still_heard(practice: World) -> None:
    new = scheduled(practice)
    assert new.examination is not None
    hears(practice, new.examination.booking_key, "cancelled")
    assert practice.record(Referral, new.id).status == ReferralStatus.ISSUED
    assert "wybierz" in practice.texts_to(PHONE)[-1]


def test_the_link_that_the_person_has_moves_the_appointment_that_stayed(practice: World) -> None:
    new = scheduled(practice)
    assert len(practice.texts_to(PHONE)) == 2
    at = AT + HOUR
    slot = clinics(practice).has_slot(ONLINE, at)
    wish = ChooseSlot(
        code=code_in(practice.texts_to(PHONE)[-1]), clinic_id=ONLINE, slot_id=slot.id, starts_at=at,
        ends_at=slot.ends_at,
    )  # fmt: skip
    practice.call(choose_slot, wish)
    practice.settle()
    held = practice.record(Referral, new.id).examination
    assert held is not None
    assert held.starts_at == at
    assert clinics(practice).live() == [ONLINE]


def test_the_calendar_shows_one_event_whatever_is_written_anew(practice: World) -> None:
    referral = referred(practice)
    choose(practice, code_of(practice))
    practice.settle()
    reissued(practice, referral)
    choose(practice, code_of(practice), AT + 2 * HOUR)
    practice.settle()
    files = [one.attachments[0][2] for one in mails(practice) if one.attachments]
    assert len(files) == 2
    assert all(f"UID:{referral.id}@visita".encode() in one for one in files)


def test_a_clinic_that_is_only_being_asked_lets_the_time_go(practice: World) -> None:
    referral = referred(practice)
    clinics(practice).will(ONLINE, "book", Trouble.SILENT_AFTER)
    choose(practice, code_of(practice))
    practice.settle()
    assert practice.record(Referral, referral.id).status == ReferralStatus.UNKNOWN_OUTCOME
    new = reissued(practice, referral)
    practice.advance(timedelta(minutes=10))
    assert clinics(practice).live() == []
    assert (new.status, new.examination) == (ReferralStatus.ISSUED, None)
    assert "wybierz" in practice.texts_to(PHONE)[-1]


def test_a_text_that_comes_back_after_all_is_seen_at_the_new_one(practice: World) -> None:
    by_text_alone(practice)
    new = scheduled(practice)
    assert not new.is_unreached
    text_comes_back(practice)
    assert practice.record(Referral, new.id).is_unreached


def test_news_that_were_still_on_their_way_are_told_of_the_new_one(practice: World) -> None:
    seen = issue(practice)
    new = reissued(practice, practice.record(Referral, seen.referral_id))
    assert len(practice.texts_to(PHONE)) == 1
    assert practice.record(Referral, new.id).told_epoch == 1
