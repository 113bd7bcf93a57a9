"""exec, run, token, demo, bench, load, proof: something run with the environment of a local cloud."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from infra.local.cli import lifecycle, show
from infra.local.cli.runnable import list_all, module_called
from infra.local.stack.cloud import emulators, guard, private_cloud, running_cloud
from infra.local.stack.environment import FROM, without_our_own
from infra.local.stack.part import Refused
from infra.local.stack.places import ROOT
from infra.local.stack.ports import first_free

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NO_SUCH_COMMAND = 127
RUN_PORT = 28420
DEMOS, BENCHES, PROOFS = "infra.local.demos", "tests.bench", "tests.proof"
LOAD = "tests.bench.load"


def add_to(commands: "Commands") -> None:
    words = commands.add_parser("exec", help="run CMD with the environment of the cloud: exec -- CMD")
    words.add_argument("--fresh", action="store_true", help="in a cloud of its own even if one is up")
    words.add_argument("--only", type=lifecycle.names, default=(), metavar="A,B", help="these parts only")
    words.add_argument("--i-know", action="store_true", help="start despite real credentials")
    words.add_argument("words", nargs=argparse.REMAINDER, metavar="-- CMD")
    words.set_defaults(command=execute)
    words = commands.add_parser("run", help="run one function alone, exactly as Cloud Run would")
    words.add_argument("entry_point", metavar="ENTRY_POINT")
    words.add_argument("--port", type=int, default=0, help=f"default: the first free from {RUN_PORT}")
    words.set_defaults(command=run)
    for name, about, do in (
        ("token", "print a token for curl: token ROLE [--record ID] [--tenant T]", make_token),
        ("demo", "walk through a story; without a name: which there are", demo),
        ("bench", "measure against every budget, on emulators of its own; --list, or a NAME for one", bench),
        ("load", "visits as they come, beside a bare function: load --visits 500", load),
        ("proof", "show at length that what is promised holds: proof NAME; --list: which there are", proof),
    ):
        words = commands.add_parser(name, help=about, add_help=False)
        words.set_defaults(command=do, takes_rest=True)


def execute(arguments: argparse.Namespace) -> int:
    """Uses the running cloud; when there is none, starts one for this command and ends it after."""
    words = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    if not words:
        raise Refused("exec what?  ./emulator.sh exec -- CMD")
    environ = without_our_own()
    guard(environ, arguments.i_know)
    shared = running_cloud(environ)
    if shared and not arguments.fresh:
        return run_in(environ, shared.setting.env, words)
    with private_cloud(environ, arguments.only) as cloud:
        return run_in(environ, cloud.setting.env, words)


def run(arguments: argparse.Namespace) -> int:
    """functions-framework itself, with the real entry path; Ctrl-C ends it."""
    environ = without_our_own()
    cloud = running_cloud(environ)
    if cloud is None:
        return lifecycle.nothing_runs()
    port = str(arguments.port or first_free(RUN_PORT))
    show.line(f"{arguments.entry_point} on http://127.0.0.1:{port}", "bold")
    command = ["functions-framework", "--source", str(ROOT / "main.py"), "--host", "127.0.0.1"]
    # Two gunicorns on one machine would fight over its control socket.
    base = {**environ, "GUNICORN_CMD_ARGS": "--no-control-socket"}
    return run_in(base, cloud.setting.env, [*command, "--target", arguments.entry_point, "--port", port])


def demo(arguments: argparse.Namespace) -> int:
    if not arguments.rest:
        return list_all(DEMOS, "demo")
    name, *rest = arguments.rest
    cloud = running_cloud(without_our_own())
    if cloud is None:
        return lifecycle.nothing_runs()
    return run_in(
        cloud.base_env, cloud.setting.env, [sys.executable, "-m", module_called(name, DEMOS), *rest]
    )


def bench(arguments: argparse.Namespace) -> int:
    if arguments.rest == ["--list"]:
        return list_all(BENCHES, "bench")
    named = arguments.rest and not arguments.rest[0].startswith("-")
    module = module_called(arguments.rest[0], BENCHES) if named else BENCHES
    return _on_emulators(module, arguments.rest[1 if named else 0 :])


def load(arguments: argparse.Namespace) -> int:
    return _on_emulators(LOAD, arguments.rest)


def proof(arguments: argparse.Namespace) -> int:
    if arguments.rest in ([], ["--list"]):
        return list_all(PROOFS, "proof")
    return _on_emulators(module_called(arguments.rest[0], PROOFS), arguments.rest[1:])


def _on_emulators(module: str, words: Sequence[str]) -> int:
    """In a cloud of its own, with the emulators that tests have too."""
    command = [sys.executable, "-m", module, *words]
    environ = without_our_own()
    guard(environ, i_know=False)
    with private_cloud(environ, emulators(environ)) as cloud:
        return run_in(environ, cloud.setting.env, command)


def make_token(arguments: argparse.Namespace) -> int:
    """Somebody signs in for it, so the cloud must run."""
    from infra.local.auth import token  # pydantic behind it would slow every other command

    environ = without_our_own()
    cloud = running_cloud(environ)
    return token.main(arguments.rest, cloud.setting.env) if cloud else lifecycle.nothing_runs()


def run_in(base: Mapping[str, str], env: Mapping[str, str], words: Sequence[str]) -> int:
    """The code of the command; 127 when there is no such command, as in a shell."""
    bin_first = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{base.get('PATH', '')}"
    whole = {**base, **env, "PATH": bin_first, FROM: f"{env['VISITA_STATE_DIR']}/env"}
    try:
        with subprocess.Popen(list(words), env=whole) as command:
            return _wait_for(command)
    except FileNotFoundError:
        show.problem(f"no such command: {words[0]}")
        return NO_SUCH_COMMAND


def _wait_for(command: subprocess.Popen[bytes]) -> int:
    """Ctrl-C reaches the command by itself; a signal to us alone is handed on to it."""
    try:
        code = command.wait()
    except KeyboardInterrupt:
        command.terminate()
        command.wait()
        raise
    return code if code >= 0 else 128 - code
