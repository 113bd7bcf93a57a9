"""What the matrix asks of documents: one that may be read, one that is being checked, on the case's shelf."""

from typing import Any

from functions.documents.domain.shelf import Contents
from functions.documents.domain.tidying import SweepCursor
from shared.contracts.documents import Document, DocumentStatus, Shelf
from shared.kernel.records import Record
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OTHER, Ask, Asks, Party, listed, named, told
from tests.outside import START


def records(it: Party, wiring: Wiring) -> list[Record]:
    shelf = Shelf(id=it.id("shelf"), tenant_id=it.tenant_id, doctor_ids=(it.doctor,))
    document = Document(
        id=it.id("document"),
        tenant_id=it.tenant_id,
        shelf_id=shelf.id,
        status=DocumentStatus.CLEAN,
        name="wynik.pdf",
        content_type="application/pdf",
        size=1000,
        uploaded_by=it.doctor,
        announced_at=START,
        due_at=START,
        clean_generation=1,
        sha256="0" * 64,
    )
    arrived = document.but(id=it.id("arrived"), status=DocumentStatus.CHECKING, check=1)
    contents = Contents(id=shelf.id, tenant_id=it.tenant_id, document_ids=(document.id, arrived.id))
    key = f"quarantine-{it.tenant_id}"
    cursors = [] if it is OTHER else [SweepCursor(id=key, tenant_id=it.tenant_id)]
    return [shelf, contents, document, arrived, *cursors]


def file_of(it: Party) -> dict[str, str]:
    bucket = Settings().quarantine_bucket
    return {"bucket": bucket, "name": f"documents/{it.tenant_id}/{it.id('document')}"}


def announcement(it: Party) -> dict[str, Any]:
    return {"shelf_id": it.id("shelf"), "name": "a.pdf", "content_type": "application/pdf", "size": 1000}


ASKS: Asks = {
    "chase_document": told(lambda it: {"document_id": it.id("document")}),
    "check_document": told(lambda it: {"document_id": it.id("document"), "check": 1}),
    "discard_files": told(lambda it: {"document_id": it.id("document")}),
    "download_document": named("document"),
    "finish_upload": named("arrived", "document_id"),
    "hear_storage": told(file_of),
    "list_documents": named("shelf"),
    "read_document": named("document"),
    "remove_document": named("document"),
    "start_upload": (Ask(announcement, shows=False),),
    "sweep_documents": listed(shows=False),
    "sweep_orphans": listed(shows=False),
}
