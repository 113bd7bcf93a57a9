"""What all that a partner wants would cost at one institute in a year, line by line."""

from datetime import date

from functions.partners.domain.answers import Answers
from functions.partners.domain.money import Currency, gross_of
from functions.partners.domain.prices import PriceList, item_for, list_on
from shared.kernel.records import Value


class QuoteLine(Value):
    """`net_unit`, `net`, `vat`, `gross` in grosz; `vat_rate` in hundredths of a percent."""

    service: str
    quantity: int
    age_from: int
    age_until: int
    quantity_from: int
    net_unit: int
    net: int
    vat_rate: int
    vat: int
    gross: int


class Quote(Value):
    """Sums of the lines, each line rounded by itself; `valid_from` of the price list that was applied."""

    currency: Currency
    valid_from: date
    lines: tuple[QuoteLine, ...]
    net: int
    vat: int
    gross: int


def quoted(lists: tuple[PriceList, ...], answers: Answers, on: date) -> Quote | None:
    """None where a service has no price, no list is in force, or it is in another currency."""
    prices = list_on(lists, on)
    if prices is None or prices.currency != answers.currency:
        return None
    lines = [_line(prices, one.service, answers.age, one.quantity) for one in answers.wishes]
    known = tuple(one for one in lines if one is not None)
    if len(known) < len(lines):
        return None
    net, gross = sum(one.net for one in known), sum(one.gross for one in known)
    return Quote(
        currency=prices.currency,
        valid_from=prices.valid_from,
        lines=known,
        net=net,
        vat=gross - net,
        gross=gross,
    )


def _line(prices: PriceList, service: str, age: int, quantity: int) -> QuoteLine | None:
    item = item_for(prices, service, age, quantity)
    if item is None:
        return None
    net, gross = item.net * quantity, gross_of(item.net, quantity, item.vat)
    return QuoteLine(
        service=service,
        quantity=quantity,
        age_from=item.age_from,
        age_until=item.age_until,
        quantity_from=item.quantity_from,
        net_unit=item.net,
        net=net,
        vat_rate=item.vat,
        vat=gross - net,
        gross=gross,
    )
