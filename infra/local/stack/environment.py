"""What the functions, the parts and the tests see: one table of environment variables.

The same table is written to .emulator/env, which any shell can source.
"""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from infra.local.auth import organisations
from infra.local.stack import auth_part
from infra.local.stack.places import Places

FROM = "VISITA_ENV_FROM"
"""Names the env file that a shell has sourced, so that we do not take it for the user's own wish."""

STATE_DIR = "VISITA_STATE_DIR"

INVENTED = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 31 + "1",
    "TWILIO_AUTH_TOKEN": "local-twilio-token",
    "VISITA_TEAM_LEAD_MAIL": "team-lead@visita.example",
    "VISITA_SENDER_NUMBERS": "+48732100001,+48732100002,+48732100003",
    "CUSTOMER_API_KEY": "local-customer-key",
}
"""Not secrets: they open nothing but the twins on this machine. What is already set wins."""


def project_from(environ: Mapping[str, str]) -> str:
    return environ.get("VISITA_PROJECT", "demo-visita")


def build_env(
    environ: Mapping[str, str], ports: Mapping[str, int], places: Places, embedded: bool
) -> dict[str, str]:
    """The whole table. Emulators named by the user are kept; embedded mode has none."""
    at = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
    project, tenant = project_from(environ), environ.get("VISITA_TENANT", "vm")
    table = {
        "VISITA_PROJECT": project,
        "VISITA_TENANT": tenant,
        "VISITA_TENANTS": organisations.tenants(tenant),
        "VISITA_SIGN_IN": organisations.policies(tenant),
        STATE_DIR: str(places.state),
        "VISITA_STORE": "memory" if embedded else "firestore",
        "VISITA_AUTH": auth_part.choice(environ),
        "VISITA_CLOCK_FILE": str(places.clock_file),
        "VISITA_PUBLIC_URL": f"http://{at['PORT_GATEWAY']}",
        "VISITA_OIDC_KEYS_URL": f"http://{at['PORT_TASKS_HTTP']}/keys",
        "GOOGLE_CLOUD_PROJECT": project,
        "STORAGE_EMULATOR_HOST": f"http://{at['PORT_STORAGE']}",
        "FIREBASE_AUTH_EMULATOR_HOST": at["PORT_AUTH"],
        "CLOUD_TASKS_EMULATOR_HOST": at["PORT_TASKS"],
        "TWILIO_BASE_URL": f"http://{at['PORT_PHONES']}",
        "CUSTOMER_API_URL": f"http://{at['PORT_CUSTOMER']}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(ports["PORT_SMTP"]),
    }
    if not embedded:
        table["FIRESTORE_EMULATOR_HOST"] = environ.get("FIRESTORE_EMULATOR_HOST") or at["PORT_FIRESTORE"]
        table["PUBSUB_EMULATOR_HOST"] = environ.get("PUBSUB_EMULATOR_HOST") or at["PORT_PUBSUB"]
    table |= {name: environ.get(name) or value for name, value in INVENTED.items()}
    return table | {name: str(port) for name, port in ports.items()}


def write_env_file(file: Path, env: Mapping[str, str]) -> None:
    lines = [f"export {name}={shlex.quote(value)}" for name, value in env.items()]
    lines.append(f"export {FROM}={shlex.quote(str(file))}")
    file.write_text("# Sourceable; written by ./emulator.sh up.\n" + "\n".join(lines) + "\n")


def read_env_file(file: Path) -> dict[str, str]:
    """Empty when there is none."""
    if not file.exists():
        return {}
    words = [shlex.split(line, comments=True) for line in file.read_text().splitlines()]
    pairs = [pair[1].partition("=") for pair in words if len(pair) == 2]
    return {name: value for name, _, value in pairs if name != FROM}


def without_our_own(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment minus what a sourced env file put there; what the user set himself stays."""
    left = dict(os.environ if environ is None else environ)
    source = left.pop(FROM, None)
    if source is None:
        return left
    ours = read_env_file(Path(source))
    return {name: value for name, value in left.items() if name == STATE_DIR or ours.get(name) != value}
