"""Nothing stays stuck, and nothing lies about: uploads that never came, lost messages, files of nobody."""

from datetime import timedelta

from functions.documents.sweep_documents import sweep_documents
from functions.documents.sweep_orphans import sweep_orphans
from shared.contracts.documents import Document
from tests.functions.documents.desk import (
    brought,
    files_in,
    finish,
    on_the_shelf,
    reason,
    send,
    start,
    status,
)  # fmt: skip
from tests.functions.documents.papers import PDF, a_pdf
from tests.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_an_upload_that_never_came_is_given_up_and_makes_room(shelved: World) -> None:
    started = start(shelved, a_pdf())
    shelved.advance(HOUR - timedelta(minutes=1))
    shelved.tick(sweep_documents)
    assert status(shelved, started.document_id) == "announced"
    shelved.advance(timedelta(minutes=1))
    shelved.tick(sweep_documents)
    shelved.tick(sweep_documents)
    assert (status(shelved, started.document_id), on_the_shelf(shelved)) == ("abandoned", [])


def test_an_upload_that_nobody_told_of_is_found(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    shelved.topics.take()  # the notification is lost, and so is the app
    shelved.advance(HOUR)
    shelved.tick(sweep_documents)
    assert status(shelved, started.document_id) == "clean"


def test_a_check_whose_task_was_lost_is_planned_anew(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    finish(shelved, started.document_id)
    shelved.queue.pending.clear()
    shelved.topics.take()
    shelved.tick(sweep_documents)
    assert status(shelved, started.document_id) == "checking"  # it is not overdue yet
    shelved.advance(timedelta(minutes=10))
    shelved.tick(sweep_documents)
    shelved.advance(HOUR)
    assert status(shelved, started.document_id) == "clean"


def test_a_link_that_is_used_again_after_the_check_reaches_nobody(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    shelved.settle()
    clean = shelved.record(Document, started.document_id)
    send(shelved, started, b"%PDF-evil"[: len(a_pdf())])
    shelved.settle()
    assert shelved.record(Document, started.document_id) == clean
    assert files_in(shelved, "quarantine") == [clean.file]
    shelved.advance(DAY + HOUR)
    shelved.tick(sweep_orphans)
    assert (files_in(shelved, "quarantine"), files_in(shelved, "clean")) == ([], [clean.file])


def test_files_of_nobody_go_after_a_day_and_those_in_use_stay(shelved: World) -> None:
    kept = shelved.record(Document, brought(shelved))
    for room in ("quarantine", "clean"):
        for name in (
            "documents/vm/nobody",
            "documents/vm/a/b",
            "documents/other/theirs",
            "certificates/vm/c",
        ):
            shelved.files.put(room, name, b"?", PDF)
    shelved.tick(sweep_orphans)
    assert len(files_in(shelved, "quarantine")) == 4  # a commit in flight might name them
    shelved.advance(DAY)
    shelved.tick(sweep_orphans)
    left = ["certificates/vm/c", "documents/other/theirs"]
    assert files_in(shelved, "quarantine") == left
    assert files_in(shelved, "clean") == sorted([*left, kept.file])


def test_the_copy_of_a_check_that_never_ended_is_not_an_orphan_while_it_may_end(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    shelved.topics.take()
    document = shelved.record(Document, started.document_id)
    shelved.files.put("clean", document.file, a_pdf(), PDF)  # it died between the copy and the commit
    shelved.advance(DAY + HOUR)
    shelved.tick(sweep_orphans)
    assert files_in(shelved, "clean") == [document.file]
    shelved.tick(sweep_documents)
    assert (status(shelved, document.id), reason(shelved, document.id)) == ("clean", "")


def test_many_files_are_looked_through_a_page_at_a_time(shelved: World) -> None:
    for number in range(301):
        shelved.files.put("clean", f"documents/vm/nobody-{number:03d}", b"?", PDF)
    shelved.advance(DAY)
    shelved.tick(sweep_orphans)
    assert len(files_in(shelved, "clean")) == 1
    shelved.tick(sweep_orphans)
    assert files_in(shelved, "clean") == []


def test_the_grace_is_a_day(shelved: World) -> None:
    shelved.files.put("quarantine", "documents/vm/nobody", b"?", PDF)
    shelved.advance(DAY - timedelta(seconds=1))
    shelved.tick(sweep_orphans)
    assert files_in(shelved, "quarantine") == ["documents/vm/nobody"]
