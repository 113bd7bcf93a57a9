"""Spans to a collector by OTLP over HTTP, as JSON; to Google's with the token of our own account.

The SDK and its exporter do the same for two hundred modules. A batch goes out when it is full or old, from
the call that fills it: a function must not work after its answer. What waits when the instance ends goes out
then: Cloud Run says SIGTERM and gives it ten seconds, so a function that is called once an hour is seen too.
What cannot be sent is dropped.
"""

import atexit
import json
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

BATCH: Final = 20
OLD_SECONDS: Final = 5.0
TIMEOUT_SECONDS: Final = 2.0
GOOGLE: Final = "telemetry.googleapis.com"
KINDS: Final = {"server": 2, "client": 3, "producer": 4, "consumer": 5}
FAILED: Final = 2


class OtlpSpans:
    """`url` is the collector's, with its path: .../v1/traces."""

    def __init__(self, url: str, project: str, release: str) -> None:
        self._url = urlsplit(url)
        self._project, self._release = project, release
        self._lock = Lock()
        self._waiting: list[Any] = []
        self._since = time.monotonic()
        atexit.register(self.flush)

    def add(self, span: Any) -> None:
        with self._lock:
            self._waiting.append(span)
            is_old = time.monotonic() - self._since > OLD_SECONDS
            if len(self._waiting) < BATCH and not is_old:
                return
            batch, self._waiting, self._since = self._waiting, [], time.monotonic()
        self._send(batch)

    def flush(self) -> None:
        """Send what waits."""
        with self._lock:
            batch, self._waiting = self._waiting, []
        if batch:
            self._send(batch)

    def _send(self, batch: list[Any]) -> None:
        try:
            connection = self._connected()
            try:
                connection.request("POST", self._url.path, self._body(batch), self._headers())
                connection.getresponse().read()
            finally:
                connection.close()
        except (OSError, HTTPException, ValueError, KeyError):
            return  # how long something took is not worth failing for

    def _connected(self) -> HTTPConnection:
        host = self._url.netloc
        if self._url.scheme == "http":
            return HTTPConnection(host, timeout=TIMEOUT_SECONDS)
        return HTTPSConnection(host, timeout=TIMEOUT_SECONDS)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self._url.hostname == GOOGLE:
            headers |= {"Authorization": f"Bearer {_own_token()}", "X-Goog-User-Project": self._project}
        return headers

    def _body(self, batch: list[Any]) -> bytes:
        about = {"service.name": "visita", "service.version": self._release, "gcp.project_id": self._project}
        told = {
            "resource": {"attributes": _attributes(about)},
            "scopeSpans": [{"scope": {"name": "visita"}, "spans": [_span(one) for one in batch]}],
        }
        return json.dumps({"resourceSpans": [told]}).encode()


_token: Any = None


def _own_token() -> str:
    global _token
    if _token is None:
        from shared.adapters.google_token import HOST, MetadataToken

        _token = MetadataToken(HOST)
    return str(_token.bearer())


def _span(one: Any) -> dict[str, Any]:
    facts: dict[str, str | int] = {"code.function": one.name}
    if one.status:
        facts["http.response.status_code"] = one.status
    if one.links:
        facts["visita.linked_traces"] = ",".join(dict.fromkeys(other.trace for other in one.links))
    return {
        "traceId": one.trace,
        "spanId": one.id,
        **({"parentSpanId": one.parent} if one.parent else {}),
        "name": one.name,
        "kind": KINDS[one.kind],
        "startTimeUnixNano": str(one.began),
        "endTimeUnixNano": str(one.ended),
        "attributes": _attributes(facts),
        "links": [{"traceId": other.trace, "spanId": other.span} for other in one.links if other.span],
        "status": {"code": FAILED} if one.failed else {},
    }


def _attributes(facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value},
        }
        for key, value in facts.items()
    ]
