"""What an instance has measured when it ends is not lost with it."""

import json
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import requests

from tests.infra.processes import free_port
from tests.infra.waiting import until

ROOT = Path(__file__).parents[3]
ENDS_SECONDS_MAX = 15


class Collector(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        Collector.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def test_an_instance_that_is_told_to_end_sends_what_waits() -> None:
    """As Cloud Run ends one: SIGTERM to the framework, after a single call."""
    collector = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=collector.serve_forever, daemon=True).start()
    port = free_port()
    env = {
        **os.environ,
        "VISITA_STORE": "memory",
        "VISITA_TRACE_URL": f"http://127.0.0.1:{collector.server_port}/v1/traces",
        "VISITA_TRACE_SHARE": "1",
    }
    words = ["functions_framework", "--target", "platform__health", "--port", str(port)]
    instance = subprocess.Popen([sys.executable, "-m", *words], env=env, cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}/v1/health"
        until(lambda: answers(url))
        assert Collector.heard == []
        instance.send_signal(signal.SIGTERM)
        instance.wait(ENDS_SECONDS_MAX)
    finally:
        instance.kill()
        instance.wait()
        collector.shutdown()
        collector.server_close()
    (heard,) = Collector.heard
    names = [one["name"] for one in heard["resourceSpans"][0]["scopeSpans"][0]["spans"]]
    assert names == ["platform__health"]
