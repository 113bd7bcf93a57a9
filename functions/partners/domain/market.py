"""All active institutes packed into columns: what a recommendation filters and prices by, nothing else.

Reading ten thousand institutes as documents would cost seconds; as columns they are a few megabytes that are
opened in milliseconds and held. An edition is written once and named by its content, so an old recommendation
can be computed again. What a person reads of an institute lies in its version, `InstituteVersion`.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

Shape = tuple[tuple[int, int], ...]
"""Of the prices of one service: (age_from, quantity_from) of each, in order. Few shapes serve thousands."""

NO_PRICE: Final = 0xFFFFFFFF
ACCESSIBLE, SATURDAY, EVENING = 1, 2, 4
COLUMNS: Final = {
    "numbers": "I", "site_starts": "I", "list_starts": "I",
    "xs": "d", "ys": "d", "zs": "d", "services": "Q", "languages": "I", "capacities": "I",
    "minutes": "H", "flags": "B",
    "valid_from": "I", "currencies": "B", "cells": "I", "shapes": "H",
    "nets": "I", "vats": "H",
}  # fmt: skip
assert sys.byteorder == "little", "columns are stored as they lie in memory"


@dataclass(frozen=True, slots=True)
class Market:
    """Columns over institutes, over their sites, over their price lists, and over prices.

    `cells[l * S + s]` is where the prices of service s begin in list l, `shapes[l * S + s]` which of
    `shape_table` they have; S is `len(service_codes)`. `gone` are those that left since the
    edition below.
    """

    service_codes: tuple[str, ...]
    ids: tuple[str, ...]
    gone: frozenset[str]
    shape_table: tuple[Shape, ...]
    numbers: array[int]  # the version of each institute
    site_starts: array[int]
    list_starts: array[int]
    xs: array[float]
    ys: array[float]
    zs: array[float]
    services: array[int]
    languages: array[int]
    capacities: array[int]
    minutes: array[int]
    flags: array[int]
    valid_from: array[int]
    currencies: array[int]
    cells: array[int]
    shapes: array[int]
    nets: array[int]
    vats: array[int]

    def __len__(self) -> int:
        return len(self.ids)

    def to_bytes(self) -> bytes:
        columns = [getattr(self, name).tobytes() for name in COLUMNS]
        head = [
            self.service_codes,
            self.ids,
            sorted(self.gone),
            self.shape_table,
            [len(one) for one in columns],
        ]
        text = json.dumps(head, separators=(",", ":")).encode()
        return b"".join([struct.pack("<I", len(text)), text, *columns])

    @classmethod
    def from_bytes(cls, data: bytes) -> Market:
        """Raises ValueError where it is not whole."""
        start = 4 + struct.unpack_from("<I", data)[0]
        codes, ids, gone, table, sizes = json.loads(data[4:start])
        ends = list(accumulate(sizes, initial=start))
        if ends[-1] != len(data):
            raise ValueError("a market of the wrong length")
        columns: dict[str, Any] = {}
        for (name, code), begin, end in zip(COLUMNS.items(), ends, ends[1:], strict=False):
            columns[name] = array(code, data[begin:end])
        shapes = tuple(tuple((age, quantity) for age, quantity in shape) for shape in table)
        return cls(tuple(codes), tuple(ids), frozenset(gone), shapes, **columns)
