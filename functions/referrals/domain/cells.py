"""What people mean by what they type into a cell of a list: a line of text, a day."""

import re
from datetime import date, timedelta
from typing import Final
from unicodedata import combining, normalize

from shared.contracts.workbooks import Cell
from shared.kernel.times import FIRST_YEAR, LAST_YEAR

_STROKED: Final = str.maketrans({"ł": "l", "Ł": "L"})
_WRITTEN_DAY: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_FIRST_DAY, _FIRST_DAY_OF_MACS = date(1899, 12, 30), date(1904, 1, 1)
"""A day in a workbook is a number of days from here."""
_DAYS_MAX: Final = 110_000


def value_of(cell: Cell) -> str | float | bool:
    """Raises ValueError with the rule that is broken."""
    if cell.error or cell.value is None:
        raise ValueError("formula_without_value")
    return cell.value


def text_of(value: str | float | bool, most: int) -> str:
    """One line; a whole number without its ".0". Raises ValueError with the rule that is broken."""
    if isinstance(value, bool):
        raise ValueError("not_text")
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    lines = (" ".join(line.split()) for line in value.replace("\u00a0", " ").splitlines())
    text = "\n".join(line for line in lines if line).lstrip("'")
    if len(text) > most:
        raise ValueError("too_long")
    return text


def day_of(value: str | float | bool, from_1904: bool) -> date:
    """2026-01-31, 31.01.2026, or a day as workbooks count it. Raises ValueError with the broken rule."""
    found: date | None = None
    if isinstance(value, float) and 0 < value < _DAYS_MAX:
        found = (_FIRST_DAY_OF_MACS if from_1904 else _FIRST_DAY) + timedelta(days=int(value))
    elif isinstance(value, str):
        found = _written_day(value.strip())
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError("not_a_day")
    return found


def plain(text: str) -> str:
    """ "  Imię " -> "imie"; underscores and dashes are spaces."""
    apart = normalize("NFKD", text.translate(_STROKED))
    bare = "".join(sign for sign in apart if not combining(sign)).casefold()
    return re.sub(r"[\s_\-.:*]+", " ", bare).strip()


def _written_day(text: str) -> date | None:
    european = _WRITTEN_DAY.fullmatch(text)
    try:
        if european:
            day, month, year = (int(one) for one in european.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
