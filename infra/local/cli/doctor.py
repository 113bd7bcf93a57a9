"""doctor, pins: what this machine has and lacks for the local cloud, and how to get it."""

import argparse
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.stack import auth_part, official
from infra.local.stack.part import Refused
from infra.local.stack.places import ROOT
from infra.local.stack.ports import DEFAULT_PORTS, is_free
from infra.local.stack.who_listens import pid_listening_on

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


@dataclass(frozen=True)
class Finding:
    name: str
    found: str
    """Empty when it is not there."""
    is_needed: bool
    why: str


def add_to(commands: "Commands") -> None:
    words = commands.add_parser("doctor", help="what this machine has, lacks, and how to get it")
    words.add_argument("--install-firebase", action="store_true", help="Google's own Auth emulator, 312 MB")
    words.set_defaults(command=doctor)
    words = commands.add_parser("pins", help="pin what requirements*.in say, with hashes")
    words.add_argument("--upgrade", action="store_true", help="to the newest versions")
    words.set_defaults(command=pins)


def doctor(arguments: argparse.Namespace) -> int:
    if arguments.install_firebase:
        install_firebase()
    findings = _findings()
    for one in findings:
        mark, style = ("ok", "green") if one.found else ("--", "red" if one.is_needed else "yellow")
        show.line(f"{mark}  {one.name:<22} {one.found or one.why}", style)
    lacking = [one for one in findings if one.is_needed and not one.found]
    if lacking:
        show.line(f"\nTo get {official.what_is_missing() or lacking[0].name}:\n{official.remedy()}")
    for name, port in DEFAULT_PORTS.items():
        if not is_free(port):
            show.line(f"     {name} {port} is in use by process {pid_listening_on(port) or '?'}", "dim")
    return 1 if lacking else 0


def install_firebase() -> None:
    """`npm ci` from our lock file. Raises Refused."""
    npm = shutil.which("npm")
    if npm is None:
        raise Refused("the official Firebase Auth emulator needs Node 20 or newer: https://nodejs.org")
    if auth_part.installed_tool():
        return
    show.line("Installing Google's Firebase Auth emulator (312 MB, some minutes, once) ...")
    auth_part.INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(auth_part.PINS / name, auth_part.INSTALLED / name)
    done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=auth_part.INSTALLED)
    if done.returncode or not auth_part.installed_tool():
        raise Refused("npm could not install it; the lines above say why")


def pins(arguments: argparse.Namespace) -> int:
    """The newer lock takes effect with the next command: emulator.sh installs what has changed."""
    for name in ("requirements", "requirements-dev"):
        command = ["uv", "pip", "compile", "--generate-hashes", "--no-header", "--universal", "--quiet"]
        command += ["--python-version", "3.11", f"{name}.in", "-o", f"{name}.txt"]
        command += ["--upgrade"] if arguments.upgrade else []
        code = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, stdout=subprocess.DEVNULL
        ).returncode
        if code:
            return code
    return 0


def _findings() -> list[Finding]:
    embedded = "without it: embedded mode, data in memory only"
    return [
        Finding("Python", platform.python_version(), True, ""),
        Finding("Java", _line_of([str(official.java()), "-version"], official.java), True, embedded),
        Finding("Firestore emulator", str(official.firestore_jar() or ""), True, embedded),
        Finding("Pub/Sub emulator", str(official.pubsub_jar() or ""), True, embedded),
        Finding("Node", _line_of(["node", "--version"], lambda: shutil.which("node")), False, "not needed"),
        Finding(
            "Firebase Auth emulator",
            str(auth_part.installed_tool() or ""),
            False,
            "our twin is used; for Google's own: ./emulator.sh doctor --install-firebase",
        ),
        Finding("Chromium", _browser(), False, "browser tests are skipped: sudo apt-get install chromium"),
        Finding("Terraform", shutil.which("terraform") or "", False, "deployment is not checked"),
    ]


def _browser() -> str:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def _line_of(words: list[str], is_there: Callable[[], object]) -> str:
    if not is_there():
        return ""
    said = subprocess.run(words, capture_output=True, text=True)
    return (said.stdout or said.stderr).splitlines()[0]
