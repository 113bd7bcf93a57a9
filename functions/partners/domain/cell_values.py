"""What people mean by what they type into a cell: numbers with words and commas, yes in any language."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

from functions.partners.domain.spelling import plain
from shared.contracts.workbooks import Cell

_YES: Final = "x|1|t|true|prawda|wahr|vrai|verdadero|tak|yes|y|ja|ano|oui|si|da|так|да|✓|✔|☑|v|+|ok"
_NO: Final = "0|n|f|false|falsz|falsch|faux|falso|nie|no|nein|ne|non|нет|ні|☐|✗|brak|none"
YES: Final = frozenset(_YES.split("|"))
NO: Final = frozenset(_NO.split("|"))
_DASHES: Final = frozenset(["-", "–", "—", ".", "/"])
_UNITS: Final = re.compile(
    r"(?<=\d)\s*(lat|lata|rok|roku|years?|y|osob|osoby|osoba|people|persons?|km|zl|pln|eur|czk|kc|szt|x|€)?\.?$"
)
_BEFORE: Final = re.compile(r"^(okolo|ok|ca|circa|approx|about|~|pln|eur|czk|zl|€)\.?\s*(?=\d)")
_SPACES: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(\D|$))")
_DIGITS_MAX: Final = 20


class NotUnderstood(ValueError):
    """What stands in the cell is not what was asked for; the message is the rule that it breaks."""


def is_blank(cell: Cell | None) -> bool:
    """Nothing, spaces, or a dash where nothing is meant. What a formula failed to say is not blank."""
    if cell is None:
        return True
    if cell.formula and (cell.value is None or cell.error):
        return False
    if cell.error:
        return False
    return cell.value is None or (isinstance(cell.value, str) and plain(cell.value) in {"", *_DASHES})


def value_of(cell: Cell) -> str | float | bool:
    """Raises NotUnderstood where a formula has no value, or an error for one."""
    if cell.error:
        raise NotUnderstood("formula_error")
    if cell.value is None:
        raise NotUnderstood("formula_without_value")
    return cell.value


def text_of(cell: Cell, most: int = 120) -> str:
    """One line; a whole number without its ".0", as a postcode or house number that was typed as one."""
    value = value_of(cell)
    if isinstance(value, bool):
        raise NotUnderstood("not_text")
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    text = " ".join(value.replace("\u00a0", " ").split()).lstrip("'")
    if len(text) > most:
        raise NotUnderstood("text_too_long")
    return text


def number_of(cell: Cell) -> Decimal:
    """12, "12", "37,5 lat", "1 234,50 zł", "1.234,50", "1,234.50". Raises NotUnderstood."""
    value = value_of(cell)
    if isinstance(value, bool):
        raise NotUnderstood("not_a_number")
    if isinstance(value, float):
        return Decimal(repr(value))
    text = plain(value.replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-"))
    if value.strip().startswith(("-", "−")):
        raise NotUnderstood("not_a_number")
    text = _UNITS.sub("", _BEFORE.sub("", text))
    text = _SPACES.sub("", text)
    try:
        number = Decimal(_with_point(text))
    except InvalidOperation:
        raise NotUnderstood("not_a_number") from None
    if not number.is_finite():
        raise NotUnderstood("not_a_number")
    return number


def _with_point(text: str) -> str:
    """A comma or point is decimal where one or two digits follow, or where it comes last of both kinds."""
    if len(text) > _DIGITS_MAX or not re.fullmatch(r"\d[\d.,]*", text):
        return ""
    marks = [sign for sign in text if sign in ",."]
    if not marks:
        return text
    whole, _, rest = text.rpartition(marks[-1])
    if len(set(marks)) == 1 and len(marks) > 1:
        return text.replace(marks[0], "") if _in_threes(text, marks[0]) else ""
    if len(marks) == 1 and len(rest) == 3 and whole != "0" and len(whole) <= 3:
        return whole + rest  # 1.234 and 1,234 are thousands: nobody counts people in thousandths
    return re.sub(r"[.,]", "", whole) + "." + rest


def _in_threes(text: str, mark: str) -> bool:
    first, *groups = text.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)


def whole_of(cell: Cell) -> int:
    """Raises NotUnderstood, also for a fraction."""
    number = number_of(cell)
    if number != number.to_integral_value():
        raise NotUnderstood("not_whole")
    return int(number)


def yes_or_no(cell: Cell | None) -> bool | None:
    """None where nothing was said. Raises NotUnderstood."""
    if is_blank(cell) or cell is None:
        return None
    value = value_of(cell)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        if value in (0, 1):
            return bool(value)
        raise NotUnderstood("not_yes_or_no")
    word = plain(value)
    if word in YES or value.strip() in YES:
        return True
    if word in NO:
        return False
    raise NotUnderstood("not_yes_or_no")


def words_in(cells: Iterable[Cell]) -> list[str]:
    """Everything in these cells, apart at commas, semicolons and slashes."""
    found: list[str] = []
    for cell in cells:
        if isinstance(cell.value, str):
            found += [word for part in re.split(r"[,;/\n]+", cell.value) if (word := part.strip())]
    return found
