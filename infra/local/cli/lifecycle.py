"""up, down, restart, reset, seed: the life of the shared local cloud."""

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.cli.doctor import install_firebase
from infra.local.stack import official
from infra.local.stack.cloud import begin_anew, bring_up, guard, is_embedded, running_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.places import ROOT
from infra.local.stack.supervisor import Seen, State, Supervisor, only_one_at_a_time

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands") -> None:
    up_words = commands.add_parser("up", help="start everything, seed it, show what runs where")
    for words in (up_words, commands.add_parser("restart", help="down, then up")):
        words.add_argument("--only", type=names, default=(), metavar="A,B", help="these parts only")
        words.add_argument("--no-seed", action="store_true", help="leave it empty")
        words.add_argument("--with-firebase", action="store_true", help="with Google's own Auth emulator")
        words.add_argument("--i-know", action="store_true", help="start despite real credentials")
    up_words.set_defaults(command=up)
    commands.choices["restart"].set_defaults(command=restart)
    commands.add_parser("down", help="end what was started").set_defaults(command=down)
    reset_words = commands.add_parser("reset", help="forget all data, then seed again")
    reset_words.add_argument("--no-seed", action="store_true", help="leave it empty")
    reset_words.set_defaults(command=reset)
    commands.add_parser("seed", help="fill with invented people").set_defaults(command=seed)


def up(arguments: argparse.Namespace) -> int:
    environ = without_our_own()
    guard(environ, arguments.i_know)
    if arguments.with_firebase:
        install_firebase()
        environ["VISITA_AUTH"] = "official"
    if is_embedded(environ):
        _say_embedded()
    brought = bring_up(environ, arguments.only)
    for sentence in brought.moved:
        show.warning(sentence)
    wants_seed = brought.is_new and not arguments.no_seed and not arguments.only
    seeded = _seed(brought.cloud) if wants_seed else 0
    show.line("The local cloud is up." if brought.is_new else "Already running.", "bold")
    seen = brought.cloud.look()
    show.table_of(seen, str(brought.cloud.setting.places.logs))
    _say_what_next(brought.cloud)
    return seeded or _code_for(seen)


def down(_: argparse.Namespace) -> int:
    cloud = running_cloud(without_our_own())
    if cloud is None:
        show.line("Nothing was running.")
        return 0
    with only_one_at_a_time(cloud.setting.places):
        ended = cloud.stop()
    show.line(f"Ended {', '.join(ended)}.")
    return 0


def restart(arguments: argparse.Namespace) -> int:
    down(arguments)
    return up(arguments)


def reset(arguments: argparse.Namespace) -> int:
    cloud = running_cloud(without_our_own())
    if cloud is None:
        return nothing_runs()
    for name in sorted(cloud.elsewhere):
        show.warning(f"{name} is run by you: what it holds stays")
    begin_anew(cloud)
    seeded = 0 if arguments.no_seed else _seed(cloud)
    show.line("Everything is forgotten; the clock shows real time.")
    return seeded


def seed(_: argparse.Namespace) -> int:
    cloud = running_cloud(without_our_own())
    return nothing_runs() if cloud is None else _seed(cloud)


def nothing_runs() -> int:
    show.problem("Nothing is running; ./emulator.sh up")
    return 1


def _seed(cloud: Supervisor) -> int:
    if importlib.util.find_spec("infra.local.seed") is None:
        return 0
    env = {**cloud.base_env, **cloud.setting.env}
    return subprocess.run([sys.executable, "-m", "infra.local.seed"], env=env, cwd=ROOT).returncode


def _say_embedded() -> None:
    show.warning(
        f"{official.what_is_missing()} not found: EMBEDDED MODE. One process, data in memory only,\n"
        "no Firestore and no Pub/Sub. Good for a look around; to get the real emulators:\n"
        + official.remedy()
    )


def _say_what_next(cloud: Supervisor) -> None:
    show.line()
    show.line("Try next:")
    show.line(f"  open {cloud.setting.env['VISITA_PUBLIC_URL']}/docs")
    show.line("  ./emulator.sh demo        what can be shown")
    show.line(
        f"  source {_short(cloud.setting.places.env_file)}      then curl, python and pytest see this cloud"
    )


def _short(file: Path) -> Path:
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def _code_for(seen: list[Seen]) -> int:
    return 0 if all(one.state in (State.RUNNING, State.ELSEWHERE) for one in seen) else 1


def names(text: str) -> tuple[str, ...]:
    """`a,b` on the command line."""
    return tuple(name for name in text.split(",") if name)
