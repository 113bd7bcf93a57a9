"""What lies beside a record follows it in the same commit; its changes are announced, whoever makes them."""

from typing import ClassVar

from shared.kernel.actors import Scope
from shared.kernel.effects import Effect, Message, Publish
from shared.kernel.records import Decision, Record
from shared.runtime.ledger import Ledger
from tests.world import OPERATOR, TENANT, World


class Told(Message):
    size: int


class Shadow(Record):
    kind: ClassVar[str] = "shadows"
    logged: ClassVar[bool] = False

    size: int


class Thing(Record):
    kind: ClassVar[str] = "things"

    size: int = 1
    colour: str = "red"

    def beside(self) -> tuple[Record, ...]:
        return (Shadow(id=self.id, tenant_id=self.tenant_id, size=self.size),)

    def says(self, before: "Thing | None") -> tuple[Effect, ...]:
        if before is not None and before.size == self.size:
            return ()
        return (Publish(key=f"told-{self.id}-{self.version}", message=Told(size=self.size)),)


def ledger(world: World) -> Ledger:
    wired = world.wiring
    return Ledger(wired.documents, wired.codec, OPERATOR, Scope.TENANT, world.clock.now())


def paths(store: Ledger) -> set[str]:
    return {one.path for one in store.writes("token") if "/activity/" not in one.path}


def grown(thing: Thing) -> Decision[Thing]:
    return Decision(thing.but(size=thing.size + 1), "grew")


def test_a_new_record_brings_what_lies_beside_it(world: World) -> None:
    store = ledger(world)
    store.create(Thing(id="t", tenant_id=TENANT), "made")
    assert paths(store) == {"things/t", "shadows/t"}
    assert [one.key for one in store.effects] == ["told-t-1"]


def test_a_change_that_does_not_concern_it_leaves_it_alone(world: World) -> None:
    world.given(Thing(id="t", tenant_id=TENANT, version=1))
    store = ledger(world)
    store.change(Thing, "t", lambda thing: Decision(thing.but(colour="blue"), "painted"))
    assert paths(store) == {"things/t"}
    assert store.effects == []


def test_two_changes_in_one_commit_leave_the_last(world: World) -> None:
    world.given(Thing(id="t", tenant_id=TENANT, version=1))
    store = ledger(world)
    store.change(Thing, "t", grown)
    store.change(Thing, "t", grown)
    found = {one.path: one.fields for one in store.writes("token")}
    assert found["shadows/t"] is not None
    assert found["shadows/t"]["size"] == 3
    assert [one.key for one in store.effects] == ["told-t-2", "told-t-3"]
