"""Invented values for the words of notices: as they usually are, and as long as they may become.

Nobody of that name or number exists. A new name in braces needs a value in both, or the page cannot be made.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from functions.referrals.domain.digest_texts import DigestRow, row_words
from functions.referrals.domain.fitness import NextDueReason
from shared.kernel.plurals import Form, Speech

MANY: Final = 5
COUNTS: Final[Mapping[Speech, Mapping[Form, int]]] = {
    "pl": {Form.ONE: 1, Form.FEW: 3, Form.MANY: MANY},
    "en": {Form.ONE: 1, Form.OTHER: MANY},
}
USUAL: Final[Mapping[Speech, Mapping[str, object]]] = {
    "pl": {
        "code": "7KJ",
        "what": "choroby wewnętrzne",
        "where": "Kraków Podgórze",
        "when": "wt. 24.11 14:00-18:00",
        "at": "wt. 24.11 14:00",
        "time": "wtorek, 24 listopada 2026, 14:00–18:00",
        "choices": "TAK 7KJ, TAK 4PM",
        "reason": "nie ten pacjent",
        "unit_back": "Badanie wróciło do Państwa pakietu.",
        "rest": "To nie wszystkie. Pełna lista: https://app.visita.example/my-fitness-certificates",
    },
    "en": {
        "code": "7KJ",
        "what": "internal medicine",
        "where": "Kraków Podgórze",
        "when": "Tue 24.11 14:00-18:00",
        "at": "Tue 24.11 14:00",
        "time": "Tuesday, 24 November 2026, 14:00–18:00",
        "choices": "YES 7KJ, YES 4PM",
        "reason": "wrong patient",
        "unit_back": "The examination is in your package again.",
        "rest": "These are not all. The whole list: https://app.visita.example/my-fitness-certificates",
    },
}
ANY: Final[Mapping[str, object]] = {
    "link": "https://visita.example/badanie#" + "K7Q2M9X4T6B8W3H",
    "number": "ZL/2026/000042",
    "referral": "S/2026/000117",
    "case_id": "case-5f0c",
    "certificate_id": "cert-91ab",
    "due_on": "2026-11-27",
    "status": "reserved",
    "priority": "normal",
    "place": "Przychodnia Zmyślona, ul. Niebyła 1, Kraków",
}
LONGEST: Final[Mapping[Speech, Mapping[str, object]]] = {
    "pl": {
        "what": "choroby zakaźne i tropi.",
        "where": "Konstancin-Jeziorna Skolimó.",
        "when": "niedz. 29.11 14:00-18:00 (Buenos Aires)",
        "at": "niedz. 29.11 14:00",
        "choices": "TAK 7KJ, TAK 4PM, TAK 9XW, TAK 2BT, TAK 5HN",
    },
    "en": {
        "what": "anaesthesiology and int.",
        "where": "Konstancin-Jeziorna Skolimó.",
        "when": "Sun 29.11 14:00-18:00 (Buenos Aires)",
        "at": "Sun 29.11 14:00",
        "choices": "YES 7KJ, YES 4PM, YES 9XW, YES 2BT, YES 5HN",
    },
}
_DAY: Final = date(2026, 11, 24)
_PAGE: Final = "https://app.visita.example/my-fitness-certificates"
_ROWS: Final = (
    DigestRow("Przykładowa Anna", ("spawacz",), NextDueReason.PERIODIC, date(2026, 12, 24), f"{_PAGE}/1"),
    DigestRow("Wzorcowy Jan", ("kierowca",), NextDueReason.DRIVING, date(2026, 11, 25), f"{_PAGE}/2"),
    DigestRow("Zmyślona Ewa", (), NextDueReason.HEIGHTS, _DAY, f"{_PAGE}/3"),
    DigestRow("Niebyła Ida", ("magazynier",), NextDueReason.NIGHT_WORK, date(2026, 11, 2), f"{_PAGE}/4"),
    DigestRow("Fikcyjny Piotr", ("dźwigowy",), NextDueReason.OTHER, date(2026, 11, 27), f"{_PAGE}/5"),
)


def values(speech: Speech, *, longest: bool = False, count: int = MANY) -> dict[str, object]:
    """`count` chooses the plural form; of many not all have room."""
    known = {**ANY, **USUAL[speech], **(LONGEST[speech] if longest else {}), "count": count}
    return {**known, "or_more": "+"} if count == MANY else {**known, "or_more": "", "rest": ""}


def rows(name: str, speech: Speech, count: int) -> Sequence[tuple[str, str]]:
    """What the list in that mail holds; none where the mail has no list."""
    if name != "referrals.digest":
        return ()
    return [(row_words(one, speech, _DAY), one.link) for one in _ROWS[:count]]
