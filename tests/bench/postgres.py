"""A PostgreSQL of our own while a comparison lasts: private folder, free loopback port, no traces."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any, Final

from tests.bench.libpq import Connection, is_installed

APT: Final = "apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3"
INSTALLED: Final = Path("/usr/lib/postgresql/15/bin")
POSTGIS: Final = Path("/usr/share/postgresql/15/extension/postgis.control")
UNPRIVILEGED: Final = "postgres"  # initdb refuses root; the package brings this user
START_ROUNDS_MAX: Final = 100
START_PAUSE_SECONDS: Final = 0.1
STOPS_WITHIN_SECONDS: Final = 15.0
SETTINGS: Final = ("fsync=off", "shared_buffers=256MB", "jit=off", "listen_addresses=127.0.0.1")


class NotInstalled(Exception):
    """PostgreSQL with PostGIS is not here."""


@contextmanager
def private_server() -> Iterator[Connection]:
    """Raises NotInstalled, with what to install."""
    if not (INSTALLED / "initdb").is_file() or not POSTGIS.is_file() or not is_installed():
        raise NotInstalled(f"no PostgreSQL with PostGIS here: {APT}")
    folder = Path(tempfile.mkdtemp(prefix="postgis-bench-"))
    try:
        with _running(folder, _free_port()) as connection:
            yield connection
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, port: int) -> Iterator[Connection]:
    silent: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
        silent["user"] = UNPRIVILEGED
    data = ["-D", str(folder / "data")]
    initdb = [str(INSTALLED / "initdb"), *data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, **silent)
    settings = [word for one in (*SETTINGS, f"unix_socket_directories={folder}") for word in ("-c", one)]
    server = subprocess.Popen([str(INSTALLED / "postgres"), *data, "-p", str(port), *settings], **silent)
    try:
        connection = _connected(f"host=127.0.0.1 port={port} user=bench dbname=postgres")
        yield connection
        connection.close()
    finally:
        server.send_signal(signal.SIGINT)  # the fast shutdown
        server.wait(STOPS_WITHIN_SECONDS)


def _connected(where: str) -> Connection:
    for _ in range(START_ROUNDS_MAX):
        try:
            return Connection(where)
        except ConnectionError:
            sleep(START_PAUSE_SECONDS)
    return Connection(where)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
