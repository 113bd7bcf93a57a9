"""The health of a deployment: said to everybody, and only while the store answers."""

from functions.platform.health import health
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from tests.functions.platform.test_dead_letters import Broken
from tests.world import World

ACTION = health.declaration  # type: ignore[attr-defined]  # every action carries one
ASKED = Incoming("GET", "/v1/health", "", {}, b"")


def test_it_needs_no_token(world: World) -> None:
    assert answer_to(ACTION, ASKED, world.wiring).status == 200


def test_it_fails_while_the_store_is_away(world: World) -> None:
    world.wiring.__dict__["documents"] = Broken(world.wiring.documents)
    assert answer_to(ACTION, ASKED, world.wiring).status == 500
