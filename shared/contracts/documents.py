"""Documents of cases, and the shelves on which they lie; written by `documents`, shelves by whose case it is.

Access follows the case: who owns a case writes its Shelf in the commit that changes the case, and module
documents asks the Shelf who may read and add.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import ForeignMessage
from shared.kernel.records import Record, Sealed
from shared.kernel.states import Stateful

ROOM_OF_DOCUMENTS: Final = "documents/"
"""How names of documents' files begin; other modules name their files otherwise."""
TYPES: Final[Mapping[str, str]] = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What may be brought, and how such a file's name ends."""


class Shelf(Record):
    """Where the documents of one case lie. `id` is the case's; `doctor_ids` may read and add; `open` says
    whether documents may still be added or removed."""

    kind: ClassVar[str] = "shelves"
    logged: ClassVar[bool] = False

    doctor_ids: tuple[str, ...] = Field(default=(), max_length=50)
    open: bool = True

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.is_staff:
            return scope in (Scope.TENANT, Scope.CASE)
        return scope == Scope.CASE and actor.role == Role.DOCTOR and actor.record_id in self.doctor_ids


class DocumentStatus(StrEnum):
    ANNOUNCED = "announced"  # a link to upload was given out
    CHECKING = "checking"  # it is here, and nobody may open it yet
    CLEAN = "clean"
    REFUSED = "refused"
    ABANDONED = "abandoned"  # it never came
    REMOVED = "removed"


class DocumentEvent(StrEnum):
    ARRIVE = "arrive"
    PASS = "pass"  # nosec B105 - an event, not a password  # noqa: S105
    REFUSE = "refuse"
    GIVE_UP = "give_up"
    REMOVE = "remove"


TRANSITIONS: Final = {
    (DocumentStatus.ANNOUNCED, DocumentEvent.ARRIVE): DocumentStatus.CHECKING,
    (DocumentStatus.ANNOUNCED, DocumentEvent.REFUSE): DocumentStatus.REFUSED,
    (DocumentStatus.ANNOUNCED, DocumentEvent.GIVE_UP): DocumentStatus.ABANDONED,
    (DocumentStatus.CHECKING, DocumentEvent.PASS): DocumentStatus.CLEAN,
    (DocumentStatus.CHECKING, DocumentEvent.REFUSE): DocumentStatus.REFUSED,
    (DocumentStatus.CLEAN, DocumentEvent.REMOVE): DocumentStatus.REMOVED,
}
OPEN: Final = (DocumentStatus.ANNOUNCED, DocumentStatus.CHECKING)


class Reason(StrEnum):
    """Why a document was refused. People read the sentences in documents' `texts.py`."""

    NONE = ""
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    DAMAGED = "damaged"
    LOCKED = "locked"
    ACTIVE_CONTENT = "active_content"
    EMBEDDED_FILE = "embedded_file"
    SOMETHING_ATTACHED = "something_attached"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    ANIMATED = "animated"
    TOO_COMPLEX = "too_complex"
    INFECTED = "infected"
    SWAPPED = "swapped"
    SAME_FILE = "same_file"
    SHELF_CLOSED = "shelf_closed"


class Document(Stateful):
    """One file of a case. `size` in bytes: as announced, then as it is. `generation` pins the content that
    was uploaded, `clean_generation` the one that may be downloaded. `due_at`: when an open one is looked at
    again; `check` counts the looks that were planned. `same_as` is the document that was here before."""

    kind: ClassVar[str] = "documents"
    transitions: ClassVar[Mapping[tuple[DocumentStatus, DocumentEvent], DocumentStatus]] = TRANSITIONS

    shelf_id: str
    status: DocumentStatus = DocumentStatus.ANNOUNCED
    name: Sealed
    content_type: str
    size: int = Field(ge=0)
    uploaded_by: str
    announced_at: datetime
    due_at: datetime
    generation: int = 0
    clean_generation: int = 0
    sha256: str = ""
    check: int = 0
    reason: Reason = Reason.NONE
    same_as: str = ""

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """Who works on a case is known by its Shelf: it is asked together with the document. ASSIGNED: who
        signs a certificate names documents in it, and asks each of them whose case it belongs to."""
        return actor.is_staff or scope in (Scope.CASE, Scope.ASSIGNED)

    def index_fields(self) -> Mapping[str, str | bool]:
        return {"open": self.is_open}

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def file(self) -> str:
        """The name of its file in both rooms."""
        return f"{ROOM_OF_DOCUMENTS}{self.tenant_id}/{self.id}"


class FileChanged(ForeignMessage):
    """What Cloud Storage says of a file that came, changed or went: a hint, what is true is read again.
    cloud.google.com/storage/docs/pubsub-notifications, payload JSON_API_V1."""

    topic_name: ClassVar[str] = "gcs-events"

    bucket: str = Field(max_length=250)
    name: str = Field(max_length=1024)

    @property
    def tenant_id(self) -> str:
        """The tenant of a document's file; "" for any other file."""
        return self.name.split("/")[1] if self.document_id else ""

    @property
    def document_id(self) -> str:
        parts = self.name.split("/")
        return parts[2] if len(parts) == 3 and f"{parts[0]}/" == ROOM_OF_DOCUMENTS else ""
