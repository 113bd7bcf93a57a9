"""The nightly look at referrals, at what packages hold and at reminders."""

from datetime import timedelta

import pytest

from functions.referrals.check_promises import AHEAD, BACK, check_promises
from functions.referrals.domain.checking import PAGE
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus, NextDueReason
from functions.referrals.domain.package import Allowance, EntitlementStatus, Units
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.reminders import Reminder
from functions.referrals.scan_expiries import scan_expiries
from tests.functions.referrals.certified import AT, HOUR, certificate_of, certify, examined
from tests.functions.referrals.orders import issue, unit
from tests.functions.referrals.people import HUTA, employee, referral
from tests.functions.referrals.places import practice
from tests.world import TENANT, World

__all__ = ["practice"]
ACCOUNT = "pk-1.periodic"
DAY = timedelta(days=1)


def near_its_end(world: World, referral_id: str) -> Referral:
    """On the last day of the referral."""
    last = world.record(Referral, referral_id).valid_until
    world.advance(DAY * (last - world.clock.now().date()).days)
    return world.record(Referral, referral_id)


def reminder(number: int, certificate_id: str = "fc-1", **facts: object) -> Reminder:
    today = AT.date()
    return Reminder(
        id=f"{certificate_id}.{number}", tenant_id=TENANT, employer_id=HUTA, employee_id="em-1",
        certificate_id=certificate_id, reason=NextDueReason.PERIODIC, due_on=today + 30 * DAY, reached=(30,),
        found_on=today, digest_id="d-1",
    ).but(**facts)  # fmt: skip


def test_what_keeps_its_promises_is_left_alone(practice: World) -> None:
    practice.given(employee("em-2"))
    seen = certify(practice, examined(practice).id)
    issue(practice, "em-2")
    practice.settle()
    near_its_end(practice, seen.referral_id)
    practice.tick(scan_expiries)
    kinds = (Referral, seen.referral_id), (FitnessCertificate, seen.certificate_id), (Allowance, ACCOUNT)
    before = [practice.record(kind, key) for kind, key in kinds]

    practice.tick(check_promises)

    assert [practice.record(kind, key) for kind, key in kinds] == before


def test_a_referral_whose_unit_is_given_back_waits_for_a_person_is_told_once_and_wakes_somebody(
    practice: World, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = issue(practice)
    practice.settle()
    practice.given(unit(practice, seen.referral_id).but(status=EntitlementStatus.RELEASED))
    held = near_its_end(practice, seen.referral_id)

    for _ in range(2):
        practice.tick(check_promises)

    found = practice.record(Referral, held.id)
    assert found.attention == "promise_broken"
    assert practice.log_of(found).count("promise_broken") == 1
    assert f'"about":"referrals/{held.id}"' in capsys.readouterr().out


def test_a_referral_that_names_a_certificate_which_is_not_there_is_found(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    held = near_its_end(practice, seen.referral_id)
    practice.given(held.but(certificate_id="another"))

    practice.tick(check_promises)

    line = practice.lines_of(practice.record(Referral, held.id))[-1]
    assert line.details["what"] == f"is_at_rest: {held.id}: examined by another, there are []"


def test_a_certificate_renewed_by_a_void_one_is_found_at_its_referral(practice: World) -> None:
    seen = certify(practice, examined(practice).id)
    held = near_its_end(practice, seen.referral_id)
    mine = certificate_of(practice, seen)
    practice.given(mine.but(renewed_by="fc-2"), mine.but(id="fc-2", status=FitnessStatus.VOID, version=0))

    practice.tick(check_promises)

    line = practice.lines_of(practice.record(Referral, held.id))[-1]
    assert line.details["what"] == f"is_renewed_by_what_holds: {mine.id}: renewed by fc-2, which is void"


def test_an_account_that_says_more_than_its_units_is_found_and_told_once(practice: World) -> None:
    issue(practice)
    account = practice.record(Allowance, ACCOUNT)
    practice.given(account.but(included=Units(granted=5, reserved=1, consumed=1)))

    for _ in range(2):
        practice.advance(DAY)
        practice.tick(check_promises)

    after = practice.record(Allowance, ACCOUNT)
    assert practice.log_of(after) == ["unit_reserved", "promise_broken"]
    assert (
        practice.lines_of(after)[-1].details["what"]
        == f"says_what_is_used: {ACCOUNT}: says 1/1, entitlements (1, 0)"
    )


def test_a_threshold_that_was_told_twice_is_found_whenever_the_first_one_was(practice: World) -> None:
    seen = certify(practice, examined(practice, at=AT + HOUR).id)
    mine = {"certificate_id": seen.certificate_id}
    practice.given(reminder(1, **mine, found_on=AT.date() - 100 * DAY), reminder(2, **mine))

    for _ in range(2):
        practice.tick(check_promises)

    found = practice.record(FitnessCertificate, seen.certificate_id)
    (line,) = [one for one in practice.lines_of(found) if one.did == "promise_broken"]
    assert "a threshold was passed twice, [30, 30]" in str(line.details["what"])


def test_every_page_is_looked_at_and_nothing_that_is_long_over_or_far_ahead(practice: World) -> None:
    today = practice.clock.now().date()
    unpaid = referral(entitlement_id="none", valid_until=today)
    around = [unpaid.but(id=f"r-{number:02}") for number in range(PAGE + 2)]
    past = unpaid.but(id="past", valid_until=today - BACK - 2 * DAY)
    ahead = unpaid.but(id="ahead", valid_until=today + AHEAD + DAY)
    practice.given(*around, past, ahead)

    practice.tick(check_promises)

    found = [practice.record(Referral, one.id).attention for one in (*around, past, ahead)]
    assert found == [*["promise_broken"] * (PAGE + 2), "", ""]
