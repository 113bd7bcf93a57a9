"""Topics, dead letters and push subscriptions in the Pub/Sub emulator, as Terraform makes them elsewhere."""

from datetime import timedelta
from typing import Self

from google.api_core.exceptions import AlreadyExists
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from google.pubsub_v1.types import DeadLetterPolicy, PushConfig, RetryPolicy, Subscription

BACKOFF_MIN = timedelta(seconds=1)
BACKOFF_MAX = timedelta(seconds=60)
DELIVERIES_MAX = 5
"""After so many a message is put aside with the dead letters."""
ACK_SECONDS = 60
"""How long a function may take before the message is delivered again; longer than any function may run."""


class Wiring:
    """Each `make` leaves alone what is there already and right."""

    def __init__(self, project: str) -> None:
        self._project = project
        self._publisher = PublisherClient()
        self._subscriber = SubscriberClient()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._publisher.transport.close()
        self._subscriber.close()

    def make_topic(self, topic: str) -> None:
        """With a topic for its dead letters, which a subscription keeps until somebody looks."""
        dead = dead_letters_of(topic)
        for name in (topic, dead):
            self._create_topic(name)
        self._make(Subscription(name=self._subscription(dead), topic=self._topic(dead)))

    def make_push(self, subscription: str, topic: str, endpoint: str) -> None:
        self._make(
            Subscription(
                name=self._subscription(subscription),
                topic=self._topic(topic),
                push_config=PushConfig(push_endpoint=endpoint),
                ack_deadline_seconds=ACK_SECONDS,
                retry_policy=RetryPolicy(minimum_backoff=BACKOFF_MIN, maximum_backoff=BACKOFF_MAX),
                dead_letter_policy=DeadLetterPolicy(
                    dead_letter_topic=self._topic(dead_letters_of(topic)),
                    max_delivery_attempts=DELIVERIES_MAX,
                ),
            )
        )

    def _create_topic(self, topic: str) -> None:
        try:
            self._publisher.create_topic(name=self._topic(topic))
        except AlreadyExists:
            return

    def _make(self, wanted: Subscription) -> None:
        try:
            self._subscriber.create_subscription(wanted)
        except AlreadyExists:
            found = self._subscriber.get_subscription(subscription=wanted.name)
            if _leads_elsewhere(found, wanted):
                self._subscriber.delete_subscription(subscription=wanted.name)
                self._subscriber.create_subscription(wanted)

    def _topic(self, topic: str) -> str:
        return f"projects/{self._project}/topics/{topic}"

    def _subscription(self, subscription: str) -> str:
        return f"projects/{self._project}/subscriptions/{subscription}"


def dead_letters_of(topic: str) -> str:
    return f"{topic}-dead"


def _leads_elsewhere(found: Subscription, wanted: Subscription) -> bool:
    same_push = found.push_config.push_endpoint == wanted.push_config.push_endpoint
    return found.topic != wanted.topic or not same_push
