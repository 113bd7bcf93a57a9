"""A task comes again: queues deliver at least once."""

from shared.kernel.effects import Later, Message
from shared.runtime import catalog, letters
from tests.world import TENANT, World


def comes_again(world: World, message: Message) -> None:
    status = arrives(world, message)
    assert status == 200
    world.settle()


def arrives(world: World, message: Message) -> int:
    """The status of one delivery; what follows from it is left in the queue."""
    now = world.clock.now()
    letter = letters.write(Later(key="again", message=message, at=now), TENANT, "", now, "")
    return world.deliver(catalog.doer_of(type(message)), letter.body.encode()).status
