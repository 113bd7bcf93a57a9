"""Google's signing certificates, kept for an hour: verifying a task must not cost a request each time."""

import time
from typing import Any

LIFE_SECONDS = 3600.0


class CachedCerts:
    """Wraps a google.auth transport; only answers with status 200 are kept."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._kept: dict[str, tuple[float, Any]] = {}

    def __call__(self, url: str, method: str = "GET", **options: Any) -> Any:
        kept = self._kept.get(url)
        if kept and kept[0] > time.monotonic():
            return kept[1]
        answer = self._transport(url, method=method, **options)
        if answer.status == 200:
            self._kept[url] = (time.monotonic() + LIFE_SECONDS, answer)
        return answer
