"""A referral is issued with the unit that pays for it, revoked, and replaced by a better one."""

from datetime import timedelta

import pytest

from functions.referrals.domain.coverage import NotCovered
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.examination import BookedBy, Examination
from functions.referrals.domain.exposure import Exposures
from functions.referrals.domain.issuing import (
    AlreadyReferred,
    EmployerInactive,
    ExposuresNotFilledIn,
    HasLeft,
    NotHiredYet,
    OnLongLeave,
)
from functions.referrals.domain.jurisdiction import JurisdictionNotKnown
from functions.referrals.domain.package import EntitlementStatus
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.units import NoUnitLeft
from functions.referrals.get_referral import GetReferral, get_referral
from functions.referrals.issue_referrals import IssueReferrals, issue_referrals
from functions.referrals.read_referral import ReadReferral, read_referral
from functions.referrals.reissue_referral import ReissueReferral, reissue_referral
from functions.referrals.revoke_referral import RevokeReferral, revoke_referral
from shared.contracts.directory import Granted
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.orders import PERIODIC, issue, problem, unit, units
from tests.functions.referrals.people import (
    DRIVER,
    EXPOSED,
    HUTA,
    MLYN,
    TODAY,
    WELDER,
    as_employer,
    employee,
    employer,
    employment,
    package,
)
from tests.outside import START
from tests.world import World

DAY = timedelta(days=1)


def revoke(world: World, referral_id: str, by: str = HUTA) -> None:
    world.call(
        revoke_referral, RevokeReferral(referral_id=referral_id, reason="not_hired"), as_=as_employer(by)
    )


def reissue(world: World, referral_id: str, **facts: object) -> Referral:
    wish = ReissueReferral(referral_id=referral_id, examination_type=PERIODIC, exposures=EXPOSED, **facts)
    seen = world.call(reissue_referral, wish, as_=as_employer())
    return world.record(Referral, seen.referral_id)


def test_a_referral_says_what_the_contract_says_and_reserves_a_unit(firm: World) -> None:
    seen = issue(firm)
    kept = firm.record(Referral, seen.referral_id)
    assert (seen.status, seen.positions, seen.department) == ("issued", (WELDER,), "Produkcja")
    assert (kept.employer.name, kept.person.family_name) == ("Huta Szkła Jantar sp. z o.o.", "Malinowska")
    assert (kept.valid_until - kept.issued_on).days == 90
    assert units(firm) == (4, 1, 0)
    assert unit(firm, kept.id).status == EntitlementStatus.RESERVED
    assert firm.record(Employee, "em-1").referral_ids == (kept.id,)
    assert firm.log_of(kept) == ["issued"]


def test_positions_stay_in_the_order_of_the_employer(firm: World) -> None:
    assert issue(firm, positions=(DRIVER, WELDER)).positions == (DRIVER, WELDER)


def test_a_group_that_nobody_filled_in_is_asked_back_by_name(firm: World) -> None:
    told = problem(firm, exposures=Exposures(physical=(), dust=(), chemical=()))
    assert told["code"] == ExposuresNotFilledIn.code()
    assert [one["pointer"] for one in told["errors"]] == ["/exposures/biological", "/exposures/other"]


@pytest.mark.parametrize(
    ("contract", "kind", "refusal"),
    [
        ({"until": TODAY - DAY}, "periodic", HasLeft),
        ({"since": TODAY + DAY}, "periodic", NotHiredYet),
        ({"since": None}, "control", NotHiredYet),
        ({"leave_from": TODAY - DAY}, "periodic", OnLongLeave),
    ],
)
def test_a_referral_fits_what_the_person_is_to_the_employer(
    firm: World, contract: dict[str, object], kind: str, refusal: type[Exception]
) -> None:
    firm.given(employee("em-2", employments=(employment(**contract),)))
    with pytest.raises(refusal):
        issue(firm, "em-2", examination_type=kind)


def test_a_candidate_and_one_who_comes_back_have_their_own_kind(firm: World) -> None:
    firm.given(employee("em-2", employments=(employment(since=None),)))
    firm.given(employee("em-3", employments=(employment(leave_from=TODAY - 40 * DAY),)))
    assert issue(firm, "em-2", examination_type="pre_employment").status == "issued"
    assert issue(firm, "em-3", examination_type="control").status == "issued"


def test_a_second_open_referral_of_a_kind_is_refused_and_another_kind_is_not(firm: World) -> None:
    first = issue(firm)
    told = problem(firm)
    assert (told["code"], told["see"]) == (AlreadyReferred.code(), first.referral_id)
    issue(firm, examination_type="control")
    revoke(firm, first.referral_id)
    assert issue(firm).status == "issued"


def test_the_last_unit_is_had_by_one(firm: World) -> None:
    firm.given(package(units=1), employee("em-2"))
    issue(firm)
    with pytest.raises(NoUnitLeft):
        issue(firm, "em-2")
    assert units(firm) == (0, 1, 0)


def test_the_package_that_ends_first_pays_first(firm: World) -> None:
    sooner = package("pk-0", valid_until=TODAY, granted=(Granted(service="periodic", units=1),))
    firm.given(sooner, employee("em-2"))
    assert issue(firm).package_id == "pk-0"
    assert issue(firm, "em-2").package_id == "pk-1"


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_until": TODAY - DAY},
        {"valid_from": TODAY + DAY},
        {"active": False},
        {"granted": (Granted(service="control", units=5),)},
        {"employer_id": MLYN},
    ],
)
def test_what_no_package_covers_today_is_refused(firm: World, facts: dict[str, object]) -> None:
    firm.given(package().but(**facts))
    with pytest.raises(NotCovered):
        issue(firm)


def test_an_employer_that_is_gone_or_whose_law_we_do_not_know_issues_nothing(firm: World) -> None:
    firm.given(employer(active=False))
    with pytest.raises(EmployerInactive):
        issue(firm)
    firm.given(employer(country="FR"))
    with pytest.raises(JurisdictionNotKnown):
        issue(firm)


def test_a_smaller_package_takes_nothing_away_that_is_used(firm: World) -> None:
    first = issue(firm)
    firm.given(package(units=0), employee("em-2"))
    with pytest.raises(NoUnitLeft):
        issue(firm, "em-2")
    revoke(firm, first.referral_id)
    assert unit(firm, first.referral_id).status == EntitlementStatus.RELEASED
    with pytest.raises(NoUnitLeft):
        issue(firm, "em-2")


def test_a_revoked_referral_gives_its_unit_back_once(firm: World) -> None:
    seen = issue(firm)
    revoke(firm, seen.referral_id)
    assert firm.record(Referral, seen.referral_id).status == ReferralStatus.REVOKED
    assert units(firm) == (5, 0, 0)
    with pytest.raises(NotPossibleNow):
        revoke(firm, seen.referral_id)
    assert units(firm) == (5, 0, 0)


def test_nobody_revokes_or_reads_what_another_employer_wrote(firm: World) -> None:
    seen = issue(firm)
    with pytest.raises(NotFound):
        revoke(firm, seen.referral_id, MLYN)
    with pytest.raises(NotFound):
        firm.call(get_referral, GetReferral(referral_id=seen.referral_id), as_=as_employer(MLYN))
    firm.given(employer(MLYN), package("pk-9", employer_id=MLYN))
    with pytest.raises(NotFound):
        issue(firm, "em-1", MLYN)


def test_the_employer_reads_what_it_wrote_and_staff_read_more(firm: World) -> None:
    seen = issue(firm)
    mine = firm.call(get_referral, GetReferral(referral_id=seen.referral_id), as_=as_employer())
    assert mine == seen
    assert not {"patient_id", "attention", "end_reason", "clinic_asked"} & set(type(mine).model_fields)
    theirs = firm.call(read_referral, ReadReferral(referral_id=seen.referral_id))
    assert (theirs.patient_id, theirs.employer_id) == ("p-1", HUTA)


def test_a_reissued_referral_takes_unit_and_appointment_over(firm: World) -> None:
    seen = issue(firm)
    held = Examination(
        clinic_id="c-1", starts_at=START + DAY, ends_at=START + 2 * DAY, booked_by=BookedBy.OPERATOR
    )
    old = firm.record(Referral, seen.referral_id)
    firm.given(old.but(status=ReferralStatus.SCHEDULED, examination=held))
    new = reissue(firm, old.id, positions=(DRIVER,))
    assert (new.status, new.examination, new.revision) == (ReferralStatus.SCHEDULED, held, 2)
    assert (new.reissue_of, new.positions) == (old.id, (DRIVER,))
    assert firm.record(Referral, old.id).reissued_as == new.id
    assert units(firm) == (4, 1, 0)
    assert firm.record(Employee, "em-1").referral_ids == (new.id,)


def test_the_last_unit_is_enough_to_reissue(firm: World) -> None:
    firm.given(package(units=1))
    new = reissue(firm, issue(firm).referral_id)
    assert (units(firm), new.status) == ((0, 1, 0), ReferralStatus.ISSUED)


def test_what_is_over_is_not_reissued(firm: World) -> None:
    seen = issue(firm)
    revoke(firm, seen.referral_id)
    with pytest.raises(NotPossibleNow):
        reissue(firm, seen.referral_id)
    assert units(firm) == (5, 0, 0)


def test_many_are_referred_at_once_and_who_cannot_be_is_named(firm: World) -> None:
    firm.given(package(units=2), employee("em-2", employments=(employment(until=TODAY - DAY),)))
    firm.given(employee("em-3"), employee("em-4"), employee("em-5", employer_id=MLYN))
    ids = ("em-1", "em-2", "em-3", "em-3", "em-4", "em-5")
    wanted = IssueReferrals(employee_ids=ids, examination_type=PERIODIC, exposures=EXPOSED)
    done = firm.call(issue_referrals, wanted, as_=as_employer())
    assert (done.issued, done.refused) == (2, 3)
    assert [one.code for one in done.rows] == ["", "has-left", "", "no-unit-left", "no-such-employee"]
    assert units(firm) == (0, 2, 0)


def test_a_repeated_bulk_order_orders_once(firm: World) -> None:
    wanted = IssueReferrals(employee_ids=("em-1",), examination_type=PERIODIC, exposures=EXPOSED)
    first = firm.call(issue_referrals, wanted, as_=as_employer(), key="bulk-order-1")
    again = firm.call(issue_referrals, wanted, as_=as_employer(), key="bulk-order-1")
    assert first == again
    assert units(firm) == (4, 1, 0)
