"""One bounded HTTP exchange with the customer's systems: no retries, no redirects, one deadline."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

import requests
from requests.exceptions import ConnectTimeout, RequestException
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

CONNECT_SECONDS: Final = 3.0
ANSWER_SECONDS: Final = 10.0
BODY_BYTES_MAX: Final = 8_000_000
CHUNK_BYTES: Final = 65_536


class NothingSent(Exception):
    """No connection: the other side has not heard of it."""


class NoAnswer(Exception):
    """Sent, perhaps, but no whole answer came back."""


@dataclass(frozen=True)
class Answer:
    """`body` is None where it is not a JSON object."""

    status: int
    body: Mapping[str, Any] | None

    @property
    def code(self) -> str:
        """The port's word for a refusal; "" when somebody else, such as a proxy, is speaking."""
        told = (self.body or {}).get("code")
        return told if isinstance(told, str) else ""


class CustomerWire:
    """Speaks to one base URL with our key. The key goes nowhere else: redirects are not followed."""

    def __init__(self, base_url: str, api_key: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._base_url = base_url.rstrip("/")
        # Not compressed: a few kilobytes could unfold into gigabytes.
        plain = {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
        self._headers = {**plain, "X-Api-Key": api_key}
        self._answer_seconds = answer_seconds

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        return self._exchange("GET", path, params=query)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        return self._exchange("POST", path, json=body, headers=headers)

    def _exchange(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **said: Any
    ) -> Answer:
        """A connection of its own for each call: a kept one may be dead, and a POST is not repeated."""
        deadline = monotonic() + self._answer_seconds
        try:
            with requests.request(
                method,
                self._base_url + path,
                headers={**self._headers, **(headers or {})},
                timeout=(min(CONNECT_SECONDS, self._answer_seconds), self._answer_seconds),
                allow_redirects=False,
                stream=True,
                **said,
            ) as response:
                return Answer(response.status_code, _json_object(_body(response, deadline)))
        except (RequestException, HTTPError) as trouble:
            raise (NothingSent if _never_left(trouble) else NoAnswer)(type(trouble).__name__) from None


def _body(response: requests.Response, deadline: float) -> bytes:
    """The whole body. A server that drips is cut off at the deadline, one that floods at the limit."""
    body = b""
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=False):  # what is there, not what may come
        body += chunk
        if len(body) > BODY_BYTES_MAX or monotonic() > deadline:
            raise NoAnswer("too long")
    return body


def _json_object(body: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _never_left(trouble: Exception) -> bool:
    if isinstance(trouble, ConnectTimeout):
        return True
    cause = trouble.args[0] if trouble.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
