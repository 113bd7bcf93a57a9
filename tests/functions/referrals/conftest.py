"""An employer with one employee and a package; see people.py."""

import pytest

from tests.functions.referrals.people import employee, employer, package
from tests.people import patient
from tests.world import World


@pytest.fixture
def firm(world: World) -> World:
    """Five units of each kind of examination."""
    world.given(employer(), employee(), package(), patient())
    return world
