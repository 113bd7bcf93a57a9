"""Declares topics and their push subscriptions in the Pub/Sub emulator, as Terraform does in production."""

from collections.abc import Mapping

import requests

from infra.local.pubsub_push import PUSH_PATH

ACK_SECONDS = 60
"""Longer than any function of ours may run, so that a slow one is not told twice."""
RETRY = {"minimumBackoff": "1s", "maximumBackoff": "10s"}
"""Quicker than in production: here somebody watches."""
ANSWER_SECONDS_MAX = 10
EXISTS = 409


def declare_topics(emulator: str, project: str, topics: Mapping[str, str], public_url: str) -> None:
    """`topics` is entry point to topic; each entry point gets a subscription of its own name.

    May be repeated: what is there already is pointed at `public_url`.
    """
    base = f"http://{emulator}/v1/projects/{project}"
    for topic in sorted(set(topics.values())):
        _put(f"{base}/topics/{topic}", {})
    for entry_point, topic in topics.items():
        push = {"pushEndpoint": f"{public_url.rstrip('/')}{PUSH_PATH}{entry_point}"}
        wanted = {
            "topic": f"projects/{project}/topics/{topic}",
            "pushConfig": push,
            "ackDeadlineSeconds": ACK_SECONDS,
            "retryPolicy": RETRY,
        }
        subscription = f"{base}/subscriptions/{entry_point}"
        if not _put(subscription, wanted):
            _ask("POST", f"{subscription}:modifyPushConfig", {"pushConfig": push})


def _put(url: str, wanted: Mapping[str, object]) -> bool:
    """False when it was there already."""
    return _ask("PUT", url, wanted, allowed=(EXISTS,)).status_code != EXISTS


def _ask(
    method: str, url: str, body: Mapping[str, object], allowed: tuple[int, ...] = ()
) -> requests.Response:
    answer = requests.request(method, url, json=body, timeout=ANSWER_SECONDS_MAX)
    if answer.status_code not in allowed:
        answer.raise_for_status()
    return answer
