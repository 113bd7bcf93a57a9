"""Personal identifiers by python-stdnum: form, checksum, and the birth date hidden in some of them."""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

from stdnum import exceptions

from shared.kernel.errors import FieldError, Invalid

MODULES: Final[Mapping[str, str]] = {
    "pl-pesel": "stdnum.pl.pesel",
    "cz-rc": "stdnum.cz.rc",
    "sk-rc": "stdnum.sk.rc",
    "bg-egn": "stdnum.bg.egn",
    "hr-oib": "stdnum.hr.oib",
    "fr-nir": "stdnum.fr.nir",
    "it-codicefiscale": "stdnum.it.codicefiscale",
    "lt-asmens": "stdnum.lt.asmens",
    "lv-pk": "stdnum.lv.pvn",
    "ro-cnp": "stdnum.ro.cnp",
    "nl-bsn": "stdnum.nl.bsn",
    "es-dni": "stdnum.es.dni",
    "es-nie": "stdnum.es.nie",
    "ie-pps": "stdnum.ie.pps",
    "gb-nhs": "stdnum.gb.nhs",
    "gr-amka": "stdnum.gr.amka",
    "pt-cc": "stdnum.pt.cc",
    "de-idnr": "stdnum.de.idnr",
    "ch-ssn": "stdnum.ch.ssn",
    "be-nn": "stdnum.be.nn",
    "dk-cpr": "stdnum.dk.cpr",
    "ee-ik": "stdnum.ee.ik",
    "fi-hetu": "stdnum.fi.hetu",
    "si-emso": "stdnum.si.emso",
    "se-pnr": "stdnum.se.personnummer",
    "no-fnr": "stdnum.no.fodselsnummer",
    "at-vnr": "stdnum.at.vnr",
}
"""Identifier systems with a checksum. Passports (`passport-PL`) and foreign documents have none."""

PASSPORT = "passport-"
SHORTEST_PASSPORT, LONGEST_PASSPORT = 5, 20


class WrongIdentifier(Invalid):
    """The personal identifier is not right: read it to the caller digit by digit."""


class BirthDateDiffers(Invalid):
    """The identifier belongs to another birth date: ask which of the two is wrong; nothing was stored."""


class NationalIds:
    def check(self, system: str, value: str, birth_date: date | None) -> str:
        if system.startswith(PASSPORT):
            return _passport(system, value)
        if system not in MODULES:
            raise Invalid(
                "This kind of identifier is not known.",
                errors=[
                    FieldError("/system", f"one of {', '.join(MODULES)}, or passport-XX with the country")
                ],
            )
        module = import_module(MODULES[system])
        try:
            compact = str(module.validate(value))
        except exceptions.ValidationError as wrong:
            raise WrongIdentifier(_advice(wrong), errors=[FieldError("/value", _advice(wrong))]) from None
        _same_birth_date(module, compact, birth_date)
        return compact


def _passport(system: str, value: str) -> str:
    country = system.removeprefix(PASSPORT)
    compact = "".join(value.split()).replace("-", "").upper()
    if len(country) != 2 or not country.isalpha() or not country.isupper():
        raise Invalid("Write the passport's country as two capital letters: passport-UA.")
    if not compact.isalnum() or not SHORTEST_PASSPORT <= len(compact) <= LONGEST_PASSPORT:
        raise WrongIdentifier("A passport number has 5 to 20 letters and digits.")
    return compact


def _same_birth_date(module: Any, compact: str, birth_date: date | None) -> None:
    if birth_date is None or not hasattr(module, "get_birth_date"):
        return
    try:
        inside = module.get_birth_date(compact)
    except (exceptions.ValidationError, ValueError):
        return  # some numbers carry no date, or only a part of one
    if inside is not None and inside != birth_date:
        raise BirthDateDiffers


def _advice(wrong: Exception) -> str:
    if isinstance(wrong, exceptions.InvalidLength):
        return "The number of digits is wrong: one is missing or too many."
    if isinstance(wrong, exceptions.InvalidChecksum):
        return "The check digit does not fit: one digit is wrong or two are swapped."
    if isinstance(wrong, exceptions.InvalidComponent):
        return "A part of the number, such as the date in it, cannot exist."
    return "It contains characters that do not belong there."
