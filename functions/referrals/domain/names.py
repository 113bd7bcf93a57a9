"""Finding people by the beginning of a name, though names are sealed: by keyed hashes of their beginnings.

A Polish list tells Ł from L. Whoever types a letter of their own alphabet means it ("łu" finds Łukasz and not
Lucyna); whoever types plain letters finds both ("lu").
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final
from unicodedata import combining, normalize

from pydantic import AfterValidator, Field

from shared.kernel.ports import Seals

SHORTEST, LONGEST = 2, 8
"""Letters of a beginning that has a key of its own; what is longer is compared when it has been read."""
WORDS_MAX: Final = 4
KEY_LENGTH: Final = 12
"""Two beginnings may share a key: what is found is compared."""
_APART: Final = re.compile(r"[^\w]+")
_PLAIN: Final = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})


def _has_a_beginning(text: str) -> str:
    words = _words(text)
    if not words or len(words[0]) < SHORTEST or len(words) > WORDS_MAX:
        raise ValueError(f"must be one to {WORDS_MAX} words, the first of at least {SHORTEST} letters")
    return text


NameBeginning = Annotated[str, Field(max_length=60), AfterValidator(_has_a_beginning)]


def name_keys(seals: Seals, tenant_id: str, *names: str) -> tuple[str, ...]:
    """One for each beginning of each word of a person's names, as written and in plain letters."""
    words = [word for name in names for word in _words(name)][: 2 * WORDS_MAX]
    forms = {form for word in words for form in (word, _plain(word))}
    starts = {form[:size] for form in forms for size in range(SHORTEST, min(len(form), LONGEST) + 1)}
    return tuple(sorted(_key(seals, tenant_id, start) for start in starts))


def beginning_key(seals: Seals, tenant_id: str, asked: NameBeginning) -> str:
    """The key that everybody has whose name begins with the first word asked for."""
    return _key(seals, tenant_id, _words(asked)[0][:LONGEST])


def is_decided_by_key(asked: NameBeginning) -> bool:
    """Whether all that is asked stands in the key, so that counting keys counts people."""
    words = _words(asked)
    return len(words) == 1 and len(words[0]) <= LONGEST


def begins_so(asked: NameBeginning, *names: str) -> bool:
    """Every word asked for begins a word of the names, each another one."""
    left = [word for name in names for word in _words(name)]
    for start in _words(asked):
        found = next((word for word in left if any(it.startswith(start) for it in _meant(word, start))), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _meant(word: str, start: str) -> Iterator[str]:
    yield word
    if start == _plain(start):
        yield _plain(word)


def _words(text: str) -> list[str]:
    return [word for word in _APART.split(normalize("NFKC", text).casefold()) if word]


def _plain(word: str) -> str:
    apart = normalize("NFD", word.translate(_PLAIN))
    return "".join(letter for letter in apart if not combining(letter))


def _key(seals: Seals, tenant_id: str, start: str) -> str:
    return seals.lookup_key(tenant_id, f"name:{start}")[:KEY_LENGTH]
