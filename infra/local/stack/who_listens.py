"""Finds out which process listens on a port, so that a refusal can name it."""

import shutil
import subprocess
from pathlib import Path

LISTEN = "0A"
"""The state of a listening socket in /proc/net/tcp."""


def pid_listening_on(port: int) -> int | None:
    """None when nobody listens or when the system does not let us see who."""
    if Path("/proc/net/tcp").exists():
        return _owner_of(_listening_inodes(port))
    return _ask_lsof(port)


def _listening_inodes(port: int) -> set[str]:
    wanted = f":{port:04X}"
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[1].endswith(wanted) and fields[3] == LISTEN:
                inodes.add(f"socket:[{fields[9]}]")
    return inodes


def _owner_of(inodes: set[str]) -> int | None:
    if not inodes:
        return None
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(descriptor.readlink()) in inodes:
                return int(descriptor.parts[2])
        except OSError:  # it ended while we looked, or is not ours to see
            continue
    return None


def _ask_lsof(port: int) -> int | None:
    lsof = shutil.which("lsof")
    if not lsof:
        return None
    found = subprocess.run([lsof, "-t", f"-iTCP:{port}", "-sTCP:LISTEN"], capture_output=True, text=True)
    first = found.stdout.split()[:1]
    return int(first[0]) if first else None
