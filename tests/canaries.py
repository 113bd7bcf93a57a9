"""Everything personal that tests and seeds invent: names, numbers, phones, addresses, mails, birth dates.

All of it is known here, so that it can be looked for wherever it must not be (tests/leaks.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote_plus

from functions.patients.register_patient import RegisterPatient
from infra.local.customer_api.names import WORDS
from infra.local.customer_api.twin import SEED
from infra.local.customer_api.world import make_world
from infra.local.demos.people import PATIENTS
from shared.contracts.customer_rows import Collection
from tests.functions.patients import people as registered
from tests.people import HOME, NAMES, PHONES, patient
from tests.sim.phones import KNOWN as SIMULATED

WORD_MIN: Final = 3
PHONE_DIGITS: Final = 9
PESEL_DIGITS: Final = 11
_TOKEN: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d{4}-\d\d-\d\d|[A-Z]{2}\d{6,7}|[^\W\d_]+|\d+")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[ ()-](?=\d)")
_HEX_ID: Final = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{16,64}\b")
"""Traces, spans, digests: in a million of them some hold nine digits of somebody's phone by chance."""
_DIGITS: Final = re.compile(rf"\d{{{PHONE_DIGITS},}}")


@dataclass(frozen=True)
class Canaries:
    """`tokens` as they are written; `numbers` in digits; `addresses` as a street's last word and a number."""

    tokens: frozenset[str]
    numbers: frozenset[str]
    addresses: frozenset[tuple[str, str]]

    @property
    def count(self) -> int:
        return len(self.tokens) + len(self.numbers) + len(self.addresses)


def found_in(text: str) -> list[str]:
    """The canaries in this text, also where it is escaped for a URL or for JSON."""
    plain = _ESCAPED.sub(lambda one: chr(int(one.group(1), 16)), text)
    plain = unquote_plus(plain) if "%" in plain else plain
    known, tokens = canaries(), _TOKEN.findall(plain)
    found = known.tokens.intersection(tokens)
    found |= {" ".join(pair) for pair in pairwise(tokens) if pair in known.addresses}
    for digits in _DIGITS.findall(_BETWEEN_DIGITS.sub("", _HEX_ID.sub(" ", plain))):
        found |= known.numbers.intersection(_windows(digits))
    return sorted(found)


def canaries() -> Canaries:
    """With the customer's people once they have been made: before, they can stand nowhere."""
    return _canaries(make_world.cache_info().currsize > 0)


@cache
def _canaries(with_customers: bool) -> Canaries:
    people = [*(one.model_dump() for one in (*PATIENTS, *_registered())), patient().model_dump()]
    rows: list[Mapping[str, Any]] = []
    if with_customers:
        world = make_world(SEED)
        rows = [row.data for kind in (Collection.DOCTORS, Collection.PATIENTS) for row in world[kind]]
    told = [one for person in (*people, *rows) for one in _told(person)]
    tokens = {*_names(), *(token for one in told for token in _tokens(one))}
    numbers = {
        digits for one in (*told, *PHONES.values(), *SIMULATED, *_numbers()) for digits in _windows_of(one)
    }
    addresses = {pair for one in (HOME.line, *(_street(row) for row in rows)) for pair in _pairs(one)}
    return Canaries(frozenset(tokens), frozenset(numbers), frozenset(addresses))


def _registered() -> list[RegisterPatient]:
    return [registered.maria(), registered.newborn()]


def _numbers() -> list[str]:
    """What tests of the patients write down by hand."""
    return [one for name, one in vars(registered).items() if name.endswith("_PESEL")]


def _names() -> set[str]:
    """Every name that a seed can draw, and the street in which the tests' patient lives."""
    given = [name for words in WORDS.values() for name in (*words.men, *words.women)]
    families = [name for words in WORDS.values() for pair in words.families for name in pair.split("/")]
    mine = [name for pair in NAMES.values() for name in pair]
    return {word for name in (*given, *families, *mine, "Kwiatowa") for word in _tokens(name)}


def _told(person: Mapping[str, Any]) -> list[str]:
    """What a form or a row says of somebody that is theirs alone."""
    said = [person.get(name) for name in ("given_name", "family_name", "phone", "email", "birth_date")]
    said += [one.get("value") for one in person.get("identifiers") or ()]
    said += [one.get("number") for one in person.get("phones") or ()]
    guardian = person.get("guardian") or {}
    said += [guardian.get("name"), guardian.get("phone")]
    return [one.isoformat() if isinstance(one, date) else str(one) for one in said if one]


def _street(row: Mapping[str, Any]) -> str:
    place = row.get("address") or row.get("home") or {}
    return str(place.get("street", ""))


def _tokens(text: str) -> Iterable[str]:
    """Words that are names, mails, dates and passports; a number is found by its digits."""
    return [one for one in _TOKEN.findall(text) if len(one) >= WORD_MIN and not one.isdecimal()]


def _pairs(street: str) -> Iterable[tuple[str, str]]:
    tokens = _TOKEN.findall(street)
    pairs = pairwise(tokens)
    return [pair for pair in pairs if pair[1].isdecimal() and not pair[0].isdecimal()]


def _windows_of(text: str) -> set[str]:
    """A phone without its country, as people dictate it; any other number whole."""
    digits = "".join(one for one in text if one.isdecimal())
    if len(digits) < PHONE_DIGITS or "@" in text:
        return set()
    return {digits[-PHONE_DIGITS:] if text.startswith("+") else digits}


def _windows(digits: str) -> set[str]:
    return {
        digits[start : start + width]
        for width in (PHONE_DIGITS, PESEL_DIGITS - 1, PESEL_DIGITS)
        for start in range(len(digits) - width + 1)
    }
