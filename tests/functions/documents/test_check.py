"""The check itself: what is checked is what can be downloaded, and what cannot be said is never clean."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from functions.documents.sweep_documents import sweep_documents
from shared.adapters.file_inspection import InspectionBroken
from shared.adapters.memory_files import MemoryFiles
from shared.contracts.documents import Document, Reason
from shared.contracts.file_checks import Inspected, ScannerUnclear
from shared.kernel.ports import FileFacts, Room
from shared.runtime import catalog
from tests.functions.documents.desk import (
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
from tests.world import World


@dataclass
class Scanner:
    """`says`: what it finds, "" for nothing; None: it does not answer."""

    says: str | None = ""
    seen: list[bytes] = field(default_factory=list)

    def scan(self, content: bytes) -> str:
        self.seen.append(content)
        if self.says is None:
            raise ScannerUnclear
        return self.says


@pytest.fixture
def scanner(shelved: World) -> Scanner:
    made = Scanner()
    shelved.wiring.__dict__["antivirus"] = made
    return made


def arrived(world: World, content: bytes | None = None) -> str:
    """A document whose check is planned and has not begun."""
    file = content or a_pdf()
    started = start(world, file)
    send(world, started, file)
    finish(world, started.document_id)
    return started.document_id


def test_the_scanner_sees_the_very_bytes(shelved: World, scanner: Scanner) -> None:
    assert status(shelved, brought(shelved)) == "clean"
    assert scanner.seen == [a_pdf()]


def test_what_the_scanner_names_is_refused_and_logged(shelved: World, scanner: Scanner) -> None:
    scanner.says = "Eicar-Test-Signature"
    document_id = brought(shelved)
    assert reason(shelved, document_id) == Reason.INFECTED
    line = shelved.lines_of(shelved.record(Document, document_id))[-1]
    assert line.details == {"reason": "infected", "finding": "Eicar-Test-Signature"}
    assert files_in(shelved, "quarantine") == files_in(shelved, "clean") == []


def test_a_scanner_that_is_away_leaves_it_in_quarantine_until_it_is_back(
    shelved: World, scanner: Scanner
) -> None:
    scanner.says = None
    document_id = brought(shelved)
    shelved.advance(timedelta(days=3))
    shelved.tick(sweep_documents)
    assert (status(shelved, document_id), files_in(shelved, "clean")) == ("checking", [])
    assert 24 < len(scanner.seen) < 100  # again and again, but no storm
    scanner.says = ""
    shelved.advance(timedelta(hours=2))
    assert status(shelved, document_id) == "clean"


def test_swapped_between_arrival_and_check(shelved: World) -> None:
    document_id = arrived(shelved)
    document = shelved.record(Document, document_id)
    shelved.files.overwrite("quarantine", document.file, a_pdf(pages=2), PDF)
    shelved.settle()
    assert (reason(shelved, document_id), files_in(shelved, "clean")) == (Reason.SWAPPED, [])


def test_gone_between_arrival_and_check(shelved: World) -> None:
    document_id = arrived(shelved)
    shelved.files.remove("quarantine", shelved.record(Document, document_id).file)
    shelved.settle()
    assert reason(shelved, document_id) == Reason.SWAPPED


class Swapping(MemoryFiles):
    """Puts another content in the place of the upload at the very moment at which it is copied."""

    unpinned = False

    def move_to_clean(self, name: str, generation: int, new_name: str) -> int:
        other = self.overwrite("quarantine", name, a_pdf(pages=3), PDF)
        return super().move_to_clean(name, other if self.unpinned else generation, new_name)


@pytest.mark.parametrize("unpinned", [False, True], ids=["the storage notices", "the storage copies it"])
def test_swapped_between_the_check_and_the_copy(shelved: World, unpinned: bool) -> None:
    files = Swapping(shelved.clock)
    files.unpinned = unpinned
    shelved.files = shelved.wiring.__dict__["files"] = files
    document_id = arrived(shelved)
    shelved.settle()
    assert (reason(shelved, document_id), files_in(shelved, "clean")) == (Reason.SWAPPED, [])


def test_swapped_after_the_check_changes_nothing(shelved: World) -> None:
    started = start(shelved, a_pdf())
    send(shelved, started, a_pdf())
    shelved.settle()
    clean = shelved.record(Document, started.document_id)
    smuggle(shelved, started, a_pdf(pages=2))
    shelved.settle()
    assert shelved.record(Document, started.document_id) == clean
    assert shelved.files.read("clean", clean.file, clean.clean_generation, 10**6) == a_pdf()


def test_the_same_file_twice_is_one_document(shelved: World, scanner: Scanner) -> None:
    first, second = brought(shelved), brought(shelved)
    assert (status(shelved, second), reason(shelved, second)) == ("refused", Reason.SAME_FILE)
    assert shelved.record(Document, second).same_as == first
    assert on_the_shelf(shelved) == [first]
    assert len(files_in(shelved, "clean")) == len(scanner.seen) == 1


def test_two_copies_that_arrive_at_once_are_one_document(shelved: World) -> None:
    both = [arrived(shelved) for _ in range(2)]
    shelved.settle()
    assert sorted(status(shelved, one) for one in both) == ["clean", "refused"]


class Dying(MemoryFiles):
    """The process dies after the copy, before its commit."""

    dies = True

    def stat(self, room: Room, name: str) -> FileFacts | None:
        if room == "clean" and self.dies:
            self.dies = False
            raise KeyError("the process died")
        return super().stat(room, name)


def test_a_check_that_dies_after_the_copy_is_done_again(shelved: World) -> None:
    files = Dying(shelved.clock)
    shelved.files = shelved.wiring.__dict__["files"] = files
    document_id = arrived(shelved)
    check = catalog.find("documents__check_document")
    (task,) = shelved.queue.take_due(shelved.clock.now())
    assert shelved.deliver(check, task.body).status == 500
    assert (status(shelved, document_id), len(files_in(shelved, "clean"))) == ("checking", 1)
    assert shelved.deliver(check, task.body).status == 200
    shelved.settle()
    assert (status(shelved, document_id), files_in(shelved, "quarantine")) == ("clean", [])


class Broken:
    def inspect(self, content: bytes, content_type: str) -> Inspected:
        raise InspectionBroken


def test_a_child_that_cannot_start_is_our_fault_and_not_the_files(shelved: World) -> None:
    kept = shelved.wiring.inspector
    shelved.wiring.__dict__["inspector"] = Broken()
    document_id = arrived(shelved)
    (task,) = shelved.queue.take_due(shelved.clock.now())
    assert shelved.deliver(catalog.find(task.entry_point), task.body).status == 500
    assert status(shelved, document_id) == "checking"
    shelved.wiring.__dict__["inspector"] = kept
    shelved.advance(timedelta(minutes=10))
    shelved.tick(sweep_documents)
    shelved.advance(timedelta(hours=1))
    assert status(shelved, document_id) == "clean"


def test_a_check_that_is_outdated_does_nothing(shelved: World, scanner: Scanner) -> None:
    scanner.says = None
    document_id = arrived(shelved)
    (first,) = (one for one in shelved.queue.pending if "check" in one.entry_point)
    shelved.settle()
    assert shelved.record(Document, document_id).check == 2
    scanner.says = ""
    assert shelved.deliver(catalog.find(first.entry_point), first.body).status == 200
    assert (status(shelved, document_id), len(scanner.seen)) == ("checking", 1)


def test_a_picture_of_another_size_is_told_apart(shelved: World) -> None:
    first, second = (brought(shelved, a_picture("JPEG", width, 20), JPEG) for width in (20, 21))
    assert on_the_shelf(shelved) == [first, second]
