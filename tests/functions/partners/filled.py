"""A questionnaire filled in as a company does it: cell by cell, by the words that stand beside them."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from functions.partners.domain.questionnaire_plan import questionnaire_plan
from functions.partners.domain.reading import Read, read_questionnaire
from functions.partners.domain.template import TEMPLATE_VERSION, signed_text
from functions.partners.domain.template_words import Spoken
from shared.adapters.geocoding import OfflineGeocoder
from shared.adapters.workbook_reader import BoundedReader
from shared.adapters.workbook_writer import OpenpyxlWriter
from shared.contracts.geocoding import AddressQuery, GeocodeResult

PARTNER = "partner-1"
Edit = Callable[[Any], None]
"""Of an openpyxl workbook."""

FILLED: Mapping[str, Mapping[str, object]] = {
    "Firma": {"C5": "37,5 lat", "C7": "120 000,00 zł", "C8": "tak", "C11": 40},
    "Lokalizacje": {
        "B5": "Biuro", "C5": "ul. Puławska 10", "D5": "02-566", "E5": "Warszawa", "F5": 120,
        "G5": "x", "H5": "x",
        "B6": "Zakład", "C6": "ul. Długa 3", "D6": "05-800", "E6": "Pruszków", "F6": "80 osób",
        "G6": "PRAWDA",
    },
    "Usługi": {"C6": "tak", "D6": 30, "C7": "tak", "D7": "120", "D32": 200.0},
}  # fmt: skip


def sign(text: str) -> str:
    return f"signed {text}"


def template(language: Spoken = "pl", partner_id: str = PARTNER, version: int = TEMPLATE_VERSION) -> bytes:
    signature = sign(signed_text(version, partner_id, language))
    return OpenpyxlWriter().write(questionnaire_plan(partner_id, "Fabryka Żubr", language, signature))


def edited(content: bytes, *edits: Edit) -> bytes:
    from openpyxl import load_workbook

    book, target = load_workbook(BytesIO(content)), BytesIO()
    for edit in edits:
        edit(book)
    book.save(target)
    return target.getvalue()


def writes(values: Mapping[str, Mapping[str, object]]) -> Edit:
    def edit(book: Any) -> None:
        for sheet, cells in values.items():
            for cell, value in cells.items():
                book[sheet][cell] = value

    return edit


def filled(*edits: Edit, content: bytes = b"") -> bytes:
    """In Polish, right in everything, then changed by the edits."""
    return edited(content or template(), writes(FILLED), *edits)


_OFFLINE = OfflineGeocoder()


def located(query: AddressQuery) -> GeocodeResult:
    return _OFFLINE.locate(query)


def read(content: bytes, partner_id: str = PARTNER) -> Read:
    return read_questionnaire(BoundedReader().read(content), partner_id, sign, located)


def one(sheet: str, where: str, value: object) -> Edit:
    return writes({sheet: {where: value}})
