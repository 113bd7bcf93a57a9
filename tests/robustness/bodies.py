"""Texts as no doctor writes them, and as many do: real words in every disguise that Unicode has."""

import re
import unicodedata
from collections.abc import Iterator
from random import Random
from typing import Final

from hypothesis import strategies as st

from tests.functions.house_visits.domain.reply_examples import examples

TEXT_MAX: Final = 1600
VARIANTS: Final = 9
CODES: Final = (
    "7KJ", "3C9", "K7N", "P6N", "9FW", "C4T", "4KK", "8J6", "7JK", "7KN", "39C", "4X4", "O7K", "7K1", "ABC",
    "777", "00", "7", "7kj", "7-KJ", "7 K J", "７ＫＪ", "٧KJ", "7КJ", "BJ6", "Z3N",
)  # fmt: skip
CARRIER: Final = (
    "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "START", "UNSTOP", "YES",
    "HELP", "INFO", "стоп",
)  # fmt: skip
GAPS: Final = (
    " ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u2003", "\u200b", "\u200d", "\u2028", "\x00", "\x1b",
    ", ", ". ", "... ", "/", "'", '"', " - ", "\u202e", "\u2066", "\ufeff", "!", "?", "؟", "\u037e", "",
)  # fmt: skip
SIGNS: Final = (
    *"👍👎🤔❌✅🙏❤😂🆗?!…<>#*=+&@%‽؟;:()[]{}\"“”„«»'’", "❤️", "👍🏽", "👨\u200d⚕️", "🇵🇱", ":)", ":(", ";-)",
    "...", "\u0336", "\u20dd", "\U000e0041", "\ud800", "\udfff",
)  # fmt: skip
TWINS: Final = dict(zip("aceopxyikjsABCEHKMOPTXYI", "асеорхуікјѕАВСЕНКМОРТХУІ", strict=True))
DIGITS: Final = (
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "०१२३४५६७८९",
    "０１２３４５６７８９",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "①②③④⑤⑥⑦⑧⑨⓪",
)

WHOLE: Final = tuple(row.text for row in examples())
DECIDED: Final = tuple(row.text for row in examples() if row.kind != "ask")
ACCEPTS: Final = tuple(row.text for row in examples() if row.kind == "accept")
WORDS: Final = tuple(sorted({word for text in WHOLE for word in re.findall(r"\S+", text)}))
AT_ALL: Final = st.characters(exclude_categories=[])


def _twins(text: str) -> str:
    return "".join(TWINS.get(one, one) for one in text)


def _half_twins(text: str) -> str:
    return "".join(TWINS.get(one, one) if place % 2 else one for place, one in enumerate(text))


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def _mathematical(text: str) -> str:
    return "".join(chr(0x1D41A + ord(one) - ord("a")) if "a" <= one <= "z" else one for one in text)


def _struck(text: str) -> str:
    return "".join(f"{one}\u0336" for one in text)


DISGUISES: Final = (
    str, str, str.upper, str.lower, str.title, str.swapcase,
    _twins, _half_twins, _wide, _mathematical, _struck,
    lambda text: unicodedata.normalize("NFD", text), lambda text: unicodedata.normalize("NFKD", text),
    lambda text: "\u200b".join(text), lambda text: "\u00ad".join(text), lambda text: "\u202e" + text[::-1],
    lambda text: text + "\x00", lambda text: " ".join(text), lambda text: text[:-1],
    lambda text: text + text[-1:],
    lambda text: text * 2, lambda text: f"\u2067{text}\u2069", lambda text: text.replace("a", "ä"),
)  # fmt: skip


@st.composite
def _pieced(draw: st.DrawFn) -> str:
    """A few real words, codes and signs; most of them plain, some in disguise."""
    piece = (
        st.sampled_from(WORDS)
        | st.sampled_from(ACCEPTS)
        | st.sampled_from(DECIDED)
        | st.sampled_from(CODES)
        | st.sampled_from(CARRIER)
        | st.sampled_from(SIGNS)
        | _number()
        | st.text(AT_ALL, max_size=3)
    )
    pieces = draw(st.lists(st.tuples(piece, st.sampled_from(GAPS)), min_size=1, max_size=5))
    return "".join(draw(st.sampled_from(DISGUISES))(text) + gap for text, gap in pieces)


def _number() -> st.SearchStrategy[str]:
    return st.builds(lambda number, digits: str(number).translate(str.maketrans(DIGITS[0], digits)),
                     st.integers(0, 2400), st.sampled_from(DIGITS))  # fmt: skip


@st.composite
def _spoilt(draw: st.DrawFn) -> str:
    """A clear text of the table, and one thing somewhere in it that may change what it says."""
    text = draw(st.sampled_from(ACCEPTS) | st.sampled_from(DECIDED))
    place = draw(st.integers(0, len(text)))
    change = draw(
        st.sampled_from(GAPS)
        | st.sampled_from(SIGNS)
        | st.sampled_from(WORDS)
        | AT_ALL
        | st.sampled_from(CODES)
    )
    around = draw(st.sampled_from(("", " ", "\u00a0", "\u200b")))
    return text[:place] + around + change + around + text[place:]


def variants(text: str, dice: Random) -> Iterator[str]:
    """The text and some more that are like it: drawing each would take Hypothesis longer than reading it."""
    yield text
    for _ in range(VARIANTS):
        place = dice.randrange(len(text) + 1)
        begin, end = text[:place], text[place:]
        yield dice.choice(
            (
                dice.choice(DISGUISES)(text),
                begin + dice.choice(GAPS) + end,
                begin + dice.choice(SIGNS) + end,
                f"{text}{dice.choice(GAPS)}{dice.choice(WORDS)}",
                f"{dice.choice(WORDS)}{dice.choice(GAPS)}{text}",
                f"{text} {dice.choice(CODES)}",
                f"{dice.choice(DECIDED)}{dice.choice(GAPS)}{dice.choice(WORDS)}",
                f"{dice.choice(ACCEPTS)}{dice.choice(GAPS)}{dice.choice(ACCEPTS)}",
                dice.choice(DISGUISES)(dice.choice(DECIDED)),
            )
        )


def _long(text: str) -> str:
    return (text * (1 + TEXT_MAX // max(1, len(text))))[:TEXT_MAX]


def texts() -> st.SearchStrategy[str]:
    return (
        _pieced()
        | _pieced()
        | _spoilt()
        | _spoilt()
        | st.text(AT_ALL, max_size=160)
        | st.builds(
            lambda text, more: text + " " * (TEXT_MAX - len(text) + more),
            st.sampled_from(ACCEPTS),
            st.integers(-1, 2),
        )
        | st.sampled_from(WHOLE).map(_long)
    )
