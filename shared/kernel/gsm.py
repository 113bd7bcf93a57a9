"""The GSM 03.38 alphabet: how many SMS segments a text costs, and how to write it in the cheap alphabet.

One letter outside the alphabet, one "ł", turns the whole text into UCS-2 and more than halves a segment.
Sources: 3GPP TS 23.038 §6.2.1 (alphabet, extension), TS 23.040 §9.2.3.24.1 (room for the joining header).
Cyrillic is spelled as on passports and maps. Ukrainian: the national table (resolution 55 of 2010).
Russian: BGN/PCGN without its apostrophes. A letter that only Ukrainian has makes the text Ukrainian.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("\f^{}\\[~]|€")  # each costs two characters: an escape and itself

UNWRITABLE: Final = "?"  # what stands for a sign that has no Latin reading: the loss stays visible

_WRITTEN_AS: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ẞ": "SS", "ç": "c"}
    | dict.fromkeys("‘’‚‛′‹›´`ʼʹ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−•·", "-")
    | {"…": "...", "×": "x", "÷": ":", "°": " deg", "№": "No.", "©": "(c)", "®": "(r)", "⁄": "/"}
    | {"\t": " ", "\v": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)

_SHARED: Final = {
    "а": "a", "б": "b", "в": "v", "д": "d", "е": "e", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
}  # fmt: skip
_UKRAINIAN: Final = _SHARED | {
    "г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_FIRST: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}  # at the start of a word
_RUSSIAN: Final = _SHARED | {
    "г": "g", "ё": "yo", "и": "i", "й": "y", "ъ": "", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_RUSSIAN_SOFTENS: Final = "аеёиоуыэюяйъь"  # after these, and at the start of a word, "е" is "ye"

_WORD: Final = re.compile(r"[А-Яа-яЁёЄєІіЇїҐґ]+(?:['’ʼ][А-Яа-яЁёЄєІіЇїҐґ]+)*")
_ONLY_UKRAINIAN: Final = re.compile(r"[ЄєІіЇїҐґ]")
_APOSTROPHES: Final = "'’ʼ"


class Encoding(StrEnum):
    GSM7 = "gsm7"
    UCS2 = "ucs2"


_ALPHABET: Final = frozenset(BASIC) | frozenset(EXTENSION)
SINGLE_MAX: Final = {Encoding.GSM7: 160, Encoding.UCS2: 70}
JOINED_MAX: Final = {Encoding.GSM7: 153, Encoding.UCS2: 67}  # a segment of several also carries a header


@dataclass(frozen=True, slots=True)
class SmsLength:
    """`characters` as the network counts them: septets in GSM-7, 16-bit units in UCS-2."""

    encoding: Encoding
    characters: int
    segments: int


def is_gsm(text: str) -> bool:
    return _ALPHABET.issuperset(text)


def segments(text: str) -> SmsLength:
    """What the text costs to send; an empty text has no segment."""
    encoding = Encoding.GSM7 if is_gsm(text) else Encoding.UCS2
    widths = [_width(sign, encoding) for sign in text]
    characters = sum(widths)
    if characters <= SINGLE_MAX[encoding]:
        return SmsLength(encoding, characters, min(characters, 1))
    return SmsLength(encoding, characters, _packed(widths, JOINED_MAX[encoding]))


def to_gsm(text: str) -> str:
    """The text in the GSM alphabet only: readable to a person, one letter never turned into silence."""
    return "".join(_written(sign) for sign in _to_latin(unicodedata.normalize("NFC", text)))


def _width(sign: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if sign in EXTENSION else 1
    return 2 if ord(sign) > 0xFFFF else 1  # a surrogate pair


def _packed(widths: Iterable[int], room: int) -> int:
    """How many segments the signs fill; neither an escape nor a surrogate pair is torn in two."""
    used, count = 0, 1
    for width in widths:
        if used + width > room:
            used, count = 0, count + 1
        used += width
    return count


@lru_cache(maxsize=1_024)
def _written(sign: str) -> str:
    """One sign in GSM letters: itself, its agreed spelling, or its base letter without accents."""
    if is_gsm(sign):
        return sign
    spelled = sign.translate(_WRITTEN_AS)
    if spelled == sign:
        spelled = unicodedata.normalize("NFKD", sign).translate(_WRITTEN_AS)
    return "".join(_letter(part) for part in spelled)


def _letter(sign: str) -> str:
    if is_gsm(sign):
        return sign
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    return "" if category[0] == "M" or category in {"Cc", "Cf", "Sk"} else UNWRITABLE


def _to_latin(text: str) -> str:
    """The text with its Russian and Ukrainian words in Latin letters; all else as it was."""
    spell = _spell_ukrainian if _ONLY_UKRAINIAN.search(text) else _spell_russian
    return _WORD.sub(lambda found: _as_written(found.group(), spell(found.group().lower())), text)


def _spell_ukrainian(word: str) -> list[str]:
    letters = ["" if letter in _APOSTROPHES else _UKRAINIAN.get(letter, letter) for letter in word]
    letters[0] = _UKRAINIAN_FIRST.get(word[0], letters[0])
    for place in range(1, len(word)):
        if word[place - 1 : place + 1] == "зг":
            letters[place] = "gh"  # "zgh", lest it be read as "zh"
    return letters


def _spell_russian(word: str) -> list[str]:
    letters = [_RUSSIAN.get(letter, letter) for letter in word]
    for place, letter in enumerate(word):
        if letter == "е" and (place == 0 or word[place - 1] in _RUSSIAN_SOFTENS):
            letters[place] = "ye"
    return letters


def _as_written(word: str, letters: list[str]) -> str:
    """Щука -> Shchuka, ЩУКА -> SHCHUKA: a capital that becomes several letters looks at its neighbours."""
    shouted = len(word) > 1 and word.isupper()
    cased = []
    for sign, latin in zip(word, letters, strict=True):
        big = latin.upper() if shouted else latin.capitalize()
        cased.append(big if sign.isupper() else latin)
    return "".join(cased)
