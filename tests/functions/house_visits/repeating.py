"""A task comes again: queues deliver at least once."""

from shared.kernel.effects import Later, Message
from shared.runtime import catalog, letters
from tests.world import TENANT, World


def comes_again(world: World, message: Message) -> None:
    now = world.clock.now()
    letter = letters.write(Later(key="again", message=message, at=now), TENANT, "", now, "")
    answer = world.deliver(catalog.doer_of(type(message)), letter.body.encode())
    assert answer.status == 200, answer.body
    world.settle()
