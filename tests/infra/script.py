"""Runs ./emulator.sh as a person would, in a corner of its own."""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.stack.environment import without_our_own
from infra.local.stack.places import ROOT

SECONDS_MAX = 60


@dataclass(frozen=True)
class Script:
    """The script with a state directory and ports of its own."""

    state: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        base = without_our_own()
        base.pop("GOOGLE_APPLICATION_CREDENTIALS", None)
        return {**base, "VISITA_STATE_DIR": str(self.state), "VISITA_AUTH": "twin", **self.more}

    def begin(self, *words: str) -> subprocess.Popen[str]:
        command = [str(ROOT / "emulator.sh"), *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.env, stdout=pipe, stderr=pipe, stdin=None, text=True)

    def __call__(self, *words: str, code: int = 0) -> str:
        """What it said, on both channels."""
        process = self.begin(*words)
        out, err = process.communicate(timeout=SECONDS_MAX)
        assert process.returncode == code, f"{process.returncode}\n{out}\n{err}"
        return out + err

    def pids(self) -> dict[str, int]:
        told = json.loads(self.begin("status", "--json").communicate(timeout=SECONDS_MAX)[0])
        return {one["part"]: one["pid"] for one in told["parts"] if one["pid"]}
