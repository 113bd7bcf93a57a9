"""Topics through Pub/Sub, one message at a time: a function must not sleep on a batch."""

from collections.abc import Mapping

from shared.adapters.google_messages import message_class
from shared.adapters.google_rpc import channel_to, one_to_one, routed_by

HOST = "pubsub.googleapis.com"
PUBLISH = "google.pubsub.v1.Publisher/Publish"
DEADLINE_SECONDS = 8.0

PublishRequest = message_class("google.pubsub.v1.PublishRequest")
PublishResponse = message_class("google.pubsub.v1.PublishResponse")


class PubSub:
    """`emulator`: host and port in the local cloud; empty means Google's."""

    def __init__(self, project: str, emulator: str) -> None:
        self._topics = f"projects/{project}/topics"
        channel = channel_to(HOST, emulator, tried_again=(PUBLISH,))  # every reader expects a message twice
        self._publish = one_to_one(channel, PUBLISH, PublishRequest, PublishResponse)

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Returns when Pub/Sub has it: only then may the outbox forget it."""
        path = f"{self._topics}/{topic}"
        request = PublishRequest(topic=path)
        request.messages.add(data=body, attributes=attributes)
        self._publish(request, timeout=DEADLINE_SECONDS, metadata=[routed_by("topic", path)])
