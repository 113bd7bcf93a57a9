"""Opens a local cloud: the shared one that `up` leaves running, or a private one for a test run."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from infra.local.stack import official
from infra.local.stack.environment import build_env, project_from, read_env_file, write_env_file
from infra.local.stack.part import Part, Refused, Setting
from infra.local.stack.parts import PARTS
from infra.local.stack.places import Places, places_from
from infra.local.stack.ports import DEFAULT_PORTS, any_free_ports, choose_ports
from infra.local.stack.process import load
from infra.local.stack.supervisor import Supervisor, only_one_at_a_time


def guard(environ: Mapping[str, str], i_know: bool) -> None:
    """Raises Refused. A local project is called demo-*, a name no real project of ours may have."""
    project = project_from(environ)
    if not project.startswith("demo-"):
        raise Refused(f"VISITA_PROJECT={project}: a local project's name must start with demo-")
    if environ.get("GOOGLE_APPLICATION_CREDENTIALS") and not i_know:
        raise Refused(
            "GOOGLE_APPLICATION_CREDENTIALS is set: some code might reach a real project with it.\n"
            "Unset it, or say --i-know to go on."
        )


def is_embedded(environ: Mapping[str, str]) -> bool:
    """True when an official emulator is neither installed nor named by the user."""
    can = (
        environ.get("FIRESTORE_EMULATOR_HOST") or (official.java() and official.firestore_jar()),
        environ.get("PUBSUB_EMULATOR_HOST") or (official.java() and official.pubsub_jar()),
    )
    return not all(can)


def emulators(environ: Mapping[str, str]) -> list[str]:
    """The parts that tests and benches want as processes; the twins they start themselves, in-process."""
    embedded = is_embedded(environ)
    return [part.name for part in PARTS if part.needed_by_tests and (part.embedded or not embedded)]


def is_up(places: Places) -> bool:
    """Whether any part of the shared cloud runs."""
    return any(load(file) for file in places.pids.glob("*.json"))


def running_cloud(environ: Mapping[str, str]) -> Supervisor | None:
    """The shared cloud as it was started; None when no part of it runs."""
    places = places_from(environ)
    if not is_up(places):
        return None
    return _opened(environ, read_env_file(places.env_file), places)


@dataclass(frozen=True)
class Up:
    """What came of bringing up the shared cloud."""

    cloud: Supervisor
    is_new: bool
    """False when everything that was asked for ran already."""
    moved: tuple[str, ...]
    """What should be said about parts that are not on their usual ports."""


def bring_up(environ: Mapping[str, str], only: Sequence[str] = ()) -> Up:
    """Starts the shared cloud, or what is missing of it, and leaves its env file."""
    places = places_from(environ)
    with only_one_at_a_time(places):  # from the choice of ports on: two of us would choose the same
        cloud, moved = _shared_cloud(environ, places, only)
        before = {part.name for part in cloud.parts if cloud.process_of(part.name)}
        write_env_file(places.env_file, cloud.setting.env)
        cloud.start()
        after = {part.name for part in cloud.parts if cloud.process_of(part.name)}
    return Up(cloud, before != after, moved)


def begin_anew(cloud: Supervisor) -> None:
    """All data lives in the memory of the parts, so starting them again is the whole reset."""
    with only_one_at_a_time(cloud.setting.places):
        running = [part for part in cloud.parts if cloud.process_of(part.name)]
        cloud.stop()
        cloud.setting.places.forget()
        replace(cloud, parts=running).start()


def _shared_cloud(
    environ: Mapping[str, str], places: Places, only: Sequence[str]
) -> tuple[Supervisor, tuple[str, ...]]:
    if is_up(places):
        return _opened(environ, read_env_file(places.env_file), places, only), ()
    places.forget()  # Firestore has forgotten too: a task of last time would find nothing
    choice = choose_ports(environ)
    env = build_env(environ, choice.ports, places, is_embedded(environ))
    return _opened(environ, env, places, only), choice.moved


@contextmanager
def private_cloud(environ: Mapping[str, str], only: Sequence[str] = ()) -> Iterator[Supervisor]:
    """A cloud of its own on free ports, ended and wiped afterwards; a running `up` is not disturbed.

    Its directory is kept, with the logs, when something raises. Open it from the main thread: its parts
    are told when the thread that started them dies.
    """
    places = Places(Path(tempfile.mkdtemp(prefix="visita-")))
    quick = {"VISITA_AUTH": "twin", **environ}  # the official one takes ten seconds to start
    env = build_env(quick, any_free_ports(), places, is_embedded(environ))
    cloud = replace(_opened(environ, env, places, only), end_with_us=True)
    places.make()
    write_env_file(places.env_file, env)
    failed = False
    try:
        cloud.start()
        yield cloud
    except Exception:
        failed = True  # nothing is forgiven here: only the logs are kept
        raise
    finally:
        cloud.stop()
        if not failed:
            shutil.rmtree(places.state, ignore_errors=True)


def _opened(
    environ: Mapping[str, str], env: Mapping[str, str], places: Places, only: Sequence[str] = ()
) -> Supervisor:
    ports = {name: int(env[name]) for name in DEFAULT_PORTS}
    parts = _chosen(env["VISITA_STORE"] == "memory", only)
    elsewhere = frozenset(part.name for part in parts if part.replaced_by and environ.get(part.replaced_by))
    setting = Setting(ports, env, places, frozenset(part.name for part in parts))
    return Supervisor(setting, parts, environ, elsewhere)


def _chosen(embedded: bool, only: Sequence[str]) -> tuple[Part, ...]:
    unknown = set(only) - {part.name for part in PARTS}
    if unknown:
        raise Refused(f"no part is called {', '.join(sorted(unknown))}; {known_names()}")
    possible = [part for part in PARTS if part.embedded or not embedded]
    return tuple(part for part in possible if not only or part.name in only)


def known_names() -> str:
    return "the parts are " + ", ".join(part.name for part in PARTS)
