"""Firestore behind the Documents port: batches with preconditions, explicit deadlines, no transactions.

Retries are ours, not the client's: the library repeats a Commit for up to a minute when only the reply
was lost, and then reports our own write as a conflict.
"""

from collections.abc import Sequence
from typing import Any

from google.api_core import exceptions as gone_wrong
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Query, Snapshot, Write

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

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        found: dict[str, Snapshot | None] = dict.fromkeys(paths)
        references = [self.client.document(path) for path in found]
        for one in self.client.get_all(references, timeout=DEADLINE_SECONDS):
            found[one.reference.path] = _snapshot(one) if one.exists else None
        return found

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        batch = self.client.batch()
        for write in writes:
            self._add(batch, write)
        try:
            results = batch.commit(retry=None, timeout=DEADLINE_SECONDS)
        except COLLIDED as lost:
            raise Collision(str(lost.grpc_status_code)) from lost
        except UNKNOWN as silent:
            raise OutcomeUnknown(str(silent.grpc_status_code)) from silent
        return [result.update_time for result in results]

    def query(self, query: Query) -> list[Snapshot]:
        asked: Any = self.client.collection(query.collection)
        for name, op, value in query.where:
            asked = asked.where(filter=FieldFilter(name, op, value))
        for name, direction in query.order:
            asked = asked.order_by(name, direction="ASCENDING" if direction == "asc" else "DESCENDING")
        if query.after:
            asked = asked.start_after(dict(zip((name for name, _ in query.order), query.after, strict=True)))
        return [_snapshot(one) for one in asked.limit(query.limit).stream(timeout=DEADLINE_SECONDS)]

    def _add(self, batch: Any, write: Write) -> None:
        reference = self.client.document(write.path)
        held = write.expects is not None and write.expects != MISSING
        option = self.client.write_option(last_update_time=write.expects) if held else None
        if write.fields is None:
            batch.delete(reference, option=option)
        elif write.expects == MISSING:
            batch.create(reference, dict(write.fields))
        elif held:
            batch.update(reference, dict(write.fields), option=option)
        else:
            batch.set(reference, dict(write.fields))


def _snapshot(found: Any) -> Snapshot:
    return Snapshot(found.reference.path, found.to_dict() or {}, found.update_time)
