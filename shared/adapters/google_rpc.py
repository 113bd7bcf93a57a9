"""Calls to Google's services by gRPC: a channel with its credentials, and methods on it.

The messages are those of Google's client libraries (google_messages.py); the clients themselves are not
loaded, because they are half of a cold start. Nothing is tried twice, but for the methods that a channel is
told to.
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import grpc

from shared.adapters.google_token import own_account

ANY_SIZE = -1
KEEPALIVE_MS = 30_000
RECONNECT_MS, RECONNECT_MS_MAX = 100, 2_000
"""gRPC would wait for a second, and then up to two minutes, before it looks again for a service that was
away. Meanwhile every call fails."""
TRIES = 4
FIRST_PAUSE, LONGEST_PAUSE = "0.1s", "1s"


def channel_to(service: str, emulator: str, tried_again: Sequence[str] = ()) -> grpc.Channel:
    """`emulator`: host and port in the local cloud; empty means Google's.

    `tried_again`: methods as `package.Service/Method` that change nothing, or may happen twice. gRPC repeats
    them within the deadline of the call, and never once an answer has begun.
    """
    options = [
        ("grpc.max_send_message_length", ANY_SIZE),
        ("grpc.max_receive_message_length", ANY_SIZE),
        ("grpc.keepalive_time_ms", KEEPALIVE_MS),
        ("grpc.initial_reconnect_backoff_ms", RECONNECT_MS),
        ("grpc.max_reconnect_backoff_ms", RECONNECT_MS_MAX),
        ("grpc.service_config", json.dumps(_repeating(tried_again))),
    ]
    if emulator:
        return grpc.insecure_channel(emulator, options)
    return grpc.secure_channel(f"{service}:443", own_account(), options)


def one_to_one(channel: grpc.Channel, method: str, asked: Any, answer: Any) -> Any:
    """A method as something to call; `asked` and `answer` are classes of messages."""
    return channel.unary_unary(f"/{method}", asked.SerializeToString, answer.FromString)


def one_to_many(channel: grpc.Channel, method: str, asked: Any, answer: Any) -> Any:
    """The same for a method that answers with a stream."""
    return channel.unary_stream(f"/{method}", asked.SerializeToString, answer.FromString)


def routed_by(field: str, value: str) -> tuple[str, str]:
    """The header by which Google finds the place where the thing lives."""
    return "x-goog-request-params", f"{field}={quote(value)}"


def _repeating(methods: Sequence[str]) -> dict[str, Any]:
    if not methods:
        return {}
    names = [method.split("/") for method in methods]
    policy = {
        "maxAttempts": TRIES,
        "initialBackoff": FIRST_PAUSE,
        "maxBackoff": LONGEST_PAUSE,
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE", "INTERNAL"],
    }
    named = [{"service": service, "method": method} for service, method in names]
    return {"methodConfig": [{"name": named, "retryPolicy": policy}]}
