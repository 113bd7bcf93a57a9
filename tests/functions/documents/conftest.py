"""Where these tests begin."""

import pytest

from tests.functions.documents.desk import a_shelf
from tests.world import World


@pytest.fixture
def shelved(world: World) -> World:
    """A case that Dr Anna works on, with an empty shelf."""
    world.given(a_shelf())
    return world
