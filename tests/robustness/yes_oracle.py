"""Whether a text may be a yes at all, decided without the code that decides it in earnest.

It knows no grammar, and so allows more than `interpret` accepts. But what `interpret` accepts must pass here:
whole words of one language, each of them harmless beside a yes, one plain yes, one code at most, no sign that
doubts. A person wrote down what is harmless in `yes_words` and in the accepts of reply_examples.tsv.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from tests.functions.house_visits.domain.reply_examples import Example, examples
from tests.robustness.yes_words import BESIDE, DECIDING, LIGHT, OF_COURSE, PLAIN, SI, SIGNATURES, SIGNS

_ALPHABET: Final = "23456789CFJKNPRTVWX"
_LOOKS_LIKE: Final = dict(zip("ZSBUСКРТХВ", "258VCKPTX8", strict=True))
_INVISIBLE: Final = ("Cf", "Mn", "Me")
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("‘’‚‛′´`ʼʹ", "'") | dict.fromkeys("“”„‟″«»‹›❝❞", '"'))
_SPELT: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ł": "l", "œ": "oe", "ё": "е", "ß": "ss"}
_TEXT_MAX: Final = 1600
_PLAIN, _LIGHT, _DECIDING = (frozenset(one.split()) for one in (PLAIN, LIGHT, DECIDING))

Vocabulary = Mapping[str, frozenset[str]]
"""Words without their accents, and with them."""


def may_be_a_yes(text: str) -> bool:
    if len(text) > _TEXT_MAX:
        return False
    said = _said(text)
    if not _signs_are_harmless(said):
        return False
    tokens = _WORD.findall(said)
    if "si" in tokens and not _is_si(" ".join(map(_bare, _without_codes(tokens)))):
        return False
    return any(_is_covered(tokens, vocabulary) for vocabulary in vocabularies().values())


def code_in(text: str) -> str:
    """The one code that the text may hold; "" where it holds none, or several."""
    tokens = _WORD.findall(_said(text))
    found = {code for start in range(len(tokens)) for code in _codes_from(tokens, start)}
    return found.pop() if len(found) == 1 else ""


def _said(text: str) -> str:
    """One case, one kind of quote, nothing invisible, no signature of a phone."""
    plain = unicodedata.normalize("NFKC", text.replace("№", "#").replace("\u037e", "?")).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(_APOSTROPHES)
    plain = "".join(one for one in plain if unicodedata.category(one) != "Cf" and not _is_style(one)).strip()
    for signature in SIGNATURES:
        plain = re.sub(rf"(^|[\s.!,;:)-]){signature}[\s.!]*$", " ", plain)
    return re.sub(r"\bo([\s.']*)([^\w\".]*)k\b", r"ok\2", plain).strip()


def _is_style(sign: str) -> bool:
    return sign in "\ufe0e\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _signs_are_harmless(said: str) -> bool:
    said = re.sub(r"[:;=]-?\)+", " ", said)  # somebody smiles
    between = _WORD.sub("", said)
    quoted = '"' in said.strip(" \t\n\r.,!;:()[]-–—¡\"'")
    return set(between) - {one for one in between if one.isspace()} <= SIGNS and not (
        quoted or re.search(r"\.\s*\.|[:;=]'?-?[(\[]|\)-?:", said)
    )


def _is_covered(tokens: Sequence[str], vocabulary: Vocabulary) -> bool:
    return any(_is_one_yes(words) for words in _readings(tokens, vocabulary, ""))


def _is_si(bare: str) -> bool:
    """Without its accent, as a yes; "of course" may follow it."""
    known = {" ".join(map(_bare, one.split())) for one in SI}
    return any(bare.removesuffix(f" {one}") in known for one in known)


def _readings(tokens: Sequence[str], vocabulary: Vocabulary, code: str) -> Iterator[list[str]]:
    """Every way to read all tokens as harmless words and one code."""
    if not tokens:
        yield []
        return
    for word in _words_typed(tokens[0], vocabulary):
        for rest in _readings(tokens[1:], vocabulary, code):
            yield [word, *rest]
    for width in (1, 2, 3):
        found = _code_of(tokens[:width])
        if found and len(tokens) >= width and code in ("", found):
            yield from _readings(tokens[width:], vocabulary, found)


def _is_one_yes(words: Sequence[str]) -> bool:
    said = re.sub(r"(claro que|certo che) s[iíì]", OF_COURSE, " ".join(words)).split()
    plain, light = (sum(word in group for word in said) for group in (_PLAIN, _LIGHT))
    if plain > 1 or light > 1 or ("y" in said and len(said) > 1):
        return False
    if plain == 0 and _DECIDING.isdisjoint(said):
        return light == 1 and set(said) <= _LIGHT | {"de"}
    return True


def _words_typed(typed: str, vocabulary: Vocabulary) -> list[str]:
    """The words this may be: accents and apostrophes may be left out, never added."""
    return [word for word in vocabulary.get(_bare(typed), ()) if _is_typed(typed, word)]


def _is_typed(typed: str, word: str) -> bool:
    signs = word if "'" in typed else word.replace("'", "")
    options = [{sign, _SPELT.get(sign, sign), _bare(sign)} for sign in signs]
    return re.fullmatch("".join(f"(?:{'|'.join(map(re.escape, one))})" for one in options), typed) is not None


def _bare(word: str) -> str:
    spelt = "".join(_SPELT.get(one, one) for one in word.replace("'", ""))
    bare = "".join(one for one in unicodedata.normalize("NFD", spelt) if unicodedata.category(one) != "Mn")
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _codes_from(tokens: Sequence[str], start: int) -> list[str]:
    return [code for width in (1, 2, 3) if (code := _code_of(tokens[start : start + width]))]


def _without_codes(tokens: Sequence[str]) -> list[str]:
    """Codes typed in one piece or in several are left out."""
    left: list[str] = []
    place = 0
    while place < len(tokens):
        width = next((one for one in (3, 2, 1) if _code_of(tokens[place : place + one])), 0)
        left += [] if width else [tokens[place]]
        place += width or 1
    return left


def _code_of(tokens: Sequence[str]) -> str:
    """Three signs of the alphabet whose weighted sum 19 divides."""
    code = "".join(_LOOKS_LIKE.get(one, one) for one in "".join(tokens).upper())
    if len(code) != 3 or not set(code) <= set(_ALPHABET):
        return ""
    total = sum(weight * _ALPHABET.index(one) for weight, one in enumerate(code, start=1))
    return code if total % len(_ALPHABET) == 0 else ""


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """By language: of the table's accepts in that language or any, and of `yes_words`."""
    heard = [one for one in examples() if one.kind == "accept"]
    return {language: _vocabulary(_words_of(language, heard, words)) for language, words in BESIDE.items()}


def _words_of(language: str, heard: Iterable[Example], beside: str) -> set[str]:
    rows = [one for one in heard if one.language in (language, "any")]
    told = {word for row in rows for word in _WORD.findall(_said(row.text))}
    return {word for word in told if not _code_of([word])} | set(beside.split()) | {"yes", "ok", "okay"}


def _vocabulary(words: Iterable[str]) -> Vocabulary:
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        found[_bare(word)].add(word)
    return {bare: frozenset(full) for bare, full in found.items()}
