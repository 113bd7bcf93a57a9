"""Bringing a document: the link, the arrival, and what makes them harmless twice, late and not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from functions.documents.domain.arriving import NothingUploaded, called
from functions.documents.domain.shelf import DOCUMENTS_MAX, Contents, ShelfClosed, ShelfFull
from functions.documents.start_upload import StartUpload, start_upload
from shared.adapters.memory_files import GENERATION, RANGE, Refused
from shared.contracts.documents import Document, Reason
from shared.contracts.file_checks import BYTES_MAX
from shared.kernel.errors import NotFound
from tests.functions.documents.desk import (
    SHELF,
    a_shelf,
    brought,
    files_in,
    finish,
    on_the_shelf,
    reason,
    send,
    smuggle,
    start,
    status,
)  # fmt: skip
from tests.functions.documents.papers import JPEG, PDF, a_pdf, a_picture
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import FOREIGN_OPERATOR, TENANT, World


def test_the_link_is_bound_to_type_length_and_an_empty_place(shelved: World) -> None:
    file = a_pdf()
    started = start(shelved, file)
    assert started.method == "PUT"
    assert started.headers == {"content-type": PDF, RANGE: f"1,{len(file)}", GENERATION: "0"}


@pytest.mark.parametrize("file", [a_pdf(), a_picture("JPEG"), a_picture("PNG")], ids=["pdf", "jpeg", "png"])
def test_what_is_as_it_should_be_is_clean_and_leaves_quarantine(shelved: World, file: bytes) -> None:
    kind = {b"%": PDF, b"\xff": JPEG, b"\x89": "image/png"}[file[:1]]
    document_id = brought(shelved, file, kind, as_doctor(ANNA))
    assert (status(shelved, document_id), reason(shelved, document_id)) == ("clean", Reason.NONE)
    assert (files_in(shelved, "quarantine"), len(files_in(shelved, "clean"))) == ([], 1)
    assert on_the_shelf(shelved) == [document_id]
    log = shelved.log_of(shelved.record(Document, document_id))
    assert log == ["announced", "arrived", "passed"]


def test_an_app_that_says_it_is_done_twice_changes_nothing_the_second_time(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    assert finish(shelved, started.document_id) == "checking"
    version = shelved.record(Document, started.document_id).version
    assert finish(shelved, started.document_id) == "checking"
    assert shelved.record(Document, started.document_id).version == version
    shelved.settle()
    assert finish(shelved, started.document_id) == "clean"


def test_every_message_may_come_twice(shelved: World) -> None:
    shelved.tasks_come_twice()
    document_id = brought(shelved)
    assert shelved.log_of(shelved.record(Document, document_id)) == ["announced", "arrived", "passed"]
    assert status(shelved, document_id) == "clean"


def test_the_same_start_again_is_the_same_document(shelved: World) -> None:
    first, again = (start(shelved, b"x" * 9, key="one-and-the-same") for _ in range(2))
    assert again == first
    assert shelved.record(Contents, SHELF).document_ids == (first.document_id,)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\fakepath\\wynik badania.pdf", "wynik badania.pdf"), ("../../etc/passwd", "passwd"),
        ("wynik\u202efdp.exe", "wynikfdp.exe"), ("a\r\nb\0.pdf", "ab.pdf"),
        ("żółć.pdf", "żółć.pdf"), ("/", "?"),
    ],
)  # fmt: skip
def test_names_are_kept_as_people_read_them(given: str, kept: str) -> None:
    assert called(given) == kept


def test_finishing_before_anything_came_is_told_so(shelved: World) -> None:
    started = start(shelved, a_pdf())
    with pytest.raises(NothingUploaded):
        finish(shelved, started.document_id)
    assert status(shelved, started.document_id) == "announced"


def test_two_gigabytes_are_refused_before_a_link_exists(shelved: World) -> None:
    for size in (2 * 1024**3, BYTES_MAX + 1, 0, -1):
        fields = {"shelf_id": SHELF, "name": "x", "content_type": PDF, "size": size}
        answer = shelved.answer(start_upload.declaration, fields, as_doctor(ANNA))  # type: ignore[attr-defined]
        assert (answer.status, b"/size" in answer.body) == (422, True)


@pytest.mark.parametrize(
    "kind", ["image/heic", "application/dicom", "text/html", "image/svg+xml", "image/gif"]
)
def test_other_types_are_refused_before_a_link_exists(shelved: World, kind: str) -> None:
    fields = {"shelf_id": SHELF, "name": "x", "content_type": kind, "size": 10}
    answer = shelved.answer(start_upload.declaration, fields, as_doctor(ANNA))  # type: ignore[attr-defined]
    assert answer.status == 422


def test_the_storage_holds_an_app_to_its_link(shelved: World) -> None:
    started = start(shelved, b"x" * 100)
    url, right = started.url, started.headers
    for content, headers in (
        (b"x" * 101, right),
        (b"", right),
        (b"x", {**right, "content-type": "text/html"}),
        (b"x", {**right, RANGE: "1,999999999"}),
        (b"x", {name: value for name, value in right.items() if name != GENERATION}),
    ):
        with pytest.raises(Refused):
            shelved.files.upload(url, content, headers)
    shelved.files.upload(url, b"x" * 100, right)
    with pytest.raises(Refused):
        shelved.files.upload(url, b"y" * 100, right)


def test_a_link_does_not_outlive_its_quarter_of_an_hour(shelved: World) -> None:
    started = start(shelved, b"x")
    shelved.advance(timedelta(minutes=15))
    with pytest.raises(Refused):
        send(shelved, started, b"x")


def test_a_storage_that_enforces_nothing_is_not_believed(shelved: World) -> None:
    file = a_pdf()
    larger, other, empty = start(shelved, file), start(shelved, file), start(shelved, file)
    smuggle(shelved, larger, file + b" " * 9)
    smuggle(shelved, other, file, "text/html")
    smuggle(shelved, empty, b"")
    shelved.settle()
    found = [reason(shelved, one.document_id) for one in (larger, other, empty)]
    assert found == [Reason.TOO_LARGE, Reason.WRONG_TYPE, Reason.EMPTY]
    assert (files_in(shelved, "quarantine"), files_in(shelved, "clean"), on_the_shelf(shelved)) == (
        [],
        [],
        [],
    )


def test_a_closed_case_takes_nothing_more(shelved: World) -> None:
    shelved.given(a_shelf(open=False))
    with pytest.raises(ShelfClosed):
        start(shelved, b"x")


def test_what_is_still_checked_when_the_case_closes_is_refused(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    finish(shelved, started.document_id)
    shelved.given(a_shelf(open=False))
    shelved.settle()
    assert reason(shelved, started.document_id) == Reason.SHELF_CLOSED


def test_a_shelf_has_an_end_and_a_refused_file_makes_room(shelved: World) -> None:
    taken = tuple(f"d-{number}" for number in range(DOCUMENTS_MAX - 1))
    shelved.given(Contents(id=SHELF, tenant_id=TENANT, document_ids=taken))
    last = start(shelved, a_pdf())
    with pytest.raises(ShelfFull):
        start(shelved, a_pdf())
    smuggle(shelved, last, b"")
    shelved.settle()
    assert start(shelved, a_pdf()).document_id


def test_the_last_place_is_given_once_however_many_want_it(shelved: World) -> None:
    taken = tuple(f"d-{number}" for number in range(DOCUMENTS_MAX - 1))
    shelved.given(Contents(id=SHELF, tenant_id=TENANT, document_ids=taken))

    def wants(number: int) -> bool:
        try:
            return bool(start(shelved, b"x", key=f"one-of-eight-{number}").document_id)
        except ShelfFull:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(wants, range(8))) == [False] * 7 + [True]
    assert len(shelved.record(Contents, SHELF).document_ids) == DOCUMENTS_MAX


def test_only_who_works_on_the_case_may_add(shelved: World) -> None:
    for stranger in (as_doctor(PIOTR), FOREIGN_OPERATOR):
        with pytest.raises(NotFound):
            start(shelved, b"x", as_=stranger)
    with pytest.raises(NotFound):
        shelved.call(start_upload, StartUpload(shelf_id="nowhere", name="x", content_type=PDF, size=1))
    assert start(shelved, b"x", as_=as_doctor(ANNA)).document_id
