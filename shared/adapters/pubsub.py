"""Topics through Pub/Sub; the publisher is imported when first needed."""

from collections.abc import Mapping
from typing import Any

DEADLINE_SECONDS = 8.0


class PubSub:
    def __init__(self, project: str) -> None:
        self._project = project
        self._client: Any = None

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Returns when Pub/Sub has it: only then may the outbox forget it."""
        if self._client is None:
            from google.cloud import pubsub_v1  # type: ignore[attr-defined]  # ships without types

            # One message at a time: a function must not sleep on a batch.
            settings = pubsub_v1.types.BatchSettings(max_messages=1)
            self._client = pubsub_v1.PublisherClient(batch_settings=settings)
        path = self._client.topic_path(self._project, topic)
        self._client.publish(path, body, **attributes).result(timeout=DEADLINE_SECONDS)
