"""A world in which two tenants have their providers."""

import pytest

from tests.functions.identity.sign_ins import POLICIES
from tests.world import World


@pytest.fixture
def open_house(world: World) -> World:
    world.settings = world.settings.but(sign_in_policies=POLICIES)
    world.wiring.settings = world.settings
    return world
