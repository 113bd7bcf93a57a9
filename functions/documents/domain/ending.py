"""How a document comes out of its checks, and how it ends."""

from datetime import datetime, timedelta
from typing import Final

from functions.documents.domain.checks import CheckDocument
from functions.documents.domain.shelf import Records, contents_at
from functions.documents.domain.tidying import discarding
from shared.contracts.documents import Document, DocumentEvent, DocumentStatus, Reason
from shared.kernel.effects import Later
from shared.kernel.records import Decision

LOOK_AGAIN: Final = timedelta(minutes=10)
"""A check that has not ended by then is planned anew; it takes two minutes at most."""
FIRST_PAUSE: Final = timedelta(minutes=1)
PAUSE_MAX: Final = timedelta(hours=1)
DOUBLINGS_MAX: Final = 6


def settled(records: Records, decision: Decision[Document]) -> Document:
    """Stage what was decided, and what follows for the shelf: an end makes room, a clean file is known."""
    after = decision.record
    contents = contents_at(records, after)
    if after.status == DocumentStatus.CLEAN:
        records.put(contents.knowing(after))
    elif not after.is_open:
        records.put(contents.without(after.id))
    return records.apply(decision)


def passed(document: Document, clean_generation: int, sha256: str, now: datetime) -> Decision[Document]:
    after = document.after(DocumentEvent.PASS, clean_generation=clean_generation, sha256=sha256)
    return Decision(after, "passed", {"size": after.size}, (discarding(after, now),))


def refused(
    document: Document, reason: Reason, now: datetime, *, same_as: str = "", finding: str = ""
) -> Decision[Document]:
    """`finding`: what a scanner calls it."""
    after = document.after(DocumentEvent.REFUSE, reason=reason, same_as=same_as)
    details = {"reason": reason.value, **({"finding": finding} if finding else {})}
    return Decision(after, "refused", details, (discarding(after, now),))


def given_up(document: Document, now: datetime) -> Decision[Document]:
    """The upload never came."""
    after = document.after(DocumentEvent.GIVE_UP)
    return Decision(after, "abandoned", {}, (discarding(after, now),))


def removed(document: Document, now: datetime) -> Decision[Document]:
    after = document.after(DocumentEvent.REMOVE)
    return Decision(after, "removed", {}, (discarding(after, now),))


def put_off(document: Document, now: datetime) -> Decision[Document]:
    """Nothing could be said: the next look comes later each time, up to an hour, for as long as it takes."""
    pause = min(PAUSE_MAX, FIRST_PAUSE * 2 ** min(document.check, DOUBLINGS_MAX))
    after = document.but(check=document.check + 1, due_at=now + pause + LOOK_AGAIN)
    return Decision(after, "check_put_off", {"check": document.check}, (check_of(after, now + pause),))


def is_planned(document: Document, check: int) -> bool:
    """Whether this look is the one that is due: late or doubled, it finds that it is not."""
    return document.status == DocumentStatus.CHECKING and document.check == check


def check_of(document: Document, at: datetime) -> Later:
    message = CheckDocument(document_id=document.id, check=document.check)
    return Later(key=f"{document.id}.check.{document.check}", message=message, at=at)
