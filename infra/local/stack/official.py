"""Finds Java and Google's own emulators on this machine, and says how to get them."""

import functools
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

FIRESTORE_MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore"

_FIRESTORE_PATTERNS = (
    "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar",
    "emulators/cloud-firestore-emulator-*.jar",
)
_PUBSUB_PATTERNS = (
    "platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar",
    "emulators/pubsub-emulator-*/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar",
)


@functools.cache
def java() -> Path | None:
    """macOS has a /usr/bin/java that only opens a dialog: we ask for the version to be sure."""
    home = os.environ.get("JAVA_HOME")
    for found in (shutil.which("java", path=f"{home}/bin") if home else None, shutil.which("java")):
        if found and subprocess.run([found, "-version"], capture_output=True).returncode == 0:
            return Path(found)
    return None


@functools.cache
def firestore_jar() -> Path | None:
    return _newest(_FIRESTORE_PATTERNS)


@functools.cache
def pubsub_jar() -> Path | None:
    return _newest(_PUBSUB_PATTERNS)


def what_is_missing() -> str | None:
    """One phrase, or None when both official emulators can run here."""
    missing = [
        word
        for word, found in (
            ("Java", java()),
            ("the Firestore emulator", firestore_jar()),
            ("the Pub/Sub emulator", pubsub_jar()),
        )
        if not found
    ]
    return " and ".join(missing) or None


def remedy() -> str:
    """The exact commands for this system; the other systems' too, for who reads a log elsewhere."""
    everywhere = {
        "Debian, Ubuntu": (
            "sudo apt-get install default-jre-headless\n"
            "    and, from Google's package source (https://cloud.google.com/sdk/docs/install#deb):\n"
            "    sudo apt-get install google-cloud-cli-firestore-emulator google-cloud-cli-pubsub-emulator"
        ),
        "macOS": (
            "brew install openjdk && brew install --cask gcloud-cli\n"
            "    gcloud components install cloud-firestore-emulator pubsub-emulator"
        ),
        "others": (
            "install a Java runtime (11 or newer) and https://cloud.google.com/sdk/docs/install, then\n"
            "    gcloud components install cloud-firestore-emulator pubsub-emulator"
        ),
    }
    here = _system_name()
    ordered = sorted(everywhere.items(), key=lambda item: item[0] != here)
    return "\n".join(f"  {name}:\n    {commands}" for name, commands in ordered)


def _system_name() -> str:
    if platform.system() == "Darwin":
        return "macOS"
    return "Debian, Ubuntu" if Path("/etc/debian_version").exists() else "others"


def _newest(patterns: tuple[str, ...]) -> Path | None:
    """The first place that has one; in it, the highest version by name."""
    for place in _places():
        for pattern in patterns:
            found = sorted(place.glob(pattern))
            if found:
                return found[-1]
    return None


def _places() -> Iterator[Path]:
    """Where SDKs lie, the quick guesses first: asking gcloud itself costs a second."""
    yield Path("/usr/lib/google-cloud-sdk")
    yield Path.home() / "google-cloud-sdk"
    yield Path.home() / ".cache" / "firebase"
    gcloud = shutil.which("gcloud")
    if not gcloud:
        return
    yield Path(gcloud).resolve().parents[1]
    asked = subprocess.run(
        [gcloud, "info", "--format=value(installation.sdk_root)"], capture_output=True, text=True
    )
    if asked.returncode == 0 and asked.stdout.strip():
        yield Path(asked.stdout.strip())
