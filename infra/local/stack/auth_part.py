"""Firebase Auth: Google's own emulator when its Node tools are installed, else our twin.

VISITA_AUTH=official|twin|auto; auto takes what is there. Installing the official one takes minutes
and 312 MB, so only `up --with-firebase` and `doctor --install-firebase` do it.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from infra.local.stack.part import Absent, Refused, Setting
from infra.local.stack.places import ROOT
from infra.local.stack.ports import any_free_ports

PINS = ROOT / "infra" / "local" / "auth"
"""Where package.json and package-lock.json are."""
INSTALLED = ROOT / ".emulator" / "node"
"""They belong to the project, not to one running local cloud."""
READY_SECONDS_MAX = 120.0
"""The official one takes ten seconds, and much longer when its 19,000 files are not cached."""


def command(setting: Setting) -> list[str]:
    if not _use_official(setting):
        return [sys.executable, "-u", "-m", "infra.local.auth"]
    tool = installed_tool()
    if tool is None:
        raise Absent("the official emulator is not installed: ./emulator.sh doctor --install-firebase")
    return [
        *(str(shutil.which("node")), str(tool), "emulators:start", "--only", "auth"),
        *("--project", setting.project, "--config", str(_config_file(setting))),
    ]


def prepare(setting: Setting) -> None:
    """The official emulator takes its ports from a file, those of its side servers too."""
    if not _use_official(setting):
        return
    hub, logging, *_ = any_free_ports().values()
    emulators = {
        "auth": {"host": "127.0.0.1", "port": setting.ports["PORT_AUTH"]},
        "hub": {"host": "127.0.0.1", "port": hub},
        "logging": {"host": "127.0.0.1", "port": logging},
        "ui": {"enabled": False},
        "singleProjectMode": False,
    }
    _config_file(setting).write_text(json.dumps({"emulators": emulators}, indent=2))


def note(setting: Setting) -> str:
    if _use_official(setting):
        return "Google's own Firebase Auth emulator"
    return "our twin; Google's own: up --with-firebase"


def choice(environ: Mapping[str, str]) -> str:
    """official or twin, `auto` resolved."""
    wish = environ.get("VISITA_AUTH", "auto")
    if wish not in ("official", "twin", "auto"):
        raise Refused(f"VISITA_AUTH={wish}: say official, twin or auto")
    if wish == "auto":
        return "official" if installed_tool() else "twin"
    return wish


def _use_official(setting: Setting) -> bool:
    return setting.env["VISITA_AUTH"] == "official"


def installed_tool() -> Path | None:
    """None unless Node and the Firebase tools are both there."""
    tool = INSTALLED / "node_modules" / "firebase-tools" / "lib" / "bin" / "firebase.js"
    return tool if tool.exists() and shutil.which("node") else None


def _config_file(setting: Setting) -> Path:
    return setting.places.state / "firebase.json"
