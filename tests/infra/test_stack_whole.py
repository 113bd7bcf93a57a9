"""The whole local cloud, every part as its own process, spoken to from outside."""

import base64
import socket
from collections.abc import Iterator

import pytest
import requests

from infra.local.declarations import read_topics
from infra.local.stack.cloud import private_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.parts import PARTS
from infra.local.stack.supervisor import State, Supervisor
from infra.local.surroundings import declarations_from
from tests.infra.waiting import until

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def cloud() -> Iterator[Supervisor]:
    with private_cloud(without_our_own()) as running:
        yield running


def test_every_part_is_there_and_answers(cloud: Supervisor) -> None:
    assert {one.part.name: one.state for one in cloud.look()} == {part.name: State.RUNNING for part in PARTS}


def own_address() -> str:
    """An address of this machine that others could reach; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address
        except OSError:
            pytest.skip("this machine has no network")
        return str(probe.getsockname()[0])


def test_no_part_can_be_reached_from_another_machine(cloud: Supervisor) -> None:
    here = own_address()

    reached = []
    for name, port in cloud.setting.ports.items():
        with socket.socket() as caller:
            if caller.connect_ex((here, port)) == 0:
                reached.append(name)

    assert reached == []


def test_a_message_reaches_its_function_with_the_proof_of_pubsub(cloud: Supervisor) -> None:
    entry_point, topic = next(iter(read_topics(declarations_from(cloud.setting.env)).items()))
    project = f"http://{cloud.setting.env['PUBSUB_EMULATOR_HOST']}/v1/projects/{cloud.setting.project}"
    nonsense = {"messages": [{"data": base64.b64encode(b"{}").decode()}]}

    assert requests.post(f"{project}/topics/{topic}:publish", json=nonsense).ok

    log = cloud.setting.places.log_of("gateway")
    # 422 is said by the function itself, after it has believed the token: else it would be 401 or 403.
    until(lambda: f"POST /_push/{entry_point} 422" in log.read_text())


def test_nobody_poses_as_pubsub_from_outside(cloud: Supervisor) -> None:
    entry_point = next(iter(read_topics(declarations_from(cloud.setting.env))))

    answer = requests.post(f"{cloud.setting.env['VISITA_PUBLIC_URL']}/_topics/{entry_point}", json={})

    assert answer.status_code == 401


def test_the_api_page_is_served(cloud: Supervisor) -> None:
    page = requests.get(f"{cloud.setting.env['VISITA_PUBLIC_URL']}/docs")

    assert page.ok
    assert "/v1/house-visits" in page.text
