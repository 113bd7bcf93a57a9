"""./emulator.sh as a person meets it: what it says, how it answers, what it leaves behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.stack.environment import read_env_file
from infra.local.stack.places import ROOT
from infra.local.stack.ports import any_free_ports, is_free
from infra.local.stack.who_listens import pid_listening_on
from tests.infra.script import SECONDS_MAX, Script
from tests.infra.waiting import until

PARTS = "firestore,pubsub,storage,auth"
QUICK = "storage,auth"
"""Parts without a JVM, where any will do."""
COMMANDS = (
    "up down restart status reset seed demo clock test mutation bench proof logs env exec doctor run token "
    "help"
)
NEEDED_BY_THE_SCRIPT = ("bash", "sh", "env", "dirname", "cat", "mkdir", "rm", "tail")


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Script]:
    ports = {name: str(port) for name, port in any_free_ports().items()}
    made = Script(tmp_path / "state", ports)
    yield made
    made("down")


def without_java(tmp_path: Path) -> dict[str, str]:
    """A PATH with all that the script needs and no Java."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in NEEDED_BY_THE_SCRIPT:
        (tools / name).symlink_to(shutil.which(name) or name)
    return {"PATH": str(tools), "JAVA_HOME": ""}


@pytest.mark.emulator
def test_up_starts_everything_and_down_leaves_nothing(script: Script) -> None:
    said = script("up", "--no-seed", "--only", PARTS)

    assert "The local cloud is up." in said
    env = read_env_file(script.state / "env")
    ports = [int(env[f"PORT_{name.upper()}"]) for name in PARTS.split(",")]
    assert all(pid_listening_on(port) for port in ports)
    assert all(f"127.0.0.1:{port}" in said for port in ports)

    assert "Ended" in script("down")
    assert not any(pid_listening_on(port) for port in ports)
    assert "Nothing was running" in script("down")


def test_a_second_up_changes_nothing(script: Script) -> None:
    script("up", "--no-seed", "--only", QUICK)
    before = script.pids()

    assert "Already running." in script("up", "--no-seed", "--only", QUICK)
    assert script.pids() == before


def test_two_ups_at_once_make_one_cloud(script: Script) -> None:
    both = [script.begin("up", "--no-seed", "--only", QUICK) for _ in range(2)]
    said = [one.communicate(timeout=SECONDS_MAX)[0] for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert sorted(text.partition("\n")[0] for text in said) == ["Already running.", "The local cloud is up."]
    env = read_env_file(script.state / "env")
    assert not any(is_free(int(env[name])) for name in ("PORT_STORAGE", "PORT_AUTH"))


@pytest.mark.emulator
def test_commands_see_the_running_cloud_and_reset_empties_it(script: Script) -> None:
    write = "from google.cloud import firestore; firestore.Client().document('a/b').create({})"
    script("up", "--no-seed", "--only", "firestore")
    script("exec", "--", "python", "-c", write)
    script("exec", "--", "python", "-c", write, code=1)

    script("reset", "--no-seed")

    script("exec", "--", "python", "-c", write)


def test_the_clock_is_stopped_moved_and_set_going_again(script: Script) -> None:
    script("up", "--no-seed", "--only", "tasks,scheduler")

    assert "stopped" in script("clock", "stop")
    before = script("clock")
    script("clock", "+90m")
    assert script("clock") != before
    assert "stopped" in script("clock")
    assert "running" in script("clock", "real")
    script("clock", "+soon", code=2)


@pytest.mark.emulator
def test_without_a_running_cloud_a_command_gets_one_of_its_own(script: Script) -> None:
    said = script(
        "exec", "--only", "storage", "--", "sh", "-c", "echo $STORAGE_EMULATOR_HOST; exit 7", code=7
    )

    port = int(said.strip().rpartition(":")[2])
    assert str(port) != script.more["PORT_STORAGE"]
    assert is_free(port)


@pytest.mark.emulator
def test_an_interrupted_up_takes_away_what_it_began(script: Script) -> None:
    process = script.begin("up", "--no-seed", "--only", PARTS)
    until(lambda: list((script.state / "pids").glob("*.json")))

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=SECONDS_MAX)

    assert process.returncode == 130
    assert script.pids() == {}


@pytest.mark.emulator
def test_an_emulator_that_the_user_runs_is_used_and_left_alone(script: Script) -> None:
    script("up", "--no-seed", "--only", "firestore")
    theirs = {"FIRESTORE_EMULATOR_HOST": f"127.0.0.1:{script.more['PORT_FIRESTORE']}"}
    ports = {name: str(port) for name, port in any_free_ports().items()}
    second = Script(script.state.parent / "second", {**ports, **theirs})

    assert "elsewhere" in second("up", "--no-seed", "--only", "firestore,auth")
    assert "firestore" not in second("down")

    assert "firestore" in script.pids()


def test_without_java_it_comes_up_embedded_and_tells_the_remedy(script: Script, tmp_path: Path) -> None:
    poor = Script(script.state, {**script.more, **without_java(tmp_path)})

    said = poor("up", "--no-seed", "--only", "storage,auth")

    assert "EMBEDDED MODE" in said
    assert "sudo apt-get install default-jre-headless" in said
    assert "brew install openjdk" in said
    assert read_env_file(script.state / "env")["VISITA_STORE"] == "memory"


def test_a_port_taken_by_somebody_is_refused_with_his_pid(script: Script) -> None:
    with socket.create_server(("127.0.0.1", int(script.more["PORT_STORAGE"]))):
        said = script("up", "--no-seed", "--only", "storage", code=2)

    assert f"is taken by process {os.getpid()}" in said


@pytest.mark.parametrize(
    "environ", [{"VISITA_PROJECT": "visita-prod"}, {"GOOGLE_APPLICATION_CREDENTIALS": "/key.json"}]
)
def test_it_refuses_to_come_near_a_real_project(script: Script, environ: dict[str, str]) -> None:
    refused = Script(script.state, {**script.more, **environ})

    refused("up", code=2)
    refused("exec", "--", "true", code=2)
    refused("test", code=2)


@pytest.mark.parametrize(
    "words", [("fly",), ("status", "--loud"), ("up", "--only", "moon"), ("logs", "moon"), ("exec",)]
)
def test_wrong_use_is_answered_with_two(script: Script, words: tuple[str, ...]) -> None:
    script(*words, code=2)


def test_help_names_every_command_and_the_exit_codes(script: Script) -> None:
    said = script("help")

    for command in COMMANDS.split():
        assert f"\n    {command} " in said, command
    assert "exit codes" in said


def test_nothing_runs_is_said_and_answered_with_one(script: Script) -> None:
    assert "Nothing is running" in script("status", code=1)
    assert json.loads(script("status", "--json", code=1))["up"] is False


def test_a_token_asks_for_a_cloud_in_which_somebody_can_sign_in(script: Script) -> None:
    assert "Nothing is running" in script("token", "doctor", "--record", "d1", code=1)


def test_no_colours_reach_a_pipe(script: Script) -> None:
    assert "\x1b" not in script("help") + script("status", code=1)


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_the_shell_scripts_are_clean() -> None:
    scripts = [str(ROOT / "emulator.sh"), str(ROOT / ".ci" / "run")]

    told = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True)

    assert told.returncode == 0, told.stdout
