"""An app that asks Firestore itself: with its own token, under the rules, past all of our functions."""

from collections.abc import Iterator
from typing import Any, Final

import grpc
import requests
from google.cloud.firestore_v1 import types
from google.cloud.firestore_v1.services.firestore import FirestoreClient
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport

OK, DENIED, MISSING = 200, 403, 404
LISTENS_SECONDS: Final = 20.0


class App:
    """`token` "" is who has not signed in."""

    def __init__(self, host: str, project: str, token: str) -> None:
        self._host = host
        self._database = f"projects/{project}/databases/(default)"
        self._root = f"http://{host}/v1/{self._database}/documents"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._token = token

    def get(self, path: str) -> int:
        return requests.get(f"{self._root}/{path}", headers=self._headers, timeout=30).status_code

    def list(self, collection: str, limit: int | None = 50) -> int:
        """As an app's query for the newest messages."""
        inside, _, name = collection.rpartition("/")
        query: dict[str, Any] = {
            "from": [{"collectionId": name}],
            "orderBy": [{"field": {"fieldPath": "number"}, "direction": "DESCENDING"}],
        }
        return self._query(inside, query | ({} if limit is None else {"limit": limit}))

    def list_everywhere(self, name: str) -> int:
        return self._query("", {"from": [{"collectionId": name, "allDescendants": True}], "limit": 10})

    def _query(self, inside: str, query: dict[str, Any]) -> int:
        where = f"{self._root}/{inside}".rstrip("/")
        asked = {"structuredQuery": query}
        return requests.post(f"{where}:runQuery", json=asked, headers=self._headers, timeout=30).status_code

    def create(self, collection: str, name: str) -> int:
        where = f"{self._root}/{collection}?documentId={name}"
        fields = {"fields": {"text": {"stringValue": "x"}}}
        return requests.post(where, json=fields, headers=self._headers, timeout=30).status_code

    def change(self, path: str) -> int:
        fields = {"fields": {"text": {"stringValue": "x"}}}
        return requests.patch(
            f"{self._root}/{path}", json=fields, headers=self._headers, timeout=30
        ).status_code

    def delete(self, path: str) -> int:
        return requests.delete(f"{self._root}/{path}", headers=self._headers, timeout=30).status_code

    def listen(self, thread_id: str) -> Iterator[int]:
        """The numbers of messages as they come to be known, those that are there first; ends after a while.
        What is said again is known already: an app goes by the number.

        Raises PermissionDenied.
        """
        channel = grpc.insecure_channel(self._host)
        client = FirestoreClient(transport=FirestoreGrpcTransport(channel=channel))
        query = types.StructuredQuery(
            from_=[types.StructuredQuery.CollectionSelector(collection_id="messages")],
            order_by=[
                types.StructuredQuery.Order(field=types.StructuredQuery.FieldReference(field_path="number"))
            ],
            limit=100,
        )
        target = types.Target(
            target_id=1,
            query=types.Target.QueryTarget(
                parent=f"{self._database}/documents/threads/{thread_id}", structured_query=query
            ),
        )
        wanted = types.ListenRequest(database=self._database, add_target=target)
        how = [
            ("authorization", f"Bearer {self._token}"),
            ("google-cloud-resource-prefix", self._database),
        ]
        said = client.listen(iter_and_wait(wanted), metadata=how, timeout=LISTENS_SECONDS)
        known: set[str] = set()
        for one in said:
            if one.target_change.cause.code:
                raise PermissionError(one.target_change.cause.message)
            document = one.document_change.document
            if document.name and document.name not in known:
                known.add(document.name)
                yield int(document.fields["number"].integer_value)


def iter_and_wait(first: types.ListenRequest) -> Iterator[types.ListenRequest]:
    """The stream stays open for as long as its side that asks is not at its end."""
    from threading import Event

    yield first
    Event().wait(LISTENS_SECONDS)
