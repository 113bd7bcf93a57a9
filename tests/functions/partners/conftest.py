"""Where these tests begin."""

import pytest

from tests.functions.partners.desk import a_partner, an_institute
from tests.world import World


@pytest.fixture
def market(world: World) -> World:
    """A partner and two institutes, of which alfa is the cheaper."""
    a_partner(world)
    an_institute(world, "alfa", net=100_00)
    an_institute(world, "beta", net=120_00)
    return world
