"""The words in which the tests of Pub/Sub pushes speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from infra.local.pubsub_push import make_push_app
from infra.local.web_server import WebServer
from tests.infra.receiver import Receiver
from tests.infra.tasks_world import a_key

READ_REPLY = "house_visits__read_reply"
BODY = b'{"message": {"data": "eyJ9"},  "subscription": "s"}'


@dataclass(frozen=True)
class PushWorld:
    """The proxy in a server of its own, and a receiver in the place of the functions."""

    proxy: WebServer
    functions: Receiver

    def push(self, path: str, body: bytes = BODY, method: str = "POST") -> int:
        headers = {"Content-Type": "application/json"}
        return requests.request(
            method, self.proxy.url + path, data=body, headers=headers, timeout=15
        ).status_code


@contextmanager
def push_world() -> Iterator[PushWorld]:
    functions = Receiver()
    functions.start()
    proxy = WebServer(make_push_app(functions.url, a_key(), "demo-visita"))
    proxy.start()
    yield PushWorld(proxy, functions)
    proxy.stop()
    functions.stop()
