"""Offer codes: three signs, such as 7KJ, that tell a doctor's open offers apart in a text.

Two signs carry the code, the third checks it. The alphabet has 19 signs: no O, 0, D or Q, no I, 1 or L,
no U beside V, and of the pairs S/5, Z/2 and B/8 only the digit; A, E, H, M and Y are out because without
them neither words nor times ("8am", "7pm", "18h", "5km", "4th") can be codes. 19 is prime, so a check
with three different weights catches every single wrong sign and every swap of neighbours.

A code holds at least one letter, so no price or hour is a code, and at least one of 3, 4, 6, 7 and 9,
which no letter is mistaken for, so no word of any language, however misread, is a code.
"""

import re
import unicodedata
from collections.abc import Collection
from typing import Final, NewType

from shared.kernel.errors import Conflict

OfferCode = NewType("OfferCode", str)

ALPHABET: Final = "23456789CFJKNPRTVWX"
CODE_LENGTH: Final = 3
QUARANTINE_DAYS: Final = 30  # a code is not issued again to a doctor for so long after its offer closed

_WEIGHTS: Final = (1, 2, 3)
_TYPED_MAX: Final = 16  # room for a code written with spaces; nothing longer is looked at

_READ_AS: Final = str.maketrans(
    "ZSBU" + "СКРТХВ",  # the second half is Cyrillic: the same keys' look-alikes
    "258V" + "CKPTX8",
)
_SPACES: Final = re.compile(r"[\s\-\u200b\u2060\ufeff]+")

# What a busy person writes beside a yes: 39C, 37F, 34K, 6FT, 5KW, 2PC, 3WK, 8KC, 4X4.
_MEASURE: Final = re.compile(r"[2-9]{2}[CFKTVWX]|[2-9](CC|FR|FT|KC|KN|KR|KW|PC|PT|WK)|[2-9]X[2-9]")
_READS_AS_A_WORD: Final = frozenset({"P3R"})  # to an eye that takes 3 for E: Italian "per"


class NoCodeLeft(Conflict):
    """Every code is in use or in quarantine for this doctor: use another sender number, or phone."""


def new_code(taken: Collection[str], entropy: int) -> OfferCode:
    """A code that is not in `taken`: the doctor's open codes and those in quarantine. Raises NoCodeLeft."""
    free = [code for code in ISSUABLE if code not in taken]
    if not free:
        raise NoCodeLeft
    return free[entropy % len(free)]


def normalise_code(text: str) -> OfferCode | None:
    """The code that was typed, in any case, with spaces and look-alikes; None when it is no code of ours."""
    if len(text) > _TYPED_MAX:
        return None
    typed = OfferCode(_SPACES.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS))
    return typed if typed in ISSUABLE else None


def _with_check(first: str, second: str) -> str:
    """The two signs and the one sign that makes the weighted sum divisible by the alphabet's size."""
    so_far = _WEIGHTS[0] * ALPHABET.index(first) + _WEIGHTS[1] * ALPHABET.index(second)
    inverse = pow(_WEIGHTS[2], -1, len(ALPHABET))  # there is one, because the length is prime
    return first + second + ALPHABET[-so_far * inverse % len(ALPHABET)]


def _may_be_issued(code: str) -> bool:
    surely_a_code = re.search("[34679]", code) and re.search("[A-Z]", code)
    return bool(surely_a_code) and not _MEASURE.fullmatch(code) and code not in _READS_AS_A_WORD


ISSUABLE: Final = tuple(
    OfferCode(code) for a in ALPHABET for b in ALPHABET if _may_be_issued(code := _with_check(a, b))
)
