"""Pushes of the Pub/Sub emulator, with the identity token that it does not send itself.

The emulator pushes to /_push/<entry_point>; from there the body goes on unchanged to
/_topics/<entry_point>, as if the service account of Pub/Sub in production had sent it.
`python -m infra.local.pubsub_push` declares the topics and subscriptions of all functions.
"""

import os
import re
from collections.abc import Iterable, Mapping
from http.client import responses
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from infra.local.declarations import announced_topics, read_topics
from infra.local.local_key import LocalKey, service_account
from infra.local.surroundings import declarations_from, project_from, public_url_from

PUSH_PATH = "/_push/"
BODY_BYTES_MAX = 20 * 1024 * 1024
"""A message holds at most 10 MB; base64 and the envelope come on top."""
ANSWER_SECONDS_MAX = 600.0
"""The longest ack deadline there is."""
CONNECTIONS_MAX = 64

_TARGET = re.compile(re.escape(PUSH_PATH) + r"([a-z][a-z0-9_]*)")
_POOL = urllib3.PoolManager(retries=False, maxsize=CONNECTIONS_MAX)


def make_push_app(public_url: str, key: LocalKey, project: str) -> WSGIApplication:
    """To be mounted where PUSH_PATH arrives.

    Mounted in the very server that it calls, each push holds two threads; the emulator pushes two
    messages of a subscription at once, so four threads for each subscription are enough.
    """
    return PushProxy(public_url, key, project)


class PushProxy:
    """A WSGI application: answers with the status that the function answered with."""

    def __init__(self, public_url: str, key: LocalKey, project: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._key = key
        self._email = service_account("pubsub", project)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status = self._status(environ)
        # Pub/Sub reads nothing but the status.
        start_response(f"{status} {responses.get(status, 'Unknown')}", [("Content-Length", "0")])
        return []

    def _status(self, environ: WSGIEnvironment) -> int:
        target = _TARGET.fullmatch(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""))
        if target is None:
            return 404
        if environ["REQUEST_METHOD"] != "POST":
            return 405
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > BODY_BYTES_MAX:
            return 413
        return self._forward(
            f"{self._public_url}/_topics/{target[1]}",
            environ["wsgi.input"].read(length),
            environ.get("CONTENT_TYPE", ""),
        )

    def _forward(self, url: str, body: bytes, content_type: str) -> int:
        headers = {
            "Authorization": f"Bearer {self._key.token(url, self._email)}",
            "Connection": "close",
            "Content-Type": content_type,
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
        }
        try:
            timeout = urllib3.Timeout(total=ANSWER_SECONDS_MAX)
            return _POOL.request(
                "POST", url, body=body, headers=headers, timeout=timeout, redirect=False
            ).status
        except ReadTimeoutError:
            return 504
        except HTTPError:
            return 502


def declare(project: str, topics: Mapping[str, str], public_url: str, announced: Iterable[str] = ()) -> None:
    """Makes sure that each entry point is pushed the messages of its topic; may be repeated.

    `announced` are topics to which nobody may listen yet. Raises RuntimeError without
    PUBSUB_EMULATOR_HOST: this must never touch a real project.
    """
    if not os.environ.get("PUBSUB_EMULATOR_HOST"):
        raise RuntimeError("PUBSUB_EMULATOR_HOST is not set")
    from infra.local.pubsub_wiring import Wiring  # the client library costs a quarter of a second

    with Wiring(project) as wiring:
        for topic in sorted({*topics.values(), *announced}):
            wiring.make_topic(topic)
        for entry_point, topic in topics.items():
            wiring.make_push(subscription_id(entry_point), topic, public_url + PUSH_PATH + entry_point)


def subscription_id(entry_point: str) -> str:
    return entry_point.replace("__", "-")


def main() -> None:
    file = declarations_from(os.environ)
    topics = read_topics(file)
    declare(project_from(os.environ), topics, public_url_from(os.environ), announced_topics(file))
    print(f"{len(topics)} push subscriptions declared", flush=True)


if __name__ == "__main__":
    main()
