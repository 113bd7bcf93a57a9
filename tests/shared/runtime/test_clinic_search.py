"""A search reads one document, whatever the number of clinics, and never sees half of a rebuild."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.adapters.memory import MemoryDocuments
from shared.adapters.seals import AesSeals
from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index_head import ClinicIndexHead, ClinicIndexPart, parts_of
from shared.contracts.clinic_snapshot import pack
from shared.kernel.errors import Busy
from shared.kernel.ports import Snapshot, Write
from shared.kernel.records import Record
from shared.runtime.clinic_search import TENANTS_MAX, ClinicSearch
from shared.runtime.codec import Codec
from tests.bench.clinics import clinics
from tests.shared.contracts.a_clinic import CARDIOLOGY, MONDAY, WARSAW, clinic

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
CODEC = Codec(AesSeals(("local-seal-key-local-seal-key-32",)))


class CountingDocuments(MemoryDocuments):
    """Counts round trips and the documents they asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.trips = 0
        self.reads = 0

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        self.trips += 1
        self.reads += len(paths)
        return super().read(paths)

    def keep(self, *records: Record) -> None:
        self.commit([Write(f"{one.kind}/{one.id}", CODEC.encode(one)) for one in records])

    def drop(self, *parts: ClinicIndexPart) -> None:
        self.commit([Write(f"{one.kind}/{one.id}", None) for one in parts])


def build(documents: CountingDocuments, head: ClinicIndexHead, *entries: ClinicEntry) -> ClinicIndexHead:
    begun = head.rebuild_begun()
    parts = parts_of(pack(entries, begun.build), head.tenant_id)
    ended = begun.rebuild_ended(begun.build, len(parts), NOON)
    documents.keep(*parts, ended)
    return ended


def ids(search: ClinicSearch, tenant_id: str = "vm") -> list[str]:
    return [one.clinic_id for one in search.near(tenant_id, WARSAW, CARDIOLOGY, MONDAY)]


@pytest.mark.parametrize("count", [10, 3_000])
def test_the_first_search_takes_two_trips_and_each_further_one_a_single_read(count: int) -> None:
    documents = CountingDocuments()
    build(documents, ClinicIndexHead.first("vm"), clinic("here"), *clinics(count))
    search = ClinicSearch(documents)

    assert "here" in ids(search)
    assert (documents.trips, documents.reads) == (2, 2)

    for _ in range(10):
        ids(search)
    assert documents.reads == 12


def test_a_change_is_found_by_the_next_search_without_reading_the_parts_again() -> None:
    documents = CountingDocuments()
    head = build(documents, ClinicIndexHead.first("vm"), clinic("a"), clinic("b"))
    search = ClinicSearch(documents)
    assert ids(search) == ["a", "b"]
    documents.reads = 0

    documents.keep(head.changed([clinic("c")], removed=["a"]))

    assert ids(search) == ["b", "c"]
    assert documents.reads == 1


def test_a_new_snapshot_is_read_once() -> None:
    documents = CountingDocuments()
    head = build(documents, ClinicIndexHead.first("vm"), clinic("a"))
    search = ClinicSearch(documents)
    ids(search)
    build(documents, head, clinic("b"))
    documents.reads = 0

    assert ids(search) == ["b"]
    assert ids(search) == ["b"]
    assert documents.reads == 3


def test_changes_before_the_first_rebuild_are_found_too() -> None:
    documents = CountingDocuments()
    documents.keep(ClinicIndexHead.first("vm").changed([clinic("first")]))

    assert ids(ClinicSearch(documents)) == ["first"]


def test_a_tenant_without_clinics_finds_nothing() -> None:
    search = ClinicSearch(CountingDocuments())

    assert ids(search) == []
    assert search.nearest_beyond("vm", WARSAW, CARDIOLOGY, MONDAY) == []


def test_tenants_do_not_find_each_others_clinics() -> None:
    documents = CountingDocuments()
    build(documents, ClinicIndexHead.first("vm"), clinic("ours"))
    build(documents, ClinicIndexHead.first("other"), clinic("theirs"))
    search = ClinicSearch(documents)

    assert (ids(search), ids(search, "other"), ids(search)) == (["ours"], ["theirs"], ["ours"])


def test_only_so_many_tenants_are_held_and_each_is_still_found() -> None:
    documents = CountingDocuments()
    tenants = [f"t-{number}" for number in range(TENANTS_MAX + 3)]
    for tenant in tenants:
        build(documents, ClinicIndexHead.first(tenant), clinic(f"of-{tenant}"))
    search = ClinicSearch(documents)

    for tenant in [*tenants, *tenants]:
        assert ids(search, tenant) == [f"of-{tenant}"]


class DocumentsRebuiltMeanwhile(CountingDocuments):
    """The moment a search has read the head, a rebuild ends and takes the old parts away."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.head = ClinicIndexHead.first("vm")

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        found = super().read(paths)
        if paths[0].startswith(f"{ClinicIndexHead.kind}/") and self.times:
            self.times -= 1
            old = parts_of(pack((), self.head.snapshot), "vm")
            self.head = build(self, self.head, clinic(f"of-build-{self.head.build + 1}"))
            self.drop(*old)
        return found


def test_a_rebuild_that_ends_during_a_search_is_searched() -> None:
    documents = DocumentsRebuiltMeanwhile(times=0)
    documents.head = build(documents, documents.head, clinic("before"))
    documents.times = 2

    assert ids(ClinicSearch(documents)) == ["of-build-3"]


def test_rebuilds_without_end_are_refused_not_waited_for() -> None:
    documents = DocumentsRebuiltMeanwhile(times=0)
    documents.head = build(documents, documents.head, clinic("before"))
    documents.times = 1_000

    with pytest.raises(Busy):
        ids(ClinicSearch(documents))


def test_many_threads_find_the_same_while_clinics_change_and_the_index_is_rebuilt() -> None:
    documents = CountingDocuments()
    head = build(documents, ClinicIndexHead.first("vm"), clinic("always"))
    search = ClinicSearch(documents)

    def look(_: int) -> list[str]:
        return ids(search)

    with ThreadPoolExecutor(8) as threads:
        looks: Any = threads.map(look, range(200))
        for number in range(20):
            head = head.changed([clinic(f"new-{number:02}")])
            documents.keep(head)
            if number % 5 == 4:
                grown = [clinic(f"new-{seen:02}") for seen in range(number + 1)]
                head = build(documents, head, clinic("always"), *grown)
        results = list(looks)

    for found in results:
        assert found[0] == "always"
        assert found[1:] == [f"new-{number:02}" for number in range(len(found) - 1)]
    assert len(ids(search)) == 21
