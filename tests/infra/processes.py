"""Runs a part of the local cloud as a process of its own, and ends it whatever happens."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import requests

from infra.local.stack.ports import any_free_ports

READY_SECONDS_MAX = 30.0


@contextmanager
def a_process(module: str, env: Mapping[str, str], ready_url: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", module], env=env)
    try:
        wait_until_ready(process, ready_url)
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], url: str) -> None:
    give_up = time.monotonic() + READY_SECONDS_MAX
    while process.poll() is None and time.monotonic() < give_up:
        try:
            assert requests.get(url, timeout=2).json() == {"status": "ok"}
        except requests.ConnectionError:
            time.sleep(0.05)  # a process has no event to wait for
        else:
            return
    raise AssertionError(f"{url} never answered")


def free_port() -> int:
    return any_free_ports()["PORT_GATEWAY"]
