"""A digest: the one mail in which an employer hears, on a day, whose certificates run out, and when."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from functions.referrals.domain.reminders import Reminder
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Message
from shared.kernel.ports import Operator, Query
from shared.kernel.records import Record
from shared.kernel.times import Day

ROWS_MAX: Final = 200
"""Rows of a mail; who has more sees all of them in the app."""
EMPLOYERS_MAX: Final = 50
"""Employers in a page of the morning's round."""
LAST: Final = "\uf8ff"
"""Behind every id: the next employer begins there."""

Where = tuple[tuple[str, Operator, Any], ...]


class RoundOfDigests(Message):
    """Go through the employers that have something to hear, from behind that one on."""

    day: date
    after: str = ""


class SendDigest(Message):
    """`page` counts how often everything that waited turned out to be done already."""

    employer_id: str
    day: date
    page: int = 0


class CloseDigest(Message):
    """What waited for the same digest and had no room in the mail counts as told by it."""

    digest_id: str
    page: int = 0


class ReminderDigest(Record):
    """`tried`: how many contacts the mail went to, one after another. `failed`: the last one said no, too."""

    kind: ClassVar[str] = "reminder_digests"

    employer_id: str
    day: Day
    rows: int
    more: bool
    tried: int = 1
    failed: bool = False

    def index_fields(self) -> Mapping[str, Any]:
        return {"undelivered": self.failed}

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        return actor.is_staff

    @property
    def letter_key(self) -> str:
        return f"digest-{self.id}-{self.tried}"


def digest_id(employer_id: str, day: date) -> str:
    return f"{employer_id}.{day.isoformat()}"


def waiting_anywhere(after: str) -> Query:
    """The next employer that has something to hear."""
    behind = (after, LAST) if after else ()
    return Query(Reminder.kind, (("waiting", "==", True),), _BY_EMPLOYER, behind, limit=1)


def waiting_at(employer_id: str) -> Query:
    return Query(Reminder.kind, _waiting_at(employer_id), _BY_DATE, limit=ROWS_MAX)


def undelivered() -> Query:
    return Query(ReminderDigest.kind, (("undelivered", "==", True),), (("day", "desc"), ("id", "desc")))


def left_for(digest: ReminderDigest) -> Query:
    """What was found by that day; what is found later waits for the next one."""
    where: Where = (*_waiting_at(digest.employer_id), ("found_on", "<=", digest.day.isoformat()))
    return Query(Reminder.kind, where, (("found_on", "asc"), ("id", "asc")), limit=ROWS_MAX)


def _waiting_at(employer_id: str) -> Where:
    return (("employer_id", "==", employer_id), ("waiting", "==", True))


def told_by(digest: ReminderDigest) -> Query:
    """The rows of its mail; those that had no room come after them."""
    return Query(Reminder.kind, (("digest_id", "==", digest.id),), _BY_DATE, limit=digest.rows)


_BY_EMPLOYER: Final = (("employer_id", "asc"), ("id", "asc"))
_BY_DATE: Final = (("due_on", "asc"), ("id", "asc"))
