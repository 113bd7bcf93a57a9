"""The sockets in the wall: documents, files, clock, ids, queues, topics, secrets; each kept by an adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

Fields = Mapping[str, Any]


class Collision(Exception):
    """A precondition did not hold: the document exists, is gone, or has changed since it was read."""


class OutcomeUnknown(Exception):
    """The call may or may not have taken effect: ask before doing it again."""


@dataclass(frozen=True)
class Snapshot:
    """A document as read; `stamp` is opaque and names this very version of it."""

    path: str
    fields: Fields
    stamp: Any


MISSING: Literal["missing"] = "missing"


@dataclass(frozen=True)
class Write:
    """One write of a batch. `fields` None deletes.

    `expects`: MISSING creates, a stamp replaces exactly that version, None overwrites whatever is there.
    """

    path: str
    fields: Fields | None
    expects: Any = None


Operator = Literal["==", "<", "<=", ">", ">=", "in", "array_contains", "array_contains_any"]


@dataclass(frozen=True)
class Query:
    """Documents of one collection; every order ends with the id, so that pages are stable."""

    collection: str
    where: tuple[tuple[str, Operator, Any], ...] = ()
    order: tuple[tuple[str, Literal["asc", "desc"]], ...] = ()
    after: tuple[Any, ...] = ()
    limit: int = 100


class Spans(Protocol):
    def add(self, span: Any) -> None:
        """Send what a call took. Never raises: nothing fails because nobody could be told."""


class Documents(Protocol):
    """A document store with atomic batches and preconditions; no locks, no transactions."""

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        """Every path asked for, in one round trip."""

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        """All writes or none, in one round trip; the new stamps. Raises Collision, OutcomeUnknown."""

    def query(self, query: Query) -> list[Snapshot]: ...

    def count(self, query: Query) -> int:
        """How many match, from the first on, at most `query.limit`; costs a read for each thousand."""


Room = Literal["quarantine", "clean"]
"""Where files lie: what strangers bring, and what was looked at or made by ourselves."""


@dataclass(frozen=True)
class UploadLink:
    """Where to send a file to, how, and with exactly which headers: they are part of the signature."""

    url: str
    method: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class FileFacts:
    """A file without its content. `generation` names this very content; `md5` is of it, in hex."""

    name: str
    size: int
    content_type: str
    generation: int
    md5: str
    created_at: datetime


class Files(Protocol):
    """Private storage. Every call may be repeated: names are given once. Raises Busy where it is away."""

    def upload_link(self, name: str, content_type: str, max_bytes: int, expires: timedelta) -> UploadLink:
        """For one file into quarantine: of this type, of 1 to `max_bytes` bytes, where there is none yet."""

    def download_link(
        self,
        room: Room,
        name: str,
        generation: int,
        filename: str,
        content_type: str,
        expires: timedelta,
    ) -> str:
        """For exactly this content, to be saved under `filename`, which stands in the URL."""

    def stat(self, room: Room, name: str) -> FileFacts | None: ...

    def read(self, room: Room, name: str, generation: int, limit: int) -> bytes:
        """Raises Collision where the content is another or gone, ValueError over `limit` bytes."""

    def put(self, room: Room, name: str, content: bytes, content_type: str) -> int:
        """Writes once and returns the generation; the same again is the same. Raises Collision."""

    def move_to_clean(self, name: str, generation: int, new_name: str) -> int:
        """Copies exactly this content out of quarantine and returns the copy's generation; the upload stays
        until it is removed, so that it can be done again. Raises Collision where there is another content."""

    def remove(self, room: Room, name: str) -> None: ...

    def names(self, room: Room, prefix: str, after: str, limit: int) -> Sequence[FileFacts]:
        """Files whose names begin so, in the order of their names, from the first one behind `after`."""


class Clock(Protocol):
    def now(self) -> datetime: ...

    def pause(self, seconds: float) -> None:
        """Wait a moment before trying again."""


class Ids(Protocol):
    def new(self) -> str:
        """A random id of 20 characters, a-z and 0-9."""


@dataclass(frozen=True)
class Task:
    """A call to an entry point at a time; `name` is never used twice for two different things."""

    name: str
    queue: str
    entry_point: str
    body: bytes
    at: datetime


class Queue(Protocol):
    def add(self, task: Task) -> None:
        """Idempotent by name: adding the same name again, even long after it ran, does nothing."""


class Topics(Protocol):
    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None: ...


class Seals(Protocol):
    """Keys that never leave: one-way keys for look-ups, sealed values for showing later."""

    def lookup_key(self, tenant_id: str, value: str) -> str:
        """The same value of the same tenant gives the same key; nobody can go back without the secret."""

    def seal(self, value: str, context: str) -> str: ...

    def unseal(self, sealed: str, context: str) -> str:
        """Raises ValueError where the context is not the one it was sealed for."""


@dataclass(frozen=True)
class Claims:
    """What a verified token says of an app user. `signed_in_ago` is by the clock that tokens go by, which is
    real time even where ours is moved."""

    user_id: str
    tenant_id: str
    role: str
    record_id: str = ""
    signed_in_ago: timedelta = timedelta.max
    extra: Fields = field(default_factory=dict)


class Identity(Protocol):
    def user(self, token: str, *, ask: bool = False) -> Claims:
        """`ask`: also whether the account is still good, whatever its role. Raises NotAdmitted, Busy."""

    def service(self, token: str, audience: str, account: str) -> None:
        """Checks that Google signed this token for `account` and exactly `audience`. Raises NotAdmitted."""
