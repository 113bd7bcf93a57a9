"""Languages that staff may speak; a set of them is kept in 32 bits."""

from typing import Final

from functions.partners.domain.spelling import plain

LANGUAGES: Final = {
    "pl": ("polski", "Polish"),
    "en": ("angielski", "English"),
    "uk": ("ukraiński", "Ukrainian"),
    "ru": ("rosyjski", "Russian"),
    "de": ("niemiecki", "German"),
    "cs": ("czeski", "Czech"),
    "fr": ("francuski", "French"),
    "es": ("hiszpański", "Spanish"),
    "it": ("włoski", "Italian"),
    "vi": ("wietnamski", "Vietnamese"),
}
BIT_OF: Final = {code: 1 << number for number, code in enumerate(LANGUAGES)}
_ALSO: Final = {"ua": "uk", "ukr": "uk", "pol": "pl", "gb": "en", "eng": "en", "cz": "cs", "ger": "de"}
_BY_NAME: Final = _ALSO | {plain(word): code for code, words in LANGUAGES.items() for word in (code, *words)}


def language_named(text: str) -> str:
    """The code of a language named in any way; "" where it is none of ours."""
    return _BY_NAME.get(plain(text), "")


def bits_of(codes: frozenset[str] | tuple[str, ...]) -> int:
    return sum({BIT_OF[code] for code in codes})
