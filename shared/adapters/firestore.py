"""Firestore behind the Documents port: batches with preconditions, explicit deadlines, no transactions.

Retries are ours, not the client's: the library repeats a Commit for up to a minute when only the reply
was lost, and then reports our own write as a conflict.
"""

from collections.abc import Sequence
from typing import Any

from google.api_core import exceptions as gone_wrong
from google.cloud import firestore
from google.cloud.firestore_v1 import types
from google.cloud.firestore_v1.base_query import FieldFilter

from shared.adapters.firestore_wire import snapshot_of, stamp_of, write_message
from shared.kernel.ports import Collision, OutcomeUnknown, Query, Snapshot, Write

DEADLINE_SECONDS = 8.0
COLLIDED = (
    gone_wrong.AlreadyExists,
    gone_wrong.FailedPrecondition,
    gone_wrong.NotFound,
    gone_wrong.Aborted,
)
UNKNOWN = (
    gone_wrong.DeadlineExceeded,
    gone_wrong.ServiceUnavailable,
    gone_wrong.InternalServerError,
    gone_wrong.Unknown,
    gone_wrong.Cancelled,
    gone_wrong.ResourceExhausted,
)


class FirestoreDocuments:
    def __init__(self, project: str, client: firestore.Client | None = None) -> None:
        self.client = client or firestore.Client(project=project)
        self._database = f"projects/{project}/databases/(default)"
        self._documents = f"{self._database}/documents"

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        found: dict[str, Snapshot | None] = dict.fromkeys(paths)
        names = [f"{self._documents}/{path}" for path in found]
        request = types.BatchGetDocumentsRequest(database=self._database, documents=names)
        for answer in self._call("batch_get_documents", request):
            one = types.BatchGetDocumentsResponse.pb(answer)
            if one.HasField("found"):
                snapshot = snapshot_of(one.found, self._documents)
                found[snapshot.path] = snapshot
        return found

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        request = types.CommitRequest(database=self._database)
        types.CommitRequest.pb(request).writes.extend(write_message(one, self._documents) for one in writes)
        try:
            answer = types.CommitResponse.pb(self._call("commit", request, retry=None))
        except COLLIDED as lost:
            raise Collision(str(lost.grpc_status_code)) from lost
        except UNKNOWN as silent:
            raise OutcomeUnknown(str(silent.grpc_status_code)) from silent
        return [stamp_of(result.update_time) for result in answer.write_results]

    def query(self, query: Query) -> list[Snapshot]:
        inside, _, _ = f"/{query.collection}".rpartition("/")
        asked: Any = self.client.collection(query.collection)
        for name, op, value in query.where:
            asked = asked.where(filter=FieldFilter(name, op, value))
        for name, direction in query.order:
            asked = asked.order_by(name, direction="ASCENDING" if direction == "asc" else "DESCENDING")
        if query.after:
            asked = asked.start_after(dict(zip((name for name, _ in query.order), query.after, strict=True)))
        request = types.RunQueryRequest(
            parent=self._documents + inside, structured_query=asked.limit(query.limit)._to_protobuf()
        )
        answers = map(types.RunQueryResponse.pb, self._call("run_query", request))
        return [snapshot_of(one.document, self._documents) for one in answers if one.HasField("document")]

    def _call(self, method: str, request: Any, **how: Any) -> Any:
        """The library's own way to the service, with its channel and its credentials, but without its
        wrapping of every value (firestore_wire.py)."""
        api = self.client._firestore_api
        return getattr(api, method)(
            request=request, metadata=self.client._rpc_metadata, timeout=DEADLINE_SECONDS, **how
        )
