"""The memory store of the tests and Firestore keep the same promises."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from shared.adapters.firestore import FirestoreDocuments
from shared.adapters.memory import MemoryDocuments
from shared.kernel.ports import MISSING, Collision, Documents, Query, Write

EVERYTHING: dict[str, Any] = {
    "nothing": None,
    "yes": True,
    "no": False,
    "number": -7,
    "large": 2**62,
    "part": 0.1,
    "text": "zażółć \x02sealed",
    "empty": "",
    "bytes": b"\x00\xff",
    "at": datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC),
    "list": ["a", 1, {"deep": [True]}],
    "empty_list": [],
    "map": {"with.dot": 1, "zażółć": {"more": None}},
    "empty_map": {},
    "_token": "t",
}


@pytest.fixture(params=["memory", pytest.param("firestore", marks=pytest.mark.emulator)])
def documents(request: pytest.FixtureRequest) -> Iterator[Documents]:
    if request.param == "memory":
        yield MemoryDocuments()
        return
    emulator = os.environ.get("FIRESTORE_EMULATOR_HOST")
    if not emulator:
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    yield FirestoreDocuments(f"demo-{uuid4().hex[:12]}", emulator)


def fields_of(documents: Documents, path: str) -> Any:
    found = documents.read([path])[path]
    return found.fields if found else None


def test_what_is_written_is_read_as_it_was(documents: Documents) -> None:
    documents.commit([Write("things/a", EVERYTHING, MISSING)])
    found = fields_of(documents, "things/a")
    assert found == EVERYTHING
    assert {name: type(one) for name, one in found.items()} == {
        name: type(one) for name, one in EVERYTHING.items()
    }


def test_missing_documents_are_told_as_missing(documents: Documents) -> None:
    documents.commit([Write("things/a", {"x": 1})])
    found = documents.read(["things/b", "things/a", "things/a/activity/000001"])
    assert [path for path, one in found.items() if one is None] == ["things/b", "things/a/activity/000001"]


def test_what_exists_is_not_created_again(documents: Documents) -> None:
    documents.commit([Write("things/a", {"x": 1}, MISSING)])
    with pytest.raises(Collision):
        documents.commit([Write("things/b", {"x": 2}), Write("things/a", {"x": 2}, MISSING)])
    assert fields_of(documents, "things/a") == {"x": 1}
    assert fields_of(documents, "things/b") is None


def test_only_the_version_that_was_read_is_replaced(documents: Documents) -> None:
    (first,) = documents.commit([Write("things/a", {"x": 1}, MISSING)])
    read = documents.read(["things/a"])["things/a"]
    assert read is not None
    assert read.stamp == first
    (second,) = documents.commit([Write("things/a", {"x": 2}, read.stamp)])
    assert second != first
    for late in (Write("things/a", {"x": 3}, first), Write("things/a", None, first)):
        with pytest.raises(Collision):
            documents.commit([late])
    assert fields_of(documents, "things/a") == {"x": 2}
    documents.commit([Write("things/a", None, second)])
    assert fields_of(documents, "things/a") is None


def test_a_version_of_what_is_gone_is_not_replaced(documents: Documents) -> None:
    (stamp,) = documents.commit([Write("things/a", {"x": 1}, MISSING)])
    documents.commit([Write("things/a", None)])
    with pytest.raises(Collision):
        documents.commit([Write("things/a", {"x": 2}, stamp)])


def test_a_write_that_expects_nothing_overwrites(documents: Documents) -> None:
    documents.commit([Write("things/a", {"x": 1, "y": 1})])
    documents.commit([Write("things/a", {"x": 2})])
    assert fields_of(documents, "things/a") == {"x": 2}


def test_a_write_that_changes_nothing_makes_no_new_version(documents: Documents) -> None:
    (first,) = documents.commit([Write("things/a", {"x": 1}, MISSING)])
    assert documents.commit([Write("things/a", {"x": 1}, first)]) == [first]
    (second,) = documents.commit([Write("things/a", {"x": 1.0})])
    assert second != first


def test_a_query_reads_one_collection_also_below_a_document(documents: Documents) -> None:
    paths = ("things/a", "things/a/lines/1", "things/b/lines/1")
    documents.commit([Write(path, {"id": path.rpartition("/")[2]}) for path in paths])
    for collection in ("things", "things/a/lines"):
        asked = Query(collection, order=(("id", "asc"),))
        (found,) = documents.query(asked)
        assert found.path.rpartition("/")[0] == collection


def test_a_query_filters_orders_and_goes_on_where_a_page_ended(documents: Documents) -> None:
    rows = [{"id": f"r{n}", "rank": n // 2, "open": n % 3 > 0, "tags": [f"t{n % 2}"]} for n in range(10)]
    documents.commit([Write(f"things/{row['id']}", row) for row in rows])
    asked = Query("things", (("open", "==", True),), (("rank", "desc"), ("id", "asc")), limit=4)
    first = [one.fields["id"] for one in documents.query(asked)]
    last = documents.query(asked)[-1].fields
    asked = Query("things", asked.where, asked.order, (last["rank"], last["id"]), 4)
    then = [one.fields["id"] for one in documents.query(asked)]
    assert first + then == ["r8", "r7", "r4", "r5", "r2", "r1"]
    tagged = Query("things", (("tags", "array_contains", "t1"),), (("id", "asc"),))
    assert [one.path for one in documents.query(tagged)] == [f"things/r{n}" for n in (1, 3, 5, 7, 9)]
