"""Who may read, download and remove: access follows the case, asked anew at every call."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.documents.domain.shelf import NotYourUpload, ShelfClosed
from functions.documents.domain.waiting import NotCheckedYet, NotThere
from functions.documents.download_document import Download, DownloadDocument, download_document
from functions.documents.list_documents import ListDocuments, list_documents
from functions.documents.read_document import ReadDocument, read_document
from functions.documents.remove_document import RemoveDocument, remove_document
from shared.adapters.memory_files import Refused
from shared.contracts.documents import Document
from shared.kernel.actors import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ports import Query
from tests.functions.documents.desk import (
    SHELF,
    a_shelf,
    brought,
    files_in,
    finish,
    on_the_shelf,
    send,
    start,
    status,
)  # fmt: skip
from tests.functions.documents.papers import JPEG, a_pdf, a_picture
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World

ON_THE_CASE = (OPERATOR, ADMIN, as_doctor(ANNA))
STRANGERS = (as_doctor(PIOTR), FOREIGN_OPERATOR)


def download(world: World, document_id: str, as_: Actor = OPERATOR) -> Download:
    return world.call(download_document, DownloadDocument(document_id=document_id), as_=as_)


def remove(world: World, document_id: str, as_: Actor = OPERATOR, key: str = "") -> str:
    return world.call(remove_document, RemoveDocument(document_id=document_id), as_=as_, key=key).status


@pytest.mark.parametrize("who", ON_THE_CASE, ids=["operator", "admin", "doctor on the case"])
def test_who_works_on_the_case_downloads_what_was_brought(shelved: World, who: Actor) -> None:
    file = a_picture("JPEG")
    got = download(shelved, brought(shelved, file, JPEG), who)
    assert shelved.files.download(got.url) == file
    assert (got.name, got.content_type, got.size) == ("wynik.pdf", JPEG, len(file))


def test_everybody_else_is_told_that_there_is_nothing(shelved: World) -> None:
    document_id = brought(shelved)
    for who in STRANGERS:
        for run, request in (
            (download_document, DownloadDocument(document_id=document_id)),
            (read_document, ReadDocument(document_id=document_id)),
            (remove_document, RemoveDocument(document_id=document_id)),
            (list_documents, ListDocuments(shelf_id=SHELF)),
        ):
            with pytest.raises(NotFound):
                shelved.call(run, request, as_=who)


def test_a_doctor_who_leaves_the_case_can_open_nothing_any_more(shelved: World) -> None:
    document_id = brought(shelved, as_=as_doctor(ANNA))
    shelved.given(a_shelf(doctor_ids=(PIOTR,)))
    with pytest.raises(NotFound):
        download(shelved, document_id, as_doctor(ANNA))
    assert download(shelved, document_id, as_doctor(PIOTR)).url


def test_the_link_lives_three_minutes_for_this_content_and_names_nobody(shelved: World) -> None:
    got = download(shelved, brought(shelved))
    signed = parse_qs(urlsplit(got.url).query)
    document = shelved.record(Document, on_the_shelf(shelved)[0])
    assert signed["generation"] == [str(document.clean_generation)]
    assert signed["response-content-disposition"] == [f'attachment; filename="{document.id}.pdf"']
    assert "wynik" not in got.url
    assert got.expires_at - shelved.clock.now() <= timedelta(minutes=5)
    shelved.advance(timedelta(minutes=3))
    with pytest.raises(Refused):
        shelved.files.download(got.url)


def test_what_is_being_checked_or_was_refused_cannot_be_opened(shelved: World) -> None:
    started = start(shelved, a_pdf())
    with pytest.raises(NotThere):
        download(shelved, started.document_id)
    send(shelved, started, a_pdf())
    finish(shelved, started.document_id)
    with pytest.raises(NotCheckedYet):
        download(shelved, started.document_id)
    refused = brought(shelved, b"%PDF-nothing")
    with pytest.raises(NotThere):
        download(shelved, refused)


def test_every_download_is_in_the_audit(shelved: World) -> None:
    document_id = brought(shelved)
    download(shelved, document_id, as_doctor(ANNA))
    audit = shelved.wiring.documents.query(Query("audit"))
    (line,) = (one.fields for one in audit if one.fields["action"] == "documents__download_document")
    assert (line["by_role"], line["by_user"]) == ("doctor", f"user-{ANNA}")
    assert line["records"] == [f"documents/{document_id}"]


def test_a_removed_document_is_gone_from_storage_and_stays_in_the_log(shelved: World) -> None:
    document_id = brought(shelved)
    got = download(shelved, document_id)
    assert remove(shelved, document_id) == "removed"
    shelved.settle()
    assert (on_the_shelf(shelved), files_in(shelved, "clean")) == ([], [])
    with pytest.raises(NotThere):
        download(shelved, document_id)
    with pytest.raises(Exception, match="not the content"):
        shelved.files.download(got.url)  # not even by the link that was given out before
    assert shelved.log_of(shelved.record(Document, document_id))[-1] == "removed"


def test_removing_twice_changes_nothing_the_second_time(shelved: World) -> None:
    document_id = brought(shelved)
    assert [remove(shelved, document_id), remove(shelved, document_id)] == ["removed", "removed"]
    assert shelved.log_of(shelved.record(Document, document_id)).count("removed") == 1


def test_the_same_file_may_come_again_once_it_was_removed(shelved: World) -> None:
    remove(shelved, brought(shelved))
    assert status(shelved, brought(shelved)) == "clean"


def test_doctors_remove_what_they_brought_and_staff_removes_all(shelved: World) -> None:
    theirs, ours = brought(shelved, as_=as_doctor(ANNA)), brought(shelved, a_pdf(pages=2))
    with pytest.raises(NotYourUpload):
        remove(shelved, ours, as_doctor(ANNA))
    assert remove(shelved, theirs, as_doctor(ANNA)) == "removed"
    assert remove(shelved, ours, ADMIN) == "removed"


def test_a_closed_case_keeps_its_documents(shelved: World) -> None:
    document_id = brought(shelved)
    shelved.given(a_shelf(open=False))
    with pytest.raises(ShelfClosed):
        remove(shelved, document_id)
    listed = shelved.call(list_documents, ListDocuments(shelf_id=SHELF))
    assert (len(listed.documents), listed.may_change) == (1, False)
    assert download(shelved, document_id).url


def test_a_refusal_is_told_in_words_of_the_reader(shelved: World) -> None:
    document_id = brought(shelved, b"%PDF-nothing")
    said = [
        shelved.call(read_document, ReadDocument(document_id=document_id, language=language)).sentence
        for language in ("pl", "en")
    ]
    assert said[0].startswith("Plik jest uszkodzony")
    assert said[1].startswith("The file is damaged")


def test_what_people_call_the_file_is_sealed(shelved: World) -> None:
    document_id = brought(shelved)
    path = f"documents/{document_id}"
    kept = shelved.wiring.documents.read([path])[path]
    assert kept is not None
    assert "wynik" not in str(kept.fields)
