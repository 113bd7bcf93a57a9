"""Cloud Tasks and Pub/Sub in trouble: what was not surely taken is told, so that the letter stays."""

from datetime import UTC, datetime

import grpc
import pytest
from grpc import StatusCode

from shared.adapters.cloud_tasks import CloudTasks, CreateTaskRequest
from shared.adapters.pubsub import PublishRequest, PublishResponse, PubSub
from shared.kernel.ports import Task
from tests.shared.adapters.canned_grpc import Canned, Told, serving

STEP = Task("step-1", "timers", "house_visits__ask_next_doctor", b"{}", datetime(2026, 3, 2, 9, tzinfo=UTC))
QUEUE = "projects/demo-p/locations/europe-central2/queues/timers"
TAKEN, PUBLISHED = (
    Told((b"",)),
    Told((PublishResponse(message_ids=["1"]).SerializeToString(),)),
)


def add(server: Canned) -> None:
    url, accounts = "https://visita.example", "demo-p.iam.gserviceaccount.com"
    CloudTasks("demo-p", "europe-central2", url, accounts, server.address).add(STEP)


def test_a_task_goes_to_its_queue_with_its_time_and_its_token() -> None:
    with serving(TAKEN) as server:
        add(server)
        (heard,) = server.heard
    request = CreateTaskRequest.FromString(heard.request)
    assert heard.headers["x-goog-request-params"] == f"parent={QUEUE}"
    assert (request.parent, request.task.schedule_time.ToDatetime(UTC)) == (QUEUE, STEP.at)
    told = request.task.http_request
    assert (
        told.url == told.oidc_token.audience == "https://visita.example/_tasks/house_visits__ask_next_doctor"
    )


def test_in_the_cloud_a_task_goes_to_the_address_of_its_function() -> None:
    own = "https://{service}-7.europe-central2.run.app"
    with serving(TAKEN) as server:
        queue = CloudTasks("p", "here", "https://visita.example", "accounts", server.address, own)
        queue.add(STEP)
        (heard,) = server.heard
    told = CreateTaskRequest.FromString(heard.request).task.http_request
    address = "https://house-visits-ask-next-doctor-7.europe-central2.run.app"
    assert told.oidc_token.audience == address
    assert told.url == f"{address}/_tasks/house_visits__ask_next_doctor"


def test_a_task_that_is_there_already_is_well() -> None:
    with serving(Told(code=StatusCode.ALREADY_EXISTS)) as server:
        add(server)


@pytest.mark.parametrize("code", ["ABORTED", "UNAVAILABLE", "NOT_FOUND"])
def test_any_other_refusal_of_a_task_is_told_once(code: str) -> None:
    with serving(Told(code=StatusCode[code]), TAKEN) as server:
        with pytest.raises(grpc.RpcError):
            add(server)
        assert len(server.heard) == 1


def test_a_message_is_published_with_its_attributes() -> None:
    with serving(PUBLISHED) as server:
        PubSub("demo-p", server.address).publish("sms-received", b"{}", {"event_id": "e-1"})
        (heard,) = server.heard
    request = PublishRequest.FromString(heard.request)
    assert request.topic == "projects/demo-p/topics/sms-received"
    assert [(one.data, dict(one.attributes)) for one in request.messages] == [(b"{}", {"event_id": "e-1"})]


def test_a_message_is_offered_again_while_pubsub_is_away() -> None:
    with serving(Told(code=StatusCode.UNAVAILABLE), PUBLISHED) as server:
        PubSub("demo-p", server.address).publish("sms-received", b"{}", {})
        assert len(server.heard) == 2


def test_a_message_to_a_topic_that_is_not_there_is_told() -> None:
    with serving(Told(code=StatusCode.NOT_FOUND)) as server, pytest.raises(grpc.RpcError):
        PubSub("demo-p", server.address).publish("sms-received", b"{}", {})
