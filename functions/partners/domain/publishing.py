"""An institute that changes: its version for ever, its place in the market, and in time a new edition."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from functions.partners.domain.institute import Institute
from functions.partners.domain.market_head import PACK_AFTER, MarketHead, noted, packing_of
from shared.kernel.effects import Effect
from shared.kernel.records import Decision, Record

R = TypeVar("R", bound=Record)


class Records(Protocol):
    """What these rules need of the ledger."""

    def find(self, kind: type[R], key: str) -> R | None: ...

    def put(self, record: R) -> R: ...

    def apply(self, decision: Decision[R]) -> R: ...

    def create(self, record: R, did: str = "", **details: Any) -> R: ...

    def send(self, *effects: Effect) -> None: ...


def published(
    records: Records, institute: Institute, did: str, now: datetime, *, new: bool, **details: str | int
) -> Institute:
    """Everything that one change of an institute writes. Raises Busy where the packing has not kept up."""
    if new:
        saved = records.create(institute, did, **details)
    else:
        saved = records.apply(Decision(institute, did, details))
    head, version = noted(records.find(MarketHead, institute.tenant_id), saved)
    records.put(head)
    records.put(version)
    if len(head.changed) >= PACK_AFTER:
        records.send(packing_of(head, now))
    return saved
