"""Which edition of the market is in force, and what changed since: one document for each recommendation."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Final, Self

from pydantic import Field

from functions.partners.domain.institute import Institute, InstituteVersion, version_id, version_of
from functions.partners.domain.partner import belongs_to
from functions.partners.domain.upload import ROOM
from shared.kernel.actors import Actor, Scope
from shared.kernel.effects import Later, Message
from shared.kernel.errors import Busy
from shared.kernel.records import Record, Value

PACK_AFTER: Final = 50
"""Changes that lie over an edition before a new one is made."""
CHANGES_MAX: Final = 400


class PackMarket(Message):
    """Make the edition of this number."""

    edition: int


class MarketPins(Value):
    """Everything that a recommendation knew of the market, so that it can be computed again.

    `edition` 0 is an empty one; `changed` the version of each institute that changed since.
    """

    edition: int = 0
    generation: int = 0
    sha256: str = ""
    changed: Mapping[str, int] = Field(default_factory=dict)

    @property
    def version_ids(self) -> list[str]:
        return [version_id(key, number) for key, number in sorted(self.changed.items())]


class MarketHead(MarketPins, Record):
    kind: ClassVar[str] = "market_heads"
    logged: ClassVar[bool] = False

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """It names institutes by id only, and every partner is recommended from it."""
        return belongs_to(actor.record_id, actor, scope)

    @property
    def pins(self) -> MarketPins:
        return MarketPins(**{name: getattr(self, name) for name in MarketPins.model_fields})

    def noting(self, institute: Institute) -> Self:
        """Raises Busy where the packing has not kept up."""
        if len(self.changed) >= CHANGES_MAX and institute.id not in self.changed:
            raise Busy
        return self.but(changed={**self.changed, institute.id: institute.version})

    def packed(self, edition: int, generation: int, sha256: str, taken: Mapping[str, int]) -> Self:
        """What changed while it was packed stays on top."""
        left = {key: number for key, number in self.changed.items() if taken.get(key) != number}
        return self.but(edition=edition, generation=generation, sha256=sha256, changed=left)


def packing_of(head: MarketHead, now: datetime, run: str = "") -> Later:
    """One for each edition; `run` names a further try of the same."""
    key = f"pack-market-{head.tenant_id}-{head.edition + 1}{run}"
    return Later(key=key, message=PackMarket(edition=head.edition + 1), at=now)


def edition_file(tenant_id: str, edition: int, sha256: str) -> str:
    return f"{ROOM}{tenant_id}/market/{edition}-{sha256[:16]}"


def noted(head: MarketHead | None, institute: Institute) -> tuple[MarketHead, InstituteVersion]:
    """What is written beside an institute that changed."""
    tenant = institute.tenant_id
    return (head or MarketHead(id=tenant, tenant_id=tenant)).noting(institute), version_of(institute)
