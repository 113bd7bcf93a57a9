"""Remembers where addresses are: the same call asks twice, and a quota is money.

In the memory of one instance, the most recently used; an outage is never remembered.
"""

import threading
from collections import OrderedDict
from typing import Final

from shared.contracts.geocoding import AddressQuery, GeocodeReason, GeocodeResult
from shared.contracts.ports import Geocoder

ADDRESSES_MAX: Final = 2_000


class CachedGeocoder:
    def __init__(self, geocoder: Geocoder, addresses_max: int = ADDRESSES_MAX) -> None:
        self._geocoder = geocoder
        self._addresses_max = addresses_max
        self._known: OrderedDict[AddressQuery, GeocodeResult] = OrderedDict()
        self._lock = threading.Lock()

    def locate(self, query: AddressQuery) -> GeocodeResult:
        with self._lock:
            if query in self._known:
                self._known.move_to_end(query)
                return self._known[query]
        found = self._geocoder.locate(query)
        if found.reason != GeocodeReason.OUTAGE:
            self._remember(query, found)
        return found

    def _remember(self, query: AddressQuery, found: GeocodeResult) -> None:
        with self._lock:
            self._known[query] = found
            while len(self._known) > self._addresses_max:
                self._known.popitem(last=False)
