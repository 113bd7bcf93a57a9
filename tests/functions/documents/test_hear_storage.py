"""What Cloud Storage says: in its own words, twice, late, of files that are not ours, or not at all."""

import base64
import json

import pytest

from functions.documents.hear_storage import hear_storage
from functions.platform.list_dead_letters import ListDeadLetters, list_dead_letters
from functions.platform.replay_dead_letter import ReplayDeadLetter, replay_dead_letter
from shared.contracts.documents import Document, FileChanged
from shared.runtime import catalog
from shared.runtime.entry import answer_to
from tests.doors import from_service
from tests.functions.documents.desk import send, start, status
from tests.functions.documents.papers import a_pdf
from tests.world import ADMIN, TENANT, World

HEAR = catalog.find("documents__hear_storage")


def said(world: World, document: Document, **fields: object) -> bytes:
    """An object as Cloud Storage describes it, with much that we do not read."""
    return json.dumps(
        {
            "kind": "storage#object",
            "bucket": world.settings.quarantine_bucket,
            "name": document.file,
            "generation": "1700000000000001",
            "contentType": "application/pdf",
            "size": "300",
            "metadata": {"anything": "else"},
        }
        | fields
    ).encode()


@pytest.fixture
def waiting(shelved: World) -> Document:
    """It has been uploaded, and nobody knows yet."""
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    shelved.topics.take()
    return shelved.record(Document, started.document_id)


def test_its_own_words_are_understood(shelved: World, waiting: Document) -> None:
    assert shelved.deliver(HEAR, said(shelved, waiting)).status == 200
    assert status(shelved, waiting.id) == "checking"


def test_it_may_say_so_before_anything_is_there(shelved: World, waiting: Document) -> None:
    shelved.files.remove("quarantine", waiting.file)
    assert shelved.deliver(HEAR, said(shelved, waiting)).status == 200
    assert status(shelved, waiting.id) == "announced"


@pytest.mark.parametrize(
    "fields",
    [
        {"bucket": "demo-visita-clean"}, {"bucket": "somebody-elses"}, {"name": "documents/vm/nobody"},
        {"name": "certificates/vm/1"}, {"name": "documents"}, {"name": "documents/other/x"},
        {"name": "documents/vm/../x"}, {"name": "documents//"}, {"name": ""},
    ],
)  # fmt: skip
def test_what_is_not_a_document_of_ours_changes_nothing(
    shelved: World, waiting: Document, fields: dict[str, object]
) -> None:
    assert shelved.deliver(HEAR, said(shelved, waiting, **fields)).status == 200
    assert status(shelved, waiting.id) == "announced"


def test_a_document_of_another_tenant_is_reached_only_by_its_own_name(
    shelved: World, waiting: Document
) -> None:
    shelved.given(waiting.but(tenant_id="other"))
    shelved.deliver(HEAR, said(shelved, waiting))
    assert shelved.record(Document, waiting.id).status == "announced"


def test_the_tenant_stands_in_the_name() -> None:
    told = FileChanged(bucket="b", name="documents/other/d-1")
    assert (told.tenant_id, told.document_id) == ("other", "d-1")


@pytest.mark.parametrize("body", [b"", b"?", b"[]", b'{"bucket": 1, "name": "x"}', b'{"bucket": "b"}'])
def test_what_is_not_understood_is_brought_again(world: World, body: bytes) -> None:
    assert world.deliver(HEAR, body).status == 422


def test_it_is_believed_from_pubsub_alone(world: World) -> None:
    incoming = from_service(world.settings, HEAR)
    forged = {"Authorization": incoming.header("Authorization").replace("pubsub@", "cloud-tasks@")}
    body = json.dumps({"message": {"data": base64.b64encode(b"{}").decode()}}).encode()
    assert answer_to(HEAR, type(incoming)("POST", HEAR.path, "", forged, body), world.wiring).status == 401


def test_a_buried_one_can_be_sent_again_as_it_was(shelved: World, waiting: Document) -> None:
    shelved.wiring.__dict__["files"] = None  # everything that touches storage crashes
    assert shelved.deliver(HEAR, said(shelved, waiting), retries=5).status == 200
    (buried,) = shelved.call(list_dead_letters, ListDeadLetters(), as_=ADMIN).letters
    shelved.wiring.__dict__["files"] = shelved.files
    shelved.call(replay_dead_letter, ReplayDeadLetter(letter_id=buried.letter_id), as_=ADMIN)
    shelved.settle()
    assert status(shelved, waiting.id) == "clean"
    assert shelved.record(Document, waiting.id).tenant_id == TENANT


def test_its_topic_is_the_one_that_the_bucket_was_told() -> None:
    assert catalog.topic_of(FileChanged) == "gcs-events"
    assert hear_storage.declaration.request is FileChanged  # type: ignore[attr-defined]  # every action has one
