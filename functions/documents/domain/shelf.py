"""Whose document it is, and what lies on a shelf already: one record, so that limits hold in a race."""

from collections.abc import Mapping
from typing import ClassVar, Final, Protocol, TypeVar

from shared.contracts.documents import Document, Shelf
from shared.kernel.actors import Actor, Scope
from shared.kernel.errors import Conflict, NotAllowed
from shared.kernel.records import Decision, Record

DOCUMENTS_MAX: Final = 50
R = TypeVar("R", bound=Record)


class ShelfClosed(Conflict):
    """The case is closed: its documents can be read, not changed."""


class ShelfFull(Conflict):
    """There are as many documents here as one case may have: remove one that nobody needs."""


class NotYourUpload(NotAllowed):
    """Somebody else brought this document: ask them or the call centre to remove it."""


class Contents(Record):
    """What lies on one shelf or is on its way there, in the order it came; `id` is the shelf's. `hashes`: the
    clean documents by the SHA-256 of their content."""

    kind: ClassVar[str] = "shelf_contents"
    logged: ClassVar[bool] = False

    document_ids: tuple[str, ...] = ()
    hashes: Mapping[str, str] = {}

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or scope == Scope.CASE

    def having(self, document_id: str) -> "Contents":
        """Raises ShelfFull."""
        if len(self.document_ids) >= DOCUMENTS_MAX:
            raise ShelfFull(
                f"There are {DOCUMENTS_MAX} documents here already: remove one that nobody needs."
            )
        return self.but(document_ids=(*self.document_ids, document_id))

    def knowing(self, document: Document) -> "Contents":
        """Once it is clean."""
        return self.but(hashes={**self.hashes, document.sha256: document.id})

    def without(self, document_id: str) -> "Contents":
        return self.but(
            document_ids=tuple(one for one in self.document_ids if one != document_id),
            hashes={key: one for key, one in self.hashes.items() if one != document_id},
        )


class Records(Protocol):
    def get(self, kind: type[R], key: str) -> R: ...

    def find(self, kind: type[R], key: str) -> R | None: ...

    def put(self, record: R) -> R: ...

    def apply(self, decision: Decision[R]) -> R: ...


def on_its_shelf(records: Records, document_id: str) -> tuple[Document, Shelf]:
    """A document and the shelf that says who may have it. Raises NotFound: missing and not theirs alike."""
    document = records.get(Document, document_id)
    return document, records.get(Shelf, document.shelf_id)


def contents_at(records: Records, where: Shelf | Document) -> Contents:
    """Of this shelf, or of the shelf of this document."""
    shelf_id = where.shelf_id if isinstance(where, Document) else where.id
    return records.find(Contents, shelf_id) or Contents(id=shelf_id, tenant_id=where.tenant_id)


def require_open(shelf: Shelf) -> None:
    """Raises ShelfClosed."""
    if not shelf.open:
        raise ShelfClosed


def require_theirs(document: Document, actor: Actor) -> None:
    """Staff removes what it will; a doctor what that doctor brought. Raises NotYourUpload."""
    if not actor.is_staff and document.uploaded_by != person_of(actor):
        raise NotYourUpload


def person_of(actor: Actor) -> str:
    """Who brought it: the doctor, whatever account they have; else the account."""
    return actor.record_id or actor.user_id
