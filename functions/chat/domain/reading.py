"""Which messages are meant, and where a word stands in them."""

import unicodedata
from collections.abc import Sequence

from functions.chat.domain.message import Message
from shared.kernel.errors import Invalid


class AfterOrBefore(Invalid):
    """Say after which message or before which one, not both."""


def wanted_numbers(last_number: int, after: int | None, before: int | None, limit: int) -> range:
    """Rising, at most `limit`. Raises AfterOrBefore."""
    if after is not None and before is not None:
        raise AfterOrBefore
    if after is not None:
        return range(after + 1, min(last_number, after + limit) + 1)
    end = last_number + 1 if before is None else min(before, last_number + 1)
    return range(max(1, end - limit), end)


def folded(text: str) -> str:
    """As people search: without capitals and without the marks on letters."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(one for one in bare if not unicodedata.combining(one))


def holding(messages: Sequence[Message], words: str) -> list[Message]:
    """Those of people that hold all of the words; what was taken back holds none."""
    wanted = folded(words).split()
    return [
        one
        for one in messages
        if one.is_from_person and one.deleted_at is None and all(word in folded(one.text) for word in wanted)
    ]
