"""What the outbox promises when functions die between their commit and their letters."""

from functions.platform.sweep_outbox import sweep_outbox
from tests.world import World


def test_an_empty_outbox_is_swept_without_complaint(world: World) -> None:
    world.tick(sweep_outbox)
