"""The market as pinned: an edition that this process holds, and over it the versions that changed since."""

import hashlib
from typing import Final

from functions.partners.domain.institute import InstituteVersion
from functions.partners.domain.market import Market
from functions.partners.domain.market_head import MarketPins, edition_file
from functions.partners.domain.packing import packed
from functions.partners.domain.ranking import Layers
from shared.kernel.errors import Busy
from shared.kernel.ports import Collision, Files

EDITION_BYTES_MAX: Final = 128 * 1024 * 1024
HELD_MAX: Final = 3
_held: Final[dict[str, Market]] = {}
"""Editions by the hash of their content: what has one name is one thing, and who
reads it twice at once gets the same."""


def opened(files: Files, tenant_id: str, pins: MarketPins) -> Market | None:
    """The edition; None for number 0. Raises Busy where it cannot be read."""
    if pins.edition == 0:
        return None
    known = _held.get(pins.sha256)
    if known is not None:
        return known
    market = Market.from_bytes(_content(files, tenant_id, pins))
    for old in list(_held)[: len(_held) - HELD_MAX + 1]:
        _held.pop(old, None)
    _held[pins.sha256] = market
    return market


def layers_of(edition: Market | None, changed: list[InstituteVersion], pins: MarketPins) -> Layers:
    """Raises Busy where a version is missing: it is written together with the pin."""
    if len(changed) != len(pins.changed):
        raise Busy
    over = packed(changed)
    return (edition, over) if edition is not None else (over,)


def _content(files: Files, tenant_id: str, pins: MarketPins) -> bytes:
    name = edition_file(tenant_id, pins.edition, pins.sha256)
    try:
        content = files.read("clean", name, pins.generation, EDITION_BYTES_MAX)
    except Collision:
        raise Busy from None
    if hashlib.sha256(content).hexdigest() != pins.sha256:
        raise Busy
    return content
