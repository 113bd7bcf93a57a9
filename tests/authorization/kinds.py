"""Every kind of record there is, and whether anybody may see one of another tenant through the ledger."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from shared.kernel.actors import Role, Scope
from shared.kernel.records import Record
from shared.runtime import catalog
from shared.runtime.ledger import Ledger
from tests.authorization.parties import FOREIGN, OWN, SEEDED, caller
from tests.authorization.production import Production
from tests.authorization.stand import FOLDER, Stand, records_of

ROOT = Path(__file__).parents[2]


def all_kinds() -> set[type[Record]]:
    """Every record that the product defines."""
    catalog.all_actions()
    for path in (ROOT / "shared/contracts").glob("*.py"):
        import_module(f"shared.contracts.{path.stem}")
    return {one for one in _below(Record) if "kind" in vars(one) and not one.__module__.startswith("tests")}


def not_described() -> list[str]:
    """What the matrix lacks, in words that say what to add."""
    world = Production()
    lacking = []
    for party in (OWN, FOREIGN):
        made = {type(one) for one in records_of(party, world.wiring)}
        lacking += [
            f"no example of {kind.__name__} for {party.name}: add one to records() in "
            f"{FOLDER}/<module>.py, of party.tenant_id and named by party.id(...)"
            for kind in sorted(all_kinds() - made, key=lambda one: one.__name__)
        ]
    return lacking


def sights(stand: Stand) -> Iterator[tuple[str, bool]]:
    """For each record, role and scope: whether a record of the other tenant is seen, and that is wrong."""
    world = stand.world()
    seeded = [(party, one) for party in SEEDED for one in records_of(party, world.wiring)]
    for party, record in seeded:
        stranger = "vm" if party.tenant_id == "other" else "other"
        for role in Role:
            for scope in Scope:
                actor = caller(role).but(tenant_id=stranger)
                ledger = Ledger(world.wiring.documents, world.wiring.codec, actor, scope, world.clock.now())
                seen = ledger.find(type(record), record.id) is not None
                yield f"{record.kind}/{record.id} by a {role} of {stranger} ({scope})", seen


def _below(kind: type[Record]) -> set[type[Record]]:
    return set(kind.__subclasses__()) | {deeper for sub in kind.__subclasses__() for deeper in _below(sub)}
