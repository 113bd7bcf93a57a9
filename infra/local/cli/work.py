"""exec, demo, bench, run, token: something run with the environment of a local cloud."""

import argparse
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.stack.cloud import guard, is_up, private_cloud, shared_cloud
from infra.local.stack.environment import FROM, without_our_own
from infra.local.stack.part import Refused
from infra.local.stack.places import ROOT, places_from

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands") -> None:
    words = commands.add_parser("exec", help="run CMD with the environment of the cloud: exec -- CMD")
    words.add_argument("--fresh", action="store_true", help="in a cloud of its own even if one is up")
    words.add_argument("--only", type=_names, default=(), metavar="A,B", help="these parts only, if started")
    words.add_argument("--i-know", action="store_true", help="start despite real credentials")
    words.add_argument("words", nargs=argparse.REMAINDER, metavar="-- CMD")
    words.set_defaults(command=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Uses the running cloud; when there is none, starts one for this command and ends it after."""
    words = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    if not words:
        raise Refused("exec what?  ./emulator.sh exec -- CMD")
    environ = without_our_own()
    guard(environ, arguments.i_know)
    if is_up(places_from(environ)) and not arguments.fresh:
        cloud, _ = shared_cloud(environ)
        return run_in(environ, cloud.setting.env, words)
    with private_cloud(environ, arguments.only) as cloud:
        return run_in(environ, cloud.setting.env, words)


def run_in(base: Mapping[str, str], env: Mapping[str, str], words: Sequence[str]) -> int:
    """The code of the command; 127 when there is no such command, as in a shell."""
    bin_first = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{base.get('PATH', '')}"
    whole = {**base, **env, "PATH": bin_first, FROM: f"{env['VISITA_STATE_DIR']}/env"}
    try:
        return subprocess.run(list(words), env=whole).returncode
    except FileNotFoundError:
        show.problem(f"no such command: {words[0]}")
        return 127


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)
