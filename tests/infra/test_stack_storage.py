"""What we lean on in Cloud Storage's stand-in (docs/adr/0002-storage-emulator.md)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import requests

from infra.local.stack.cloud import private_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.storage_part import TOPIC
from infra.local.stack.supervisor import Supervisor
from tests.infra.waiting import until

pytestmark = pytest.mark.emulator

RACERS = 10


@pytest.fixture(scope="module")
def cloud() -> Iterator[Supervisor]:
    with private_cloud(without_our_own(), only=["pubsub", "storage"]) as running:
        yield running


@pytest.fixture
def bucket(cloud: Supervisor, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    from google.cloud.storage import Client

    monkeypatch.setenv("STORAGE_EMULATOR_HOST", cloud.setting.env["STORAGE_EMULATOR_HOST"])
    name = request.node.name.replace("_", "-")[-40:].strip("-")
    return Client(project="demo-visita").create_bucket(name)


def test_of_all_who_create_an_object_at_once_one_wins(bucket: Any) -> None:
    from google.api_core.exceptions import PreconditionFailed

    won: list[int] = []
    together = threading.Barrier(RACERS)

    def create(number: int) -> None:
        together.wait()
        try:
            bucket.blob("scan.pdf").upload_from_string(str(number), if_generation_match=0)
        except PreconditionFailed:
            return
        won.append(number)

    racers = [threading.Thread(target=create, args=(number,)) for number in range(RACERS)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert bucket.blob("scan.pdf").download_as_bytes() == str(*won).encode()


def test_a_large_file_arrives_in_pieces(bucket: Any) -> None:
    content = bytes(range(256)) * 4096 * 3
    bucket.blob("scan.pdf", chunk_size=1 << 20).upload_from_file(
        BytesIO(content), content_type="application/pdf"
    )

    kept = bucket.get_blob("scan.pdf")

    assert (kept.size, kept.content_type) == (len(content), "application/pdf")
    assert kept.download_as_bytes() == content


def test_a_browser_uploads_and_reads_by_signed_address(bucket: Any, cloud: Supervisor) -> None:
    def address(method: str, **more: str) -> str:
        host = cloud.setting.env["STORAGE_EMULATOR_HOST"]
        return str(
            bucket.blob("photo.jpg").generate_signed_url(
                version="v4",
                expiration=timedelta(minutes=5),
                method=method,
                credentials=throwaway_signer(),
                api_access_endpoint=host,
                **more,
            )
        )

    put = requests.put(
        address("PUT", content_type="image/jpeg"), data=b"photo", headers={"Content-Type": "image/jpeg"}
    )

    assert put.ok
    read = requests.get(address("GET"))
    assert (read.content, read.headers["Content-Type"]) == (b"photo", "image/jpeg")


def test_a_finished_upload_is_told_to_pubsub(bucket: Any, cloud: Supervisor) -> None:
    project = f"http://{cloud.setting.env['PUBSUB_EMULATOR_HOST']}/v1/projects/{cloud.setting.project}"
    topic = f"projects/{cloud.setting.project}/topics/{TOPIC}"
    assert requests.put(f"{project}/subscriptions/uploads", json={"topic": topic}).ok

    bucket.blob("scan.pdf").upload_from_string("scan", content_type="application/pdf")

    told: list[dict[str, str]] = []

    def pull() -> object:
        answer = requests.post(f"{project}/subscriptions/uploads:pull", json={"maxMessages": 10}).json()
        told.extend(one["message"]["attributes"] for one in answer.get("receivedMessages", []))
        return told

    until(pull)
    assert (told[0]["eventType"], told[0]["objectId"], told[0]["payloadFormat"]) == (
        "OBJECT_FINALIZE",
        "scan.pdf",
        "JSON_API_V1",
    )


def throwaway_signer() -> Any:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from google.oauth2.service_account import Credentials

    load: Any = Credentials.from_service_account_info  # it ships half its types

    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return load(
        {
            "type": "service_account",
            "private_key": key.decode(),
            "client_email": "local@demo-visita.iam.gserviceaccount.com",
            "token_uri": "http://127.0.0.1/none",
        }
    )
