"""Where these tests begin."""

import pytest

from tests.functions.partners.desk import a_market
from tests.world import World


@pytest.fixture
def market(world: World) -> World:
    return a_market(world)
