"""Invariant 7 on random histories: whatever is reserved, used, given back, credited or sold anew adds up."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from functions.referrals.domain.over_limit import OverLimit, approved
from functions.referrals.domain.package import Allowance, Entitlement, Money, Units, first_allowance
from functions.referrals.domain.promises import counts_its_units
from functions.referrals.domain.units import NoUnitLeft, as_sold, consumed, credited, released, reserved
from shared.contracts.directory import Granted, ServicePackage
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.people import HUTA, package
from tests.outside import START
from tests.world import TENANT

PRICE = Money(amount=Decimal(100))
STEPS = st.tuples(
    st.sampled_from(["reserve", "consume", "release", "credit", "sell", "approve"]), st.integers(0, 5)
)


class Ledger:
    """What the store would hold."""

    def __init__(self) -> None:
        self.package: ServicePackage = package(units=2)
        self.account: Allowance = first_allowance(self.package, "periodic")
        self.units: list[Entitlement] = []
        self.approved = 0

    def do(self, step: str, number: int) -> None:
        self.account = as_sold(self.package, "periodic", self.account)
        if step == "sell":
            self.package = self.package.but(granted=(Granted(service="periodic", units=number),))
            self.account = as_sold(self.package, "periodic", self.account)
        elif step == "approve":
            self._approve(number + 1)
        elif step == "reserve":
            self._reserve()
        elif self.units:
            self._settle(step, number % len(self.units))

    def _approve(self, units: int) -> None:
        asked = OverLimit(
            id="o", tenant_id=TENANT, employer_id=HUTA, package_id=self.package.id, service="periodic",
            units=units, asked_at=START, asked_by="hr",
        )  # fmt: skip
        self.account = approved(asked, self.package, self.account, PRICE)[1].record
        self.approved += units

    def _reserve(self) -> None:
        free = self.account.free
        try:
            decision, unit = reserved(self.account, f"r-{len(self.units)}", START)
        except NoUnitLeft:
            assert free == 0
            return
        assert free > 0
        self.account = decision.record
        self.units.append(unit)

    def _settle(self, step: str, at: int) -> None:
        later = START + timedelta(hours=1)
        try:
            if step == "consume":
                both = consumed(self.account, self.units[at], later)
            elif step == "release":
                both = released(self.account, self.units[at], "revoked", later)
            else:
                both = credited(self.account, self.units[at], "goodwill", later)
        except NotPossibleNow:
            return
        if both is not None:
            self.account, self.units[at] = both[0].record, both[1].record


@given(st.lists(STEPS, max_size=40))
def test_units_add_up_after_any_history(steps: list[tuple[str, int]]) -> None:
    ledger = Ledger()
    for step, number in steps:
        ledger.do(step, number)
        assert not list(counts_its_units(ledger.account, ledger.units))
        assert ledger.account.over_limit.granted == ledger.approved
        used = ledger.account.included.reserved + ledger.account.included.consumed
        assert ledger.account.included.granted == max(ledger.account.sold, used)


def test_an_account_that_does_not_add_up_is_found_out() -> None:
    account = first_allowance(package(), "periodic").but(included=Units(granted=5, reserved=1))
    assert list(counts_its_units(account, []))
