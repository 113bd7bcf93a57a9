"""What a doctor's SMS reply means: accept, decline, stop, start, or ask, which is everything else.

A wrong yes sends nobody to a patient who was told that somebody comes. So an accept is a short list of
words in a strict order and nothing else: one unknown word, one word of another language, one hesitation,
and a person is asked. The words, language by language, are in `reply_words`; examples of every decision
are in tests/functions/house_visits/domain/reply_examples.tsv.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.house_visits.domain.codes import OfferCode
from functions.house_visits.domain.reply_words.lexicon import KNOWN_WORDS, LEXICONS
from functions.house_visits.domain.reply_words.meaning import Meaning
from functions.house_visits.domain.reply_words.reading import Token, meanings, read

TEXT_MAX: Final = 1600  # what ten joined segments hold; nothing longer is read


class IntentKind(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK = "ask"
    STOP = "stop"
    START = "start"


class Reason(StrEnum):
    """Why a reply was read as it was."""

    PLAIN_YES = "plain_yes"
    SHORT_YES = "short_yes"  # "ok", "y", "si": a yes only because nothing else was said
    YES_WITH_CODE = "yes_with_code"
    PLAIN_NO = "plain_no"
    NO_WITH_CODE = "no_with_code"
    OPT_OUT_WORD = "opt_out_word"
    CARRIER_WORD = "carrier_word"  # "cancel": the carrier blocks us, the doctor probably meant no
    OPT_IN_WORD = "opt_in_word"

    OPT_OUT_UNCLEAR = "opt_out_unclear"
    QUOTED = "quoted"
    AUTO_RESPONDER = "auto_responder"
    QUESTION = "question"
    CONDITIONAL = "conditional"
    COUNTER_OFFER = "counter_offer"
    UNKNOWN_WORDS = "unknown_words"
    EMOJI_ONLY = "emoji_only"
    EMPTY = "empty"

    SEVERAL_CODES = "several_codes"
    MISTYPED_CODE = "mistyped_code"
    CODE_ONLY = "code_only"
    AMBIGUOUS_NO_PROBLEM = "ambiguous_no_problem"
    YES_AND_NO = "yes_and_no"
    SEVERAL_YES = "several_yes"
    MIXED_WORDS = "mixed_words"  # each is known, together they are no answer: often two languages
    ACKNOWLEDGED = "acknowledged"
    TRAILING_OFF = "trailing_off"


ASKED_BACK: Final = frozenset(
    {
        Reason.SEVERAL_CODES, Reason.MISTYPED_CODE, Reason.CODE_ONLY, Reason.AMBIGUOUS_NO_PROBLEM,
        Reason.YES_AND_NO, Reason.SEVERAL_YES, Reason.MIXED_WORDS, Reason.ACKNOWLEDGED,
        Reason.TRAILING_OFF,
    }
)  # fmt: skip
"""The doctor can clear these up himself by one more word; the other reasons to ask need a person."""


@dataclass(frozen=True, slots=True)
class ReplyIntent:
    """`code` is the offer code in the text, also where the kind is ask or decline."""

    kind: IntentKind
    reason: Reason
    code: OfferCode | None = None

    @property
    def for_operator(self) -> bool:
        """A person has to read this; false: the doctor is asked back, or nothing is unclear."""
        if self.kind is IntentKind.ASK:
            return self.reason not in ASKED_BACK
        return self.reason is Reason.CARRIER_WORD


# The grammars are written in the letters of Meaning: # a code, c a courtesy, a agreeing, r regret,
# + - * emoji, _ trailing off. A hesitant no is still a no; a hesitant yes is not a yes.
_ACCEPT: Final = re.compile(r"[c#+*]*(?:Y|y?T)[ca#+*]*(?:T[ca#+*]*){0,2}|[#+*]*y[#+*]*")
_SHORT: Final = re.compile(r"[#+*]*y[#+*]*")
_DECLINE: Final = re.compile(r"[cr#*-]*(?:N[cr#*_-]*(?:C[cr#*_-]*)*|(?:C[cr#*_-]*)+(?:N[cr#*_-]*)?|n[#*-]*)")
_STOP: Final = re.compile(r"[c*]*S[Scs*-]*")
_CARRIER: Final = re.compile(r"X")
_START: Final = re.compile(r"[c*]*B[c*]*")

_ALONE: Final = "y"
"""Beside other words it may be Spanish "and", or a Polish sigh."""

# Where one language hears a yes, another that knows every word must not hear a reserve in it:
# "yes prima" is German "yes, great" and Italian "yes, earlier".
_RESERVE: Final = re.compile(f"[^{Meaning.UNKNOWN}]*[NnCSXxpitqA][^{Meaning.UNKNOWN}]*")

_GRAMMARS: Final[Mapping[IntentKind, re.Pattern[str]]] = {
    IntentKind.ACCEPT: _ACCEPT,
    IntentKind.DECLINE: _DECLINE,
    IntentKind.STOP: re.compile(f"{_STOP.pattern}|{_CARRIER.pattern}"),
    IntentKind.START: _START,
}

_SEVERAL: Final = "2"  # stands for more than one offer code
_SAYS_WHY: Final[tuple[tuple[str, Reason], ...]] = (
    ("SXx", Reason.OPT_OUT_UNCLEAR),  # first: whoever may want to be left alone is heard by a person
    (">", Reason.QUOTED),
    ("A", Reason.AUTO_RESPONDER),
    ("?q", Reason.QUESTION),
    ("i", Reason.CONDITIONAL),
    ("t1", Reason.COUNTER_OFFER),
    (_SEVERAL, Reason.SEVERAL_CODES),
    ("p", Reason.AMBIGUOUS_NO_PROBLEM),
    ("%", Reason.MISTYPED_CODE),
)


def interpret(text: str) -> ReplyIntent:
    """Read one inbound SMS. Never raises, never guesses; a bare YES is an accept, not an opt-in."""
    if len(text) > TEXT_MAX:
        return ReplyIntent(IntentKind.ASK, Reason.UNKNOWN_WORDS)
    tokens = read(text)
    codes = {OfferCode(token.text) for token in tokens if token.sign is Meaning.CODE}
    code = min(codes) if len(codes) == 1 else None
    readings = [meanings(tokens, lexicon) for lexicon in LEXICONS.values()]
    kinds = {kind for kind, grammar in _GRAMMARS.items() if any(map(grammar.fullmatch, readings))}
    words = [token.text for token in tokens if token.sign is None]
    is_doubtful = any(map(_RESERVE.fullmatch, readings)) or (_ALONE in words and len(words) > 1)
    if IntentKind.ACCEPT in kinds and is_doubtful:
        kinds.clear()
    if len(kinds) == 1 and len(codes) <= 1:
        kind = kinds.pop()
        return ReplyIntent(kind, _clear(kind, readings, code), code)
    return ReplyIntent(IntentKind.ASK, _unclear(tokens, readings, several_codes=len(codes) > 1), code)


def _clear(kind: IntentKind, readings: list[str], code: OfferCode | None) -> Reason:
    if kind is IntentKind.START:
        return Reason.OPT_IN_WORD
    if kind is IntentKind.STOP:
        return Reason.CARRIER_WORD if any(map(_CARRIER.fullmatch, readings)) else Reason.OPT_OUT_WORD
    if kind is IntentKind.DECLINE:
        return Reason.NO_WITH_CODE if code else Reason.PLAIN_NO
    if code:
        return Reason.YES_WITH_CODE
    return Reason.SHORT_YES if any(map(_SHORT.fullmatch, readings)) else Reason.PLAIN_YES


def _unclear(tokens: tuple[Token, ...], readings: list[str], several_codes: bool) -> Reason:
    """Why a person or the doctor has to be asked: what most needs a person comes first."""
    fewest = min(reading.count(Meaning.UNKNOWN) for reading in readings)
    likely = [reading for reading in readings if reading.count(Meaning.UNKNOWN) == fewest]
    said = set("".join(likely)) | ({_SEVERAL} if several_codes else set())
    if not tokens:
        return Reason.EMPTY
    if said <= set("+*-!"):
        return Reason.EMOJI_ONLY
    for letters, reason in _SAYS_WHY:
        if said & set(letters):
            return reason
    if said & set("!") or any(token.sign is None and token.text not in KNOWN_WORDS for token in tokens):
        return Reason.UNKNOWN_WORDS
    return _ask_back(likely, set("".join(readings)))


def _ask_back(likely: list[str], heard: set[str]) -> Reason:
    """Every word is known, but together they are no answer; `heard` is what any language makes of them."""
    said = set("".join(likely))
    if heard & set("YyT") and heard & set("NnCr-"):
        return Reason.YES_AND_NO
    if Meaning.UNKNOWN in said:
        return Reason.MIXED_WORDS
    if Meaning.TRAILING_OFF in said:
        return Reason.TRAILING_OFF
    if said <= set("#c+*"):
        return Reason.CODE_ONLY if Meaning.CODE in said else Reason.ACKNOWLEDGED
    if any(len(re.findall("[YyT]", reading)) > 1 for reading in likely):
        return Reason.SEVERAL_YES
    return Reason.ACKNOWLEDGED if said <= set("#cakyYT+*") else Reason.MIXED_WORDS
