"""A message comes again: queues and topics deliver at least once."""

from shared.kernel.effects import Later, Message, Publish
from shared.runtime import catalog, letters
from shared.runtime.action import Declaration
from tests.world import TENANT, World


def comes_again(world: World, message: Message) -> None:
    status = arrives(world, message)
    assert status == 200
    world.settle()


def arrives(world: World, message: Message) -> int:
    """The status of one delivery; what follows from it is left in the queue."""
    task = Later(key="again", message=message, at=world.clock.now())
    return _delivered(world, catalog.doer_of(type(message)), task)


def is_heard_again(world: World, listener: str, message: Message) -> None:
    """Long after: from the dead letters, when the marks of its first delivery have been swept."""
    assert _delivered(world, catalog.find(listener), Publish(key="again", message=message)) == 200
    world.settle()


def _delivered(world: World, action: Declaration, effect: Later | Publish) -> int:
    letter = letters.write(effect, TENANT, "", world.clock.now(), "")
    return world.deliver(action, letter.body.encode()).status
