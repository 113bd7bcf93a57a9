"""What the records of this module say by themselves: standings, groups, tables, whom they admit."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from functions.referrals.domain.employment import Standing, employee_id
from functions.referrals.domain.examination import BookedBy, Examination
from functions.referrals.domain.exposure import ExposureGroup, Exposures
from functions.referrals.domain.fitness import FitnessEvent, FitnessStatus, NextDue, NextDueReason
from functions.referrals.domain.package import Units
from functions.referrals.domain.referral import ReferralEvent, ReferralStatus
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.people import (
    EXPOSED,
    HUTA,
    MLYN,
    NOISE,
    TODAY,
    WELDER,
    as_employer,
    certificate,
    employee,
    employment,
    referral,
)
from tests.outside import START
from tests.world import OPERATOR, TENANT, World

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"since": None}, Standing.CANDIDATE),
        ({"since": TODAY + DAY}, Standing.CANDIDATE),
        ({"since": TODAY}, Standing.EMPLOYED),
        ({"until": TODAY}, Standing.EMPLOYED),
        ({"until": TODAY - DAY}, Standing.FORMER),
        ({"leave_from": TODAY}, Standing.ON_LEAVE),
        ({"leave_from": TODAY - 9 * DAY, "leave_until": TODAY}, Standing.ON_LEAVE),
        ({"leave_from": TODAY - 9 * DAY, "leave_until": TODAY - DAY}, Standing.EMPLOYED),
        ({"leave_from": TODAY + DAY}, Standing.EMPLOYED),
    ],
)
def test_a_contract_knows_what_the_person_is_on_a_day(
    facts: dict[str, date | None], standing: Standing
) -> None:
    assert employment(**facts).standing_on(TODAY) == standing


def test_a_second_contract_keeps_a_person_employed() -> None:
    ended, second = employment(until=TODAY - DAY), employment(contract="2", positions=("magazynier",))
    person = employee(employments=(second, ended))
    assert person.standing_on(TODAY) == Standing.EMPLOYED
    assert person.employment_on(TODAY) == second


def test_a_contract_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError):
        employment(until=date(2019, 12, 31))
    with pytest.raises(ValidationError):
        employment(leave_until=TODAY)


def test_one_person_has_another_id_at_each_employer(world: World) -> None:
    def at(employer_id: str, number: str) -> str:
        return employee_id(world.wiring.seals, TENANT, employer_id, "pl-pesel", number)

    assert at(HUTA, "50031400002") == at(HUTA, " 5003 1400002")
    assert at(HUTA, "50031400002") != at(MLYN, "50031400002")


def test_nothing_and_not_filled_in_are_different() -> None:
    half = Exposures(physical=(NOISE,), dust=())
    assert half.open_groups == (ExposureGroup.CHEMICAL, ExposureGroup.BIOLOGICAL, ExposureGroup.OTHER)
    assert EXPOSED.open_groups == ()
    assert (EXPOSED.met, EXPOSED.count) == ((ExposureGroup.PHYSICAL,), 1)


def test_a_level_needs_a_measurement_that_is_not_too_old() -> None:
    unmeasured = Exposures(physical=(NOISE.but(measurement=None),))
    assert EXPOSED.unmeasured(TODAY) == ()
    assert EXPOSED.unmeasured(TODAY + DAY) == unmeasured.unmeasured(TODAY) == ("hałas",)


def test_who_did_not_come_may_come_another_time() -> None:
    missed = referral(status=ReferralStatus.NO_SHOW)
    assert missed.after(ReferralEvent.SCHEDULE).status == ReferralStatus.SCHEDULED
    with pytest.raises(NotPossibleNow):
        referral(status=ReferralStatus.REVOKED).after(ReferralEvent.SCHEDULE)


@pytest.mark.parametrize("record", [referral(), certificate(), employee()])
def test_an_employer_reaches_its_own_and_no_other(record: Record) -> None:
    assert record.admits(as_employer(HUTA), Scope.OWN)
    assert not record.admits(as_employer(MLYN), Scope.OWN)
    assert not record.admits(as_employer(HUTA), Scope.TENANT)
    assert record.admits(OPERATOR, Scope.TENANT)
    assert not record.admits(Actor(role=Role.PARTNER, tenant_id=TENANT, user_id="u"), Scope.OWN)


def test_a_doctor_reaches_the_referrals_of_their_own_diary() -> None:
    anna = Actor(role=Role.DOCTOR, tenant_id=TENANT, user_id="u", record_id="d-anna")
    booked = referral(
        examination=Examination(
            clinic_id="c-1", doctor_ids=("d-anna",), starts_at=START, ends_at=START + DAY,
            booked_by=BookedBy.OPERATOR,
        )
    )  # fmt: skip
    assert booked.admits(anna, Scope.ASSIGNED)
    assert not referral().admits(anna, Scope.ASSIGNED)
    assert not booked.admits(anna.but(record_id="d-ewa"), Scope.ASSIGNED)


def test_the_earliest_of_several_dates_drives_the_reminder() -> None:
    glasses = NextDue(reason=NextDueReason.DRIVING, due_on=date(2027, 5, 1))
    several = certificate(next_dues=(*certificate().next_dues, glasses))
    assert several.next_due_on == date(2027, 5, 1)
    assert several.index_fields()["next_due_on"] == "2027-05-01"
    assert certificate(next_dues=()).index_fields()["to_renew"] is False


def test_a_certificate_decides_once_on_a_position() -> None:
    with pytest.raises(ValidationError):
        certificate(decisions=certificate().decisions * 2)
    with pytest.raises(ValidationError):
        certificate(next_dues=certificate().next_dues * 2)
    assert certificate().index_fields()["position_titles"] == [WELDER]


def test_a_certificate_under_appeal_stands() -> None:
    flagged = certificate().after(FitnessEvent.APPEAL)
    assert (flagged.status, flagged.is_in_force) == (FitnessStatus.APPEALED, True)
    with pytest.raises(NotPossibleNow):
        flagged.after(FitnessEvent.CONFIRM).after(FitnessEvent.APPEAL)


def test_units_never_fall_below_zero() -> None:
    assert Units(granted=3, reserved=1, consumed=1).free == 1
    with pytest.raises(ValidationError):
        Units(granted=1, reserved=1, consumed=1)
