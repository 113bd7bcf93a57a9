"""What an action may cost: counts of round trips and reads on the Firestore emulator, never times."""

import pytest

from tests.bench import searches
from tests.bench.around import READS_MAX, SIZES, searched
from tests.bench.budgets import BUDGETS, PAGE, Budget, listing, measured
from tests.bench.measured_world import MeasuredWorld

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.name.replace(" ", "_"))
def test_an_action_asks_no_more_often_than_it_may(measured_world: MeasuredWorld, budget: Budget) -> None:
    assert budget.of(measured(budget, measured_world)).depth <= budget.depth_max


def test_a_page_reads_its_rows_and_one_more(measured_world: MeasuredWorld) -> None:
    page = next(one for one in BUDGETS if one.acts is listing)
    assert measured(page, measured_world).reads == PAGE + 1


@pytest.mark.parametrize("size", SIZES)
def test_a_search_reads_no_more_among_more_clinics(measured_world: MeasuredWorld, size: int) -> None:
    rows, tally = searched(measured_world, size)
    assert rows > 0
    assert tally.reads - rows <= READS_MAX


def test_a_page_of_a_search_reads_its_rows_and_a_few_more(measured_world: MeasuredWorld) -> None:
    searches.fill(measured_world, 0, 400)
    for filters in searches.SEARCHES.values():
        shown, read = searches.searched(measured_world, filters)
        assert read <= searches.SHARE_OF_ROWS * shown + searches.BESIDE
