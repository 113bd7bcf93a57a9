"""A doctor who has a visit writes in its conversation that they cannot come after all.

Only whole sentences count, for in a conversation "no" and "I can't" are answers to all sorts of questions.
What says that the visit is given back is taken at its word; what says no more than "I can't come" may be
about an hour that was asked about, so a person looks.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.writing import Written
from shared.contracts.chat import WorkerCannot
from shared.kernel.actors import Role
from shared.kernel.effects import Publish

TEXT_MAX: Final = 120
"""Whoever writes more explains something: a person reads it."""
GIVES_BACK: Final = frozenset(
    {
        "jednak nie moge", "jednak nie moge przyjechac", "nie moge jednak", "nie moge jednak przyjechac",
        "jednak nie dam rady", "jednak nie dam rady przyjechac", "nie dam jednak rady", "jednak nie przyjade",
        "rezygnuje", "rezygnuje z wizyty", "rezygnuje z tej wizyty", "musze zrezygnowac",
        "musze zrezygnowac z wizyty", "musze zrezygnowac z tej wizyty", "oddaje wizyte", "oddaje te wizyte",
        "musze oddac wizyte", "musze oddac te wizyte",
        "i cant after all", "i cannot after all", "i cant come after all", "i cannot come after all",
        "i cant make it after all", "i cannot make it after all", "after all i cant come",
        "i withdraw from the visit", "i withdraw from this visit", "i give the visit back",
        "i have to give the visit back", "i have to give this visit back",
    }
)  # fmt: skip
CANNOT_COME: Final = frozenset(
    {
        "nie moge", "nie moge przyjechac", "nie dam rady", "nie dam rady przyjechac", "nie przyjade",
        "i cant", "i cannot", "i cant come", "i cannot come", "i cant make it", "i cannot make it",
        "cant make it", "i wont come", "i am not coming", "im not coming",
    }
)  # fmt: skip
COURTESIES: Final = frozenset(
    {"niestety", "przepraszam", "witam", "dzien", "dobry", "sorry", "im", "unfortunately", "hello", "but"}
)
_LETTERS: Final[Mapping[int, str]] = str.maketrans({"ł": "l", "'": "", "’": ""})


def gives_back(text: str) -> bool | None:
    """Whether the visit is given back: yes, perhaps (False), or it is something else (None)."""
    said = _plain(text) if len(text) <= TEXT_MAX else ""
    found = {said, _without_courtesies(said)}
    return True if found & GIVES_BACK else False if found & CANNOT_COME else None


def backed_out(talk: Conversation, written: Written) -> tuple[Publish, ...]:
    """The news for whoever looks after the case; nothing unless its doctor has just written so."""
    message, worker = written.message, talk.circle.worker_id
    by_worker = message.author.role == Role.DOCTOR and message.author.seat == f"doctor:{worker}"
    is_sure = gives_back(message.text) if written.is_new and by_worker else None
    if is_sure is None or talk.thread.case_kind != "visit":
        return ()
    news = WorkerCannot(case_id=talk.thread.id, doctor_id=worker, at=message.at, is_sure=is_sure)
    return (Publish(key=f"cannot-{message.id}", message=news),)


def _plain(text: str) -> str:
    """Small Latin letters and single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return " ".join(kept.split())


def _without_courtesies(plain: str) -> str:
    words = plain.split()
    while words and words[0] in COURTESIES:
        words = words[1:]
    while words and words[-1] in COURTESIES:
        words = words[:-1]
    return " ".join(words)
