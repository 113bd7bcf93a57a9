"""What people do with documents, in the words of the tests."""

from functions.documents.finish_upload import FinishUpload, finish_upload
from functions.documents.list_documents import ListDocuments, list_documents
from functions.documents.read_document import ReadDocument, read_document
from functions.documents.start_upload import StartUpload, UploadStarted, start_upload
from shared.contracts.documents import Document, Reason, Shelf
from shared.kernel.actors import Actor
from tests.functions.documents.papers import PDF, a_pdf
from tests.people import ANNA
from tests.world import OPERATOR, TENANT, World

SHELF = "case-1"


def a_shelf(**facts: object) -> Shelf:
    return Shelf(id=SHELF, tenant_id=TENANT, doctor_ids=(ANNA,)).but(**facts)


def start(
    world: World,
    content: bytes,
    content_type: str = PDF,
    *,
    size: int = 0,
    as_: Actor = OPERATOR,
    key: str = "",
) -> UploadStarted:
    request = StartUpload(
        shelf_id=SHELF, name="wynik.pdf", content_type=content_type, size=size or max(1, len(content))
    )
    return world.call(start_upload, request, as_=as_, key=key)


def send(world: World, started: UploadStarted, content: bytes) -> None:
    """By the link, as an honest app does."""
    world.files.upload(started.url, content, started.headers)


def smuggle(world: World, started: UploadStarted, content: bytes, content_type: str = PDF) -> None:
    """Past everything that the link is bound to: as if the storage enforced nothing."""
    document = world.record(Document, started.document_id)
    world.files.overwrite("quarantine", document.file, content, content_type)


def finish(world: World, document_id: str, as_: Actor = OPERATOR) -> str:
    return world.call(finish_upload, FinishUpload(document_id=document_id), as_=as_).status


def brought(
    world: World, content: bytes | None = None, content_type: str = PDF, as_: Actor = OPERATOR
) -> str:
    """The id of a document that was uploaded and has been checked."""
    file = a_pdf() if content is None else content
    started = start(world, file, content_type, as_=as_)
    if file:
        send(world, started, file)
    else:
        smuggle(world, started, file, content_type)
    world.settle()
    return started.document_id


def status(world: World, document_id: str) -> str:
    return world.call(read_document, ReadDocument(document_id=document_id)).status


def reason(world: World, document_id: str) -> Reason:
    return Reason(world.call(read_document, ReadDocument(document_id=document_id)).reason)


def on_the_shelf(world: World, as_: Actor = OPERATOR) -> list[str]:
    listed = world.call(list_documents, ListDocuments(shelf_id=SHELF), as_=as_).documents
    return [one.document_id for one in listed]


def files_in(world: World, room: str) -> list[str]:
    return [one.name for one in world.wiring.files.names(room, "", "", 1000)]  # type: ignore[arg-type]
