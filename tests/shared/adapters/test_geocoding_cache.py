"""The same address is asked for once, an outage each time, and memory is bounded."""

from shared.adapters.geocoding_cache import CachedGeocoder
from shared.contracts.geocoding import AddressQuery, GeocodeQuality, GeocodeReason, GeocodeResult

WARSAW, KRAKOW, LODZ = (AddressQuery(city=name) for name in ("Warszawa", "Kraków", "Łódź"))


class Counting:
    """A geocoder that notes what it is asked, and may be out."""

    def __init__(self) -> None:
        self.asked: list[AddressQuery] = []
        self.reason = GeocodeReason.NOT_FOUND

    def locate(self, query: AddressQuery) -> GeocodeResult:
        self.asked.append(query)
        return GeocodeResult(quality=GeocodeQuality.NONE, source="counting", reason=self.reason)


def test_an_address_is_asked_for_once() -> None:
    inner = Counting()
    cached = CachedGeocoder(inner)
    assert cached.locate(WARSAW) == cached.locate(WARSAW)
    assert inner.asked == [WARSAW]


def test_an_outage_is_not_remembered() -> None:
    inner = Counting()
    inner.reason = GeocodeReason.OUTAGE
    cached = CachedGeocoder(inner)
    cached.locate(WARSAW)
    inner.reason = GeocodeReason.NOT_FOUND
    assert cached.locate(WARSAW).reason == GeocodeReason.NOT_FOUND


def test_the_least_used_address_is_forgotten_first() -> None:
    inner = Counting()
    cached = CachedGeocoder(inner, addresses_max=2)
    for one in (WARSAW, KRAKOW, WARSAW, LODZ, WARSAW, KRAKOW):
        cached.locate(one)
    assert inner.asked == [WARSAW, KRAKOW, LODZ, KRAKOW]
