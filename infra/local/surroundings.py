"""What the twins read from the environment, and what is meant when it says nothing."""

from collections.abc import Mapping
from pathlib import Path

from infra.local.auth.browser import Browser
from infra.local.clock import MovableClock
from infra.local.local_key import LocalKey

ROOT = Path(__file__).resolve().parents[2]


def project_from(env: Mapping[str, str]) -> str:
    return env.get("VISITA_PROJECT", "demo-visita")


def state_dir_from(env: Mapping[str, str]) -> Path:
    return ROOT / env.get("VISITA_STATE_DIR", ".emulator")


def clock_from(env: Mapping[str, str]) -> MovableClock:
    return MovableClock(Path(env.get("VISITA_CLOCK_FILE") or state_dir_from(env) / "clock.json"))


def key_from(env: Mapping[str, str]) -> LocalKey:
    return LocalKey(state_dir_from(env))


def public_url_from(env: Mapping[str, str]) -> str:
    return env.get("VISITA_PUBLIC_URL", "http://127.0.0.1:28400")


def browser_from(env: Mapping[str, str]) -> Browser:
    """For whoever signs in at Firebase Auth, twin or emulator."""
    host = env.get("FIREBASE_AUTH_EMULATOR_HOST") or f"127.0.0.1:{env.get('PORT_AUTH') or 28404}"
    return Browser(host, project_from(env), public_url_from(env).rstrip("/"))


def declarations_from(env: Mapping[str, str]) -> Path:
    """Where the declared schedules and topics are rendered to."""
    return ROOT / env.get("VISITA_SCHEDULES", "infra/generated/functions.auto.tfvars.json")
