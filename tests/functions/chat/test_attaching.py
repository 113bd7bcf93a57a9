"""Documents of the case are attached by who may open them, once they are clean."""

import pytest

from functions.chat.domain.attaching import AttachmentNotReady
from functions.documents.download_document import DownloadDocument, download_document
from functions.documents.finish_upload import FinishUpload, finish_upload
from functions.documents.start_upload import StartUpload, start_upload
from shared.kernel.actors import Actor
from shared.kernel.errors import NotFound
from tests.functions.chat.talk import another_visit, ask, messages, opened, say, won
from tests.functions.documents.papers import PDF, a_pdf
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import OPERATOR, World


def brought(world: World, visit_id: str, as_: Actor = OPERATOR, *, sent: bool = True) -> str:
    content = a_pdf()
    request = StartUpload(shelf_id=visit_id, name="ekg.pdf", content_type=PDF, size=len(content))
    started = world.call(start_upload, request, as_=as_)
    if sent:
        world.upload(started.url, content, started.headers)
        world.call(finish_upload, FinishUpload(document_id=started.document_id), as_=as_)
        world.settle()
    return started.document_id


def test_a_document_of_the_visit_is_attached_and_opened(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    document = brought(staffed, visit_id)
    say(staffed, visit_id, "", document_ids=(document, document))
    seen = messages(staffed, visit_id, as_=as_doctor(ANNA))[-1]
    assert seen.document_ids == (document,)
    link = staffed.call(download_document, DownloadDocument(document_id=document), as_=as_doctor(ANNA))
    assert staffed.download(link.url).startswith(b"%PDF")


def test_what_has_not_been_checked_is_not_attached(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    with pytest.raises(AttachmentNotReady):
        say(staffed, visit_id, "", document_ids=(brought(staffed, visit_id, sent=False),))


def test_a_document_of_another_case_is_as_one_that_is_missing(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    other = brought(staffed, another_visit(staffed))
    for one in (other, "missing"):
        with pytest.raises(NotFound):
            say(staffed, visit_id, "", document_ids=(one,))


def test_who_was_only_asked_attaches_and_opens_nothing(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, PIOTR)
    opened(staffed, visit_id, PIOTR)
    document = brought(staffed, visit_id)
    say(staffed, visit_id, "", document_ids=(document,))
    with pytest.raises(NotFound):
        say(staffed, visit_id, "", document_ids=(document,), as_=as_doctor(PIOTR))
    with pytest.raises(NotFound):
        staffed.call(download_document, DownloadDocument(document_id=document), as_=as_doctor(PIOTR))
