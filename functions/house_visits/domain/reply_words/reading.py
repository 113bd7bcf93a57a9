"""A reply cut into words and signs, and what they mean in one language."""

import re
from dataclasses import dataclass
from typing import Final

from functions.house_visits.domain.codes import ALPHABET, CODE_LENGTH, OfferCode, normalise_code
from functions.house_visits.domain.reply_words.lexicon import KNOWN_WORDS, PHRASE_WORDS_MAX, Lexicon
from functions.house_visits.domain.reply_words.meaning import Meaning
from functions.house_visits.domain.reply_words.plain import WORD, plain
from functions.house_visits.domain.reply_words.signs import SIGNS

_TOKEN: Final = re.compile(
    r"(?P<sad_smiley>[:;=]'?-?[(/\\|\[<]+|\)-?:(?!\w))"
    r"|(?P<smiley>[:;=]-?\)+)"
    rf"|(?P<word>{WORD})"
    r"|(?P<trailing_off>\.\s?\.[.\s]*)"
    r"|(?P<decoration>[\s.,!;:()\[\]'\"¡‐‑‒–—―•-])"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_OUTERMOST: Final = " \t\n\r.,!;:()[]-–—¡\"'"
_NEARLY_A_CODE: Final = re.compile(
    rf"(?=.*\d)(?=.*[^\W\d])[{ALPHABET}0O1ILDQZSBUG]{{{CODE_LENGTH}}}", re.IGNORECASE
)
_SILENT: Final = frozenset({"decoration", "smiley"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a sign that means the same in every language."""

    text: str
    sign: Meaning | None = None


def read(text: str) -> tuple[Token, ...]:
    """The words and signs of a reply in order; punctuation that decides nothing is gone."""
    typed = plain(text)
    tokens = [_token(found) for found in _TOKEN.finditer(typed) if found.lastgroup not in _SILENT]
    if '"' in typed.strip(_OUTERMOST):  # "'yes'" is a yes; a yes quoted among other things is not
        tokens.append(Token('"', Meaning.QUOTING))
    return tuple(_with_codes(tokens))


def meanings(tokens: tuple[Token, ...], lexicon: Lexicon) -> str:
    """The letters of what each word and sign means in this language, the longest phrase first."""
    letters, place = "", 0
    while place < len(tokens):
        sign = tokens[place].sign
        width, meaning = (1, sign) if sign else _longest(tokens, place, lexicon)
        letters, place = letters + meaning, place + width
    return letters


def _token(found: re.Match[str]) -> Token:
    text, group = found.group(), found.lastgroup
    if group == "word":
        return Token(text, Meaning.NUMBER if re.search(r"\d", text) else None)
    if group == "trailing_off":
        return Token(text, Meaning.TRAILING_OFF)
    if group == "sad_smiley":
        return Token(text, Meaning.SAD)
    return Token(text, SIGNS.get(text, Meaning.UNKNOWN_SIGN))


def _longest(tokens: tuple[Token, ...], place: int, lexicon: Lexicon) -> tuple[int, Meaning]:
    for width in range(min(PHRASE_WORDS_MAX, len(tokens) - place), 0, -1):
        meaning = lexicon.get(tuple(token.text for token in tokens[place : place + width]))
        if meaning:
            return width, meaning
    return 1, Meaning.UNKNOWN


def _with_codes(tokens: list[Token]) -> list[Token]:
    """The tokens with each offer code, also one typed with spaces, as one sign."""
    seen: list[Token] = []
    place = 0
    while place < len(tokens):
        width, token = _code_at(tokens, place)
        seen.append(token)
        place += width
    return seen


def _code_at(tokens: list[Token], place: int) -> tuple[int, Token]:
    for width in range(CODE_LENGTH, 0, -1):
        parts = tokens[place : place + width]
        code = _code_of(parts)
        if len(parts) == width and code:
            return width, Token(code, Meaning.CODE)
    token = tokens[place]
    glued_on = len(token.text) > CODE_LENGTH and normalise_code(token.text[-CODE_LENGTH:])  # "tak7kj"
    mistyped = _is_word(token) and (_NEARLY_A_CODE.fullmatch(token.text) or glued_on)
    return 1, Token(token.text, Meaning.MISTYPED_CODE) if mistyped else token


def _code_of(parts: list[Token]) -> OfferCode | None:
    """The code these tokens spell; a word that somebody may have meant as a word is never part of one."""
    if not all(_is_word(part) for part in parts):
        return None
    if any(len(part.text) > 1 and part.text in KNOWN_WORDS for part in parts):
        return None
    return normalise_code("".join(part.text for part in parts))


def _is_word(token: Token) -> bool:
    return token.sign in (None, Meaning.NUMBER)
