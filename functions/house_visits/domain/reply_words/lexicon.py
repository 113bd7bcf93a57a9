"""Every word list made ready for look-up, with the spellings that people type without accents."""

import itertools
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from functions.house_visits.domain.reply_words.any_language import ANY_LANGUAGE
from functions.house_visits.domain.reply_words.czech import CZECH
from functions.house_visits.domain.reply_words.english import ENGLISH
from functions.house_visits.domain.reply_words.french import FRENCH
from functions.house_visits.domain.reply_words.german import GERMAN
from functions.house_visits.domain.reply_words.italian import ITALIAN
from functions.house_visits.domain.reply_words.meaning import Meaning, Words
from functions.house_visits.domain.reply_words.plain import words_of
from functions.house_visits.domain.reply_words.polish import POLISH
from functions.house_visits.domain.reply_words.russian import RUSSIAN
from functions.house_visits.domain.reply_words.spanish import SPANISH
from functions.house_visits.domain.reply_words.ukrainian import UKRAINIAN

Phrase = tuple[str, ...]
Lexicon = Mapping[Phrase, Meaning]

LANGUAGES: Final[Mapping[str, Words]] = {
    "pl": POLISH,
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "uk": UKRAINIAN,
    "es": SPANISH,
    "it": ITALIAN,
    "cs": CZECH,
    "ru": RUSSIAN,
}

_ALSO_TYPED: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ё": "е", "'": "", "ł": "l", "œ": "oe"}


def spellings(phrase: str) -> Iterator[str]:
    """The phrase with any of its accents, umlauts and apostrophes left out.

    Never the other way: a word typed with an accent that ours does not have is another word (Spanish "año").
    """
    choices = [{sign, _bare(sign), _ALSO_TYPED.get(sign, sign)} for sign in phrase]
    return ("".join(signs) for signs in itertools.product(*choices))


def _bare(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign  # "й" without its breve is another letter


def _as_listed(words: Words) -> Iterator[tuple[str, Meaning]]:
    for meaning, listed in words.items():
        for phrase in listed.split(","):
            yield phrase.strip().casefold(), meaning


def _lexicon(words: Words) -> Lexicon:
    """A language's words, those of any language, careless spellings of both: what comes first wins."""
    listed = [*_as_listed(words), *_as_listed(ANY_LANGUAGE)]
    lexicon: dict[Phrase, Meaning] = {}
    for phrase, meaning in listed:
        lexicon.setdefault(words_of(phrase), meaning)
    for phrase, meaning in listed:
        for spelling in spellings(phrase):
            lexicon.setdefault(words_of(spelling), meaning)
    return lexicon


LEXICONS: Final[Mapping[str, Lexicon]] = {language: _lexicon(words) for language, words in LANGUAGES.items()}
KNOWN_WORDS: Final = frozenset(word for lexicon in LEXICONS.values() for phrase in lexicon for word in phrase)
PHRASE_WORDS_MAX: Final = max(len(phrase) for lexicon in LEXICONS.values() for phrase in lexicon)
