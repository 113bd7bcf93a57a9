"""Topics through Pub/Sub; the publisher is imported when first needed."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.hidden_imports import hidden

DEADLINE_SECONDS = 8.0


class PubSub:
    def __init__(self, project: str) -> None:
        self._project = project
        self._client: Any = None

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Returns when Pub/Sub has it: only then may the outbox forget it."""
        if self._client is None:
            with hidden("aiohttp"):
                from google.cloud.pubsub_v1 import PublisherClient
                from google.cloud.pubsub_v1.types import BatchSettings

            # One message at a time: a function must not sleep on a batch.
            self._client = PublisherClient(batch_settings=BatchSettings(max_messages=1))
        path = self._client.topic_path(self._project, topic)
        self._client.publish(path, body, **attributes).result(timeout=DEADLINE_SECONDS)
