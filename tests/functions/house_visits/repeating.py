"""A task comes again: queues deliver at least once."""

from shared.kernel.effects import Later, Message, Publish
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


def is_heard_again(world: World, listener: str, message: Message) -> None:
    """Long after: from the dead letters, when the marks of its first delivery have been swept."""
    letter = letters.write(Publish(key="again", message=message), TENANT, "", world.clock.now(), "")
    assert world.deliver(catalog.find(listener), letter.body.encode()).status == 200
    world.settle()
