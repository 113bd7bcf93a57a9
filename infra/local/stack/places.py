"""Where the local cloud keeps its files: pids, logs, keys, the clock and the env file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Places:
    """One running local cloud has one of these; tests get their own in a temporary directory."""

    state: Path

    @property
    def pids(self) -> Path:
        return self.state / "pids"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def env_file(self) -> Path:
        return self.state / "env"

    @property
    def clock_file(self) -> Path:
        return self.state / "clock.json"

    def log_of(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    def make(self) -> None:
        for place in (self.state, self.pids, self.logs):
            place.mkdir(parents=True, exist_ok=True)

    def forget(self) -> None:
        """What parts keep between their own restarts: waiting tasks, the clock. Not the signing key."""
        for file in self.state.glob("*.json"):
            file.unlink()


def places_from(environ: Mapping[str, str]) -> Places:
    return Places(ROOT / environ.get("VISITA_STATE_DIR", ".emulator"))
