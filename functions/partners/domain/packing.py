"""Institutes into a market: new ones from their versions, the others copied from the edition before."""

from array import array
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from functions.partners.domain.institute import InstituteVersion, Site
from functions.partners.domain.languages import bits_of
from functions.partners.domain.market import (
    ACCESSIBLE,
    COLUMNS,
    EVENING,
    NO_PRICE,
    SATURDAY,
    Market,
    Shape,
)
from functions.partners.domain.money import Currency
from functions.partners.domain.prices import PriceItem, PriceList
from functions.partners.domain.services import PLACE_OF, SERVICES
from shared.kernel.places import in_space_km

_CURRENCIES: Final = tuple(Currency)
_MINUTES_MAX: Final = 7 * 24 * 60


def currency_number(currency: Currency) -> int:
    return _CURRENCIES.index(currency)


def packed(versions: Iterable[InstituteVersion], gone: Iterable[str] = ()) -> Market:
    """Of each institute one version; those that are not active are `gone`."""
    return merged(None, versions, gone)


def merged(before: Market | None, versions: Iterable[InstituteVersion], gone: Iterable[str] = ()) -> Market:
    """The market with these versions in place of what it held of the same institutes, ids ascending.

    What is made on an edition is whole again, and forgets what is gone; made on nothing, it lies over one.
    """
    new = {one.institute_id: one for one in versions}
    left = {*gone, *(key for key, one in new.items() if not one.active)}
    ids = before.ids if before else ()
    kept = {key: place for place, key in enumerate(ids) if key not in new and key not in left}
    pen = _Pen()
    for key in sorted({*kept, *(key for key, one in new.items() if one.active)}):
        if before and key in kept:
            pen.copy(before, kept[key])
        else:
            pen.add(new[key])
    return pen.market(frozenset() if before else frozenset(left))


class _Pen:
    """Writes one institute after another."""

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {name: array(code) for name, code in COLUMNS.items()}
        self._ids: list[str] = []
        self._shapes: dict[Shape, int] = {}
        self._columns["site_starts"].append(0)
        self._columns["list_starts"].append(0)

    def market(self, gone: frozenset[str]) -> Market:
        codes = tuple(one.code for one in SERVICES)
        return Market(codes, tuple(self._ids), gone, tuple(self._shapes), **self._columns)

    def add(self, one: InstituteVersion) -> None:
        self._begin(one.institute_id, one.number)
        for site in one.sites:
            self._site(site)
        for prices in one.price_lists:
            self._list(prices)
        self._end()

    def copy(self, other: Market, place: int) -> None:
        """An institute as it stands in another market, whose services may be fewer than ours."""
        self._begin(other.ids[place], other.numbers[place])
        sites = slice(other.site_starts[place], other.site_starts[place + 1])
        for name in ("xs", "ys", "zs", "services", "languages", "capacities", "minutes", "flags"):
            self._columns[name].extend(getattr(other, name)[sites])
        for row in range(other.list_starts[place], other.list_starts[place + 1]):
            self._copy_list(other, row)
        self._end()

    def _begin(self, institute_id: str, number: int) -> None:
        self._ids.append(institute_id)
        self._columns["numbers"].append(number)

    def _end(self) -> None:
        self._columns["site_starts"].append(len(self._columns["xs"]))
        self._columns["list_starts"].append(len(self._columns["valid_from"]))

    def _site(self, site: Site) -> None:
        x, y, z = in_space_km(site.position.lat, site.position.lon)
        bits = ACCESSIBLE * site.accessible | SATURDAY * site.saturday | EVENING * site.evening
        for name, value in {
            "xs": x, "ys": y, "zs": z,
            "services": sum(1 << PLACE_OF[code] for code in site.services),
            "languages": bits_of(site.languages),
            "capacities": site.free,
            "minutes": min(site.weekly_minutes, _MINUTES_MAX),
            "flags": bits,
        }.items():  # fmt: skip
            self._columns[name].append(value)

    def _list(self, prices: PriceList) -> None:
        self._head(prices.valid_from, currency_number(prices.currency))
        of: dict[str, list[PriceItem]] = {}
        for item in prices.items:
            of.setdefault(item.service, []).append(item)
        for service in SERVICES:
            items = sorted(of.get(service.code, ()), key=lambda one: (one.age_from, one.quantity_from))
            shape = tuple((one.age_from, one.quantity_from) for one in items)
            self._cell(shape, [one.net for one in items], [one.vat for one in items])

    def _head(self, valid_from: date, currency: int) -> None:
        self._columns["valid_from"].append(valid_from.toordinal())
        self._columns["currencies"].append(currency)

    def _copy_list(self, other: Market, row: int) -> None:
        self._columns["valid_from"].append(other.valid_from[row])
        self._columns["currencies"].append(other.currencies[row])
        known = len(other.service_codes)
        for place in range(len(SERVICES)):
            at = row * known + place
            if place >= known or other.cells[at] == NO_PRICE:
                self._cell((), (), ())
                continue
            shape = other.shape_table[other.shapes[at]]
            prices = slice(other.cells[at], other.cells[at] + len(shape))
            self._cell(shape, other.nets[prices], other.vats[prices])

    def _cell(self, shape: Shape, nets: Iterable[int], vats: Iterable[int]) -> None:
        self._columns["cells"].append(len(self._columns["nets"]) if shape else NO_PRICE)
        self._columns["shapes"].append(self._shapes.setdefault(shape, len(self._shapes)))
        self._columns["nets"].extend(nets)
        self._columns["vats"].extend(vats)
