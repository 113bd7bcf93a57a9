"""Firestore in trouble: a Commit is never repeated, a read is, and each error is told as what it means."""

from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.firestore_v1.types import StructuredQuery
from grpc import StatusCode

from shared.adapters.firestore import CommitResponse, FirestoreDocuments, ReadResponse
from shared.adapters.firestore_wire import query_message
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Query, Write
from tests.shared.adapters.canned_grpc import Told, serving

WRITES = [Write("visits/v-1", {"x": 1}, MISSING)]
DATABASE = "projects/demo-p/databases/(default)"
COMMITTED = Told((CommitResponse(write_results=[{}]).SerializeToString(),))
NOTHING_FOUND = Told()


def found(name: str) -> bytes:
    document = {"name": f"{DATABASE}/documents/{name}", "fields": {"x": {"integer_value": 1}}}
    answer = ReadResponse(found=document)
    message: bytes = answer.SerializeToString()
    return message


def documents(address: str) -> FirestoreDocuments:
    return FirestoreDocuments("demo-p", address)


@pytest.mark.parametrize("code", ["ALREADY_EXISTS", "FAILED_PRECONDITION", "NOT_FOUND", "ABORTED"])
def test_a_lost_precondition_is_a_collision(code: str) -> None:
    with serving(Told(code=StatusCode[code])) as server, pytest.raises(Collision, match=code):
        documents(server.address).commit(WRITES)


@pytest.mark.parametrize(
    "code", ["UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "CANCELLED", "RESOURCE_EXHAUSTED"]
)
def test_a_commit_that_may_have_landed_is_asked_about_and_not_sent_again(code: str) -> None:
    with serving(Told(code=StatusCode[code]), COMMITTED) as server:
        with pytest.raises(OutcomeUnknown, match=code):
            documents(server.address).commit(WRITES)
        assert len(server.heard) == 1


@pytest.mark.parametrize("code", ["INVALID_ARGUMENT", "PERMISSION_DENIED", "UNAUTHENTICATED"])
def test_what_is_our_own_fault_crashes(code: str) -> None:
    with serving(Told(code=StatusCode[code])) as server, pytest.raises(grpc.RpcError):
        documents(server.address).commit(WRITES)


def test_nobody_there_is_an_unknown_outcome() -> None:
    with serving(COMMITTED) as server:
        gone = server.address
    with pytest.raises(OutcomeUnknown):
        documents(gone).commit(WRITES)


def test_a_read_is_repeated_until_it_is_answered() -> None:
    away = Told(code=StatusCode.UNAVAILABLE)
    with serving(away, away, Told((found("visits/v-1"),))) as server:
        assert documents(server.address).read(["visits/v-1"])["visits/v-1"]
        assert len(server.heard) == 3


def test_a_read_that_broke_off_halfway_is_not_taken_for_whole() -> None:
    half = Told((found("visits/v-1"),), StatusCode.UNAVAILABLE)
    with serving(half, Told((found("visits/v-1"), found("visits/v-2")))) as server:
        with pytest.raises(grpc.RpcError):
            documents(server.address).read(["visits/v-1", "visits/v-2"])
        assert len(server.heard) == 1


def test_a_service_that_comes_back_is_found_again() -> None:
    with serving(COMMITTED) as server:
        store = documents(server.address)
        store.commit(WRITES)
    with pytest.raises(OutcomeUnknown):
        store.commit(WRITES)
    with serving(NOTHING_FOUND, at=server.address) as again:
        store.read(["visits/v-1"])  # repeated while gRPC finds its way back
        assert again.heard


def test_google_is_told_which_database_is_meant() -> None:
    with serving(COMMITTED) as server:
        documents(server.address).commit(WRITES)
        (heard,) = server.heard
    assert heard.headers["google-cloud-resource-prefix"] == DATABASE
    assert heard.headers["x-goog-request-params"] == "database=projects/demo-p/databases/%28default%29"
    assert heard.headers["authorization"] == "Bearer owner"


NOW = datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        Query("visits"),
        Query("visits", (("tenant_id", "==", "vm"),), (("id", "asc"),), limit=7),
        Query("visits", (("a", "==", None), ("at", "<=", NOW)), (("at", "desc"), ("id", "asc")), (NOW, "k")),
        Query("visits/v-1/activity", order=(("number", "asc"),)),
        Query("visits", (("a", "in", ["x", 1]), ("b", "array_contains", "y"), ("c", ">", 0.5))),
        Query("visits", (("b", "array_contains_any", ["y"]), ("d", "<", b"z"), ("e", ">=", True))),
    ],
)
def test_a_query_is_asked_as_the_official_client_would_ask_it(query: Query) -> None:
    client = firestore.Client(project="demo-p", credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
    theirs: Any = client.collection(query.collection)
    for name, op, value in query.where:
        theirs = theirs.where(filter=FieldFilter(name, op, value))
    for name, direction in query.order:
        theirs = theirs.order_by(name, direction="ASCENDING" if direction == "asc" else "DESCENDING")
    if query.after:
        theirs = theirs.start_after(dict(zip((name for name, _ in query.order), query.after, strict=True)))
    asked = StructuredQuery.deserialize(query_message(query).SerializeToString())
    assert asked == theirs.limit(query.limit)._to_protobuf()
