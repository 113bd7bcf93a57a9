"""Firestore behind the Documents port: batches with preconditions, explicit deadlines, no transactions.

Its client library would repeat a Commit for up to a minute when only the reply was lost, and then report
our own write as a conflict. Of the library we use the messages: google_rpc.py.
"""

from collections.abc import Sequence
from typing import Any

import grpc
from grpc import StatusCode

from shared.adapters.firestore_wire import (
    COUNTED,
    count_message,
    query_message,
    snapshot_of,
    stamp_of,
    write_message,
)
from shared.adapters.google_messages import message_class
from shared.adapters.google_rpc import channel_to, one_to_many, one_to_one, routed_by
from shared.kernel.ports import Collision, OutcomeUnknown, Query, Snapshot, Write

HOST = "firestore.googleapis.com"
SERVICE = "google.firestore.v1.Firestore"
READ, COMMIT, QUERY = f"{SERVICE}/BatchGetDocuments", f"{SERVICE}/Commit", f"{SERVICE}/RunQuery"
COUNT = f"{SERVICE}/RunAggregationQuery"
DEADLINE_SECONDS = 8.0

PACKAGE = "google.firestore.v1"
ReadRequest = message_class(f"{PACKAGE}.BatchGetDocumentsRequest")
ReadResponse = message_class(f"{PACKAGE}.BatchGetDocumentsResponse")
CountRequest = message_class(f"{PACKAGE}.RunAggregationQueryRequest")
CountResponse = message_class(f"{PACKAGE}.RunAggregationQueryResponse")
CommitRequest = message_class(f"{PACKAGE}.CommitRequest")
CommitResponse = message_class(f"{PACKAGE}.CommitResponse")
QueryRequest = message_class(f"{PACKAGE}.RunQueryRequest")
QueryResponse = message_class(f"{PACKAGE}.RunQueryResponse")

COLLIDED = frozenset(
    {
        StatusCode.ALREADY_EXISTS,
        StatusCode.FAILED_PRECONDITION,
        StatusCode.NOT_FOUND,
        StatusCode.ABORTED,
    }
)
UNKNOWN = frozenset(
    {
        StatusCode.DEADLINE_EXCEEDED,
        StatusCode.UNAVAILABLE,
        StatusCode.INTERNAL,
        StatusCode.UNKNOWN,
        StatusCode.CANCELLED,
        StatusCode.RESOURCE_EXHAUSTED,
    }
)


def firestore_channel(emulator: str) -> grpc.Channel:
    """Reads are repeated; a Commit never."""
    return channel_to(HOST, emulator, tried_again=(READ, QUERY, COUNT))


class FirestoreDocuments:
    """`emulator`: host and port in the local cloud; empty means Google's. `channel`: another way there.
    `patience`: seconds that one call may take."""

    def __init__(
        self,
        project: str,
        emulator: str,
        channel: grpc.Channel | None = None,
        patience: float = DEADLINE_SECONDS,
    ) -> None:
        self._database = f"projects/{project}/databases/(default)"
        self._documents = f"{self._database}/documents"
        headers = [("google-cloud-resource-prefix", self._database), routed_by("database", self._database)]
        if emulator:
            headers.append(("authorization", "Bearer owner"))  # past the rules, as our account is
        self._how = {"timeout": patience, "metadata": headers}
        way = channel or firestore_channel(emulator)
        self._read = one_to_many(way, READ, ReadRequest, ReadResponse)
        self._query = one_to_many(way, QUERY, QueryRequest, QueryResponse)
        self._count = one_to_many(way, COUNT, CountRequest, CountResponse)
        self._commit = one_to_one(way, COMMIT, CommitRequest, CommitResponse)

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        found: dict[str, Snapshot | None] = dict.fromkeys(paths)
        names = [f"{self._documents}/{path}" for path in found]
        request = ReadRequest(database=self._database, documents=names)
        for answer in self._read(request, **self._how):
            if answer.HasField("found"):
                snapshot = snapshot_of(answer.found, self._documents)
                found[snapshot.path] = snapshot
        return found

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        messages = [write_message(one, self._documents) for one in writes]
        request = CommitRequest(database=self._database, writes=messages)
        try:
            answer = self._commit(request, **self._how)
        except grpc.RpcError as failed:
            if failed.code() in COLLIDED:
                raise Collision(str(failed.code())) from failed
            if failed.code() in UNKNOWN:
                raise OutcomeUnknown(str(failed.code())) from failed
            raise
        return [stamp_of(result.update_time) for result in answer.write_results]

    def query(self, query: Query) -> list[Snapshot]:
        inside, _, _ = f"/{query.collection}".rpartition("/")
        request = QueryRequest(parent=self._documents + inside, structured_query=query_message(query))
        answers = self._query(request, **self._how)
        return [snapshot_of(one.document, self._documents) for one in answers if one.HasField("document")]

    def count(self, query: Query) -> int:
        inside, _, _ = f"/{query.collection}".rpartition("/")
        request = CountRequest(
            parent=self._documents + inside, structured_aggregation_query=count_message(query)
        )
        answers = self._count(request, **self._how)
        return sum(one.result.aggregate_fields[COUNTED].integer_value for one in answers)
