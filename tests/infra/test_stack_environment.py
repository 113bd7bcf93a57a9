"""What functions and shells see, and the doors to real projects that stay shut."""

import subprocess
from pathlib import Path

import pytest

from infra.local.stack.cloud import guard
from infra.local.stack.environment import build_env, read_env_file, without_our_own, write_env_file
from infra.local.stack.part import Refused
from infra.local.stack.places import Places
from infra.local.stack.ports import DEFAULT_PORTS

PROMISED = (
    "VISITA_PROJECT,VISITA_TENANT,VISITA_STATE_DIR,VISITA_CLOCK_FILE,VISITA_PUBLIC_URL,VISITA_OIDC_KEYS_URL,"
    "GOOGLE_CLOUD_PROJECT,FIRESTORE_EMULATOR_HOST,PUBSUB_EMULATOR_HOST,STORAGE_EMULATOR_HOST,"
    "FIREBASE_AUTH_EMULATOR_HOST,CLOUD_TASKS_EMULATOR_HOST,TWILIO_BASE_URL,TWILIO_ACCOUNT_SID,"
    "TWILIO_AUTH_TOKEN,VISITA_SENDER_NUMBERS,CUSTOMER_API_URL,CUSTOMER_API_KEY,SMTP_HOST,SMTP_PORT"
)


def env_in(state: Path, environ: dict[str, str] | None = None, embedded: bool = False) -> dict[str, str]:
    return build_env(environ or {}, DEFAULT_PORTS, Places(state), embedded)


def test_everything_promised_is_there(tmp_path: Path) -> None:
    assert set(PROMISED.split(",")) <= env_in(tmp_path).keys()


def test_embedded_mode_names_no_emulator_and_stores_in_memory(tmp_path: Path) -> None:
    env = env_in(tmp_path, embedded=True)

    assert env["VISITA_STORE"] == "memory"
    assert not {"FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST"} & env.keys()


def test_emulators_that_the_user_runs_are_kept(tmp_path: Path) -> None:
    env = env_in(tmp_path, {"FIRESTORE_EMULATOR_HOST": "127.0.0.1:9"})

    assert env["FIRESTORE_EMULATOR_HOST"] == "127.0.0.1:9"


def test_the_env_file_can_be_sourced_and_read_back(tmp_path: Path) -> None:
    env = {"VISITA_TENANT": "vm", "TWILIO_AUTH_TOKEN": 'it\'s a "token" $HOME with spaces'}
    write_env_file(tmp_path / "env", env)

    told = subprocess.run(
        ["sh", "-c", f'. {tmp_path}/env; printf %s "$TWILIO_AUTH_TOKEN"'], capture_output=True, text=True
    )

    assert told.stdout == env["TWILIO_AUTH_TOKEN"]
    assert read_env_file(tmp_path / "env") == env


def test_what_a_sourced_env_file_set_is_not_taken_for_a_wish(tmp_path: Path) -> None:
    write_env_file(tmp_path / "env", env_in(tmp_path))
    sourced = {**read_env_file(tmp_path / "env"), "VISITA_ENV_FROM": str(tmp_path / "env")}

    left = without_our_own({**sourced, "PORT_PHONES": "9999", "HOME": "/home/ewa"})

    assert left == {"PORT_PHONES": "9999", "HOME": "/home/ewa", "VISITA_STATE_DIR": str(tmp_path)}


@pytest.mark.parametrize(
    "environ", [{"VISITA_PROJECT": "visita-prod"}, {"GOOGLE_APPLICATION_CREDENTIALS": "/key.json"}]
)
def test_nothing_starts_that_might_touch_a_real_project(environ: dict[str, str]) -> None:
    with pytest.raises(Refused):
        guard(environ, i_know=False)


def test_who_knows_about_his_credentials_may_go_on() -> None:
    guard({"GOOGLE_APPLICATION_CREDENTIALS": "/key.json"}, i_know=True)


def test_no_knowledge_opens_a_real_project() -> None:
    with pytest.raises(Refused):
        guard({"VISITA_PROJECT": "visita-prod"}, i_know=True)
