"""A document from the telephone of a doctor to the screen of a colleague, over the wire if there is one."""

import pytest

from functions.documents.download_document import DownloadDocument, download_document
from functions.documents.finish_upload import FinishUpload, finish_upload
from functions.documents.list_documents import ListDocuments, list_documents
from functions.documents.remove_document import RemoveDocument, remove_document
from functions.documents.start_upload import StartUpload, start_upload
from functions.documents.sweep_documents import sweep_documents
from shared.contracts.documents import Document, Reason, Shelf
from shared.kernel.errors import NotFound
from tests.functions.documents.papers import JPEG, PDF, a_pdf, a_picture
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import OPERATOR, TENANT, World

SHELF = "case-1"


@pytest.fixture
def shelved(world: World) -> World:
    world.given(Shelf(id=SHELF, tenant_id=TENANT, doctor_ids=(ANNA,)))
    return world


def sent(world: World, content: bytes, content_type: str) -> str:
    """By the link of an announcement. The app is lost before it can say that it is done."""
    wanted = StartUpload(shelf_id=SHELF, name="wynik", content_type=content_type, size=len(content))
    started = world.call(start_upload, wanted, as_=as_doctor(ANNA))
    world.upload(started.url, content, started.headers)
    return started.document_id


def test_a_document_reaches_a_colleague_though_its_app_fell_silent(shelved: World) -> None:
    photo = a_picture("JPEG", 640, 480)
    document_id = sent(shelved, photo, JPEG)
    shelved.settle()
    got = shelved.call(download_document, DownloadDocument(document_id=document_id), as_=OPERATOR)
    assert shelved.download(got.url) == photo
    with pytest.raises(NotFound):
        shelved.call(download_document, DownloadDocument(document_id=document_id), as_=as_doctor(PIOTR))
    shelved.call(remove_document, RemoveDocument(document_id=document_id), as_=as_doctor(ANNA))
    shelved.settle()
    document = shelved.record(Document, document_id)
    assert shelved.wiring.files.stat("quarantine", document.file) is None
    assert shelved.wiring.files.stat("clean", document.file) is None
    assert shelved.log_of(document) == ["announced", "arrived", "passed", "removed"]


def test_app_and_storage_both_tell_and_the_check_comes_twice(shelved: World) -> None:
    shelved.tasks_come_twice()
    document_id = sent(shelved, a_pdf(), PDF)
    for _ in range(2):
        shelved.call(finish_upload, FinishUpload(document_id=document_id), as_=as_doctor(ANNA))
    shelved.settle()
    assert shelved.log_of(shelved.record(Document, document_id)) == ["announced", "arrived", "passed"]


def test_the_same_file_twice_and_a_hostile_one_leave_one_document(shelved: World) -> None:
    first, again = sent(shelved, a_pdf(), PDF), sent(shelved, a_pdf(), PDF)
    hostile = sent(shelved, a_picture("PNG"), JPEG)
    shelved.settle()
    shelved.tick(sweep_documents)
    listed = shelved.call(list_documents, ListDocuments(shelf_id=SHELF)).documents
    (kept,) = (one.document_id for one in listed)
    reasons = {shelved.record(Document, one).reason for one in {first, again} - {kept}}
    assert (kept in (first, again), reasons) == (True, {Reason.SAME_FILE})
    assert shelved.record(Document, hostile).reason == Reason.WRONG_TYPE
    assert [one.name for one in shelved.wiring.files.names("quarantine", "", "", 10)] == []
