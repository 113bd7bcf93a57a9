"""What a package holds: usage, units beyond it with a price, credits, and the monthly statement."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from functions.referrals.ask_over_limit import AskOverLimit, ask_over_limit
from functions.referrals.begin_statements import begin_statements
from functions.referrals.credit_unit import CreditUnit, credit_unit
from functions.referrals.decide_over_limit import DecideOverLimit, decide_over_limit
from functions.referrals.domain.over_limit import NotInPackage, OtherPriceStillFree
from functions.referrals.domain.over_limit_view import OverLimitView
from functions.referrals.domain.package import Allowance, Entitlement, Money
from functions.referrals.domain.promises import counts_its_units
from functions.referrals.domain.statement import Statement, month_before, span_of
from functions.referrals.domain.units import NoUnitLeft
from functions.referrals.download_statement import DownloadStatement, download_statement
from functions.referrals.list_my_packages import ListMyPackages, list_my_packages
from functions.referrals.list_over_limits import ListOverLimits, list_over_limits
from functions.referrals.revoke_referral import RevokeReferral, revoke_referral
from shared.contracts.directory import Granted
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.certified import AT, HOUR, certify, examined
from tests.functions.referrals.orders import PERIODIC, issue, unit, units
from tests.functions.referrals.people import HUTA, MLYN, as_employer, employee, employer, package
from tests.functions.referrals.places import practice
from tests.shared.adapters.test_sheets import rows_of
from tests.world import ADMIN, World

__all__ = ["practice"]
PRICE = Money(amount=Decimal("180.00"))
ACCOUNT = "pk-1.periodic"


def ask(world: World, count: int = 1) -> OverLimitView:
    wish = AskOverLimit(package_id="pk-1", service=PERIODIC, units=count, reason="sezon")
    return world.call(ask_over_limit, wish, as_=as_employer())


def decide(world: World, asked: OverLimitView, price: Money | None = PRICE) -> OverLimitView:
    wish = DecideOverLimit(over_limit_id=asked.over_limit_id, approve=price is not None, price=price)
    return world.call(decide_over_limit, wish, as_=ADMIN)


def over(world: World) -> tuple[int, int, int]:
    account = world.record(Allowance, ACCOUNT).over_limit
    return account.free, account.reserved, account.consumed


def test_an_employer_sees_what_is_left_of_its_own_packages(practice: World) -> None:
    practice.given(package("pk-9", employer_id=MLYN))
    issue(practice)
    (seen,) = practice.call(list_my_packages, ListMyPackages(), as_=as_employer()).packages
    told = {one.service: (one.sold, one.free, one.reserved) for one in seen.services}
    assert told == {"pre_employment": (5, 5, 0), "periodic": (5, 4, 1), "control": (5, 5, 0)}


def test_a_unit_beyond_the_package_is_had_once_it_is_approved_and_costs_its_price(practice: World) -> None:
    practice.given(package(units=0))
    asked = ask(practice)
    with pytest.raises(NoUnitLeft):
        issue(practice)
    waiting = practice.call(list_over_limits, ListOverLimits(), as_=ADMIN).over_limits
    assert [one.over_limit_id for one in waiting] == [asked.over_limit_id]
    assert decide(practice, asked).status == "approved"
    seen = issue(practice)
    assert seen.over_limit is True
    assert unit(practice, seen.referral_id).price == PRICE
    assert over(practice) == (0, 1, 0)
    assert not practice.call(list_over_limits, ListOverLimits(), as_=ADMIN).over_limits


def test_what_the_package_holds_is_used_before_what_costs_extra(practice: World) -> None:
    practice.given(package(units=1), employee("em-2"))
    decide(practice, ask(practice))
    assert issue(practice).over_limit is False
    assert issue(practice, "em-2").over_limit is True


def test_a_unit_beyond_the_package_comes_back_beyond_the_package(practice: World) -> None:
    practice.given(package(units=0))
    decide(practice, ask(practice))
    seen = issue(practice)
    wish = RevokeReferral(referral_id=seen.referral_id, reason="other")
    practice.call(revoke_referral, wish, as_=as_employer())
    assert (units(practice), over(practice)) == ((0, 0, 0), (1, 0, 0))


def test_a_request_is_decided_once_and_may_be_declined(practice: World) -> None:
    practice.given(package(units=0))
    asked = ask(practice)
    assert decide(practice, asked, None).status == "declined"
    with pytest.raises(NotPossibleNow):
        decide(practice, asked)
    with pytest.raises(NoUnitLeft):
        issue(practice)


def test_two_prices_are_never_mixed(practice: World) -> None:
    decide(practice, ask(practice))
    with pytest.raises(OtherPriceStillFree):
        decide(practice, ask(practice), Money(amount=Decimal("99.00")))
    assert decide(practice, ask(practice, 2)).status == "approved"
    assert over(practice) == (3, 0, 0)


def test_a_price_belongs_to_an_approval_and_a_service_to_the_package(practice: World) -> None:
    with pytest.raises(ValidationError):
        DecideOverLimit(over_limit_id="x", approve=True)
    practice.given(package().but(granted=(Granted(service="control", units=1),)))
    with pytest.raises(NotInPackage):
        ask(practice)


def test_a_credited_unit_is_free_again_and_only_once(practice: World) -> None:
    referral = examined(practice)
    certify(practice, referral.id)
    credit = CreditUnit(entitlement_id=referral.id, reason="goodwill")
    practice.call(credit_unit, credit, as_=ADMIN)
    assert units(practice) == (5, 0, 0)
    with pytest.raises(NotPossibleNow):
        practice.call(credit_unit, credit, as_=ADMIN)
    account = practice.record(Allowance, ACCOUNT)
    assert not list(counts_its_units(account, [practice.record(Entitlement, referral.id)]))


def test_a_referral_that_is_open_cannot_be_credited(practice: World) -> None:
    seen = issue(practice)
    with pytest.raises(NotPossibleNow):
        practice.call(credit_unit, CreditUnit(entitlement_id=seen.referral_id, reason="other"), as_=ADMIN)


def test_the_statement_lists_what_was_used_what_costs_extra_and_what_came_back(practice: World) -> None:
    practice.given(package(units=1), employee("em-2"), employer(MLYN))
    decide(practice, ask(practice))
    first = examined(practice)
    certify(practice, first.id)
    second = examined(practice, "em-2", at=AT + HOUR)
    certify(practice, second.id)
    practice.call(credit_unit, CreditUnit(entitlement_id=first.id, reason="goodwill"), as_=ADMIN)
    practice.set_clock(datetime(2027, 1, 1, 5, 0, tzinfo=UTC))
    practice.tick(begin_statements)
    practice.tick(begin_statements)
    kept = practice.record(Statement, f"{HUTA}.2026-12")
    assert (kept.lines, kept.over_limit, kept.credits, kept.total) == (3, 1, 1, Decimal("180.00"))
    asked = DownloadStatement(employer_id=HUTA, month="2026-12")
    link = practice.call(download_statement, asked, as_=as_employer())
    assert (link.file_name, link.total, link.currency) == ("2026-12.xlsx", "180.00", "PLN")
    with pytest.raises(NotFound):
        practice.call(download_statement, asked, as_=as_employer(MLYN))
    content = practice.wiring.files.read("clean", kept.file_name, kept.generation, 1_000_000)
    rows = rows_of(content)
    text = " ".join(str(cell) for row in rows for cell in row)
    assert second.number in text
    assert "Malinowska" not in text
    assert rows[-1][4:7] == (1, None, 180)


def test_an_employer_without_a_single_use_gets_an_empty_statement(practice: World) -> None:
    practice.set_clock(datetime(2027, 1, 2, 5, 0, tzinfo=UTC))
    practice.tick(begin_statements)
    assert practice.record(Statement, f"{HUTA}.2026-12").lines == 0


def test_a_month_ends_at_midnight_where_the_employer_is() -> None:
    since, until = span_of("2026-12", "Europe/Warsaw")
    assert (since.isoformat(), until.isoformat()) == (
        "2026-11-30T23:00:00+00:00",
        "2026-12-31T23:00:00+00:00",
    )
    assert month_before(datetime(2027, 1, 3, tzinfo=UTC).date()) == "2026-12"
