"""Opens a local cloud: the shared one that `up` leaves running, or a private one for a test run."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
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


def is_up(places: Places) -> bool:
    """Whether any part of the shared cloud runs."""
    return any(load(file) for file in places.pids.glob("*.json"))


def shared_cloud(environ: Mapping[str, str], only: Sequence[str] = ()) -> tuple[Supervisor, tuple[str, ...]]:
    """The cloud that `up` leaves running; with it, what should be said about moved ports."""
    places = places_from(environ)
    written = read_env_file(places.env_file) if is_up(places) else {}
    keep = {name: int(written[name]) for name in DEFAULT_PORTS if name in written}
    choice = choose_ports(environ, keep)
    embedded = is_embedded(environ)
    env = written or build_env(environ, choice.ports, places, embedded)
    setting = Setting(choice.ports, env, places)
    return _supervisor(setting, environ, _chosen(embedded, only)), choice.moved


@contextmanager
def private_cloud(environ: Mapping[str, str], only: Sequence[str] = ()) -> Iterator[Supervisor]:
    """A cloud of its own on free ports, ended and wiped afterwards; a running `up` is not disturbed.

    Its directory is kept, with the logs, when the body raises.
    """
    places = Places(Path(tempfile.mkdtemp(prefix="visita-")))
    ports, embedded = any_free_ports(), is_embedded(environ)
    quick = {"VISITA_AUTH": "twin", **environ}  # the official one takes ten seconds to start
    setting = Setting(ports, build_env(quick, ports, places, embedded), places)
    cloud = replace(_supervisor(setting, environ, _chosen(embedded, only)), end_with_us=True)
    places.make()
    write_env_file(places.env_file, setting.env)
    try:
        cloud.start()
        yield cloud
    finally:
        cloud.stop()
    shutil.rmtree(places.state, ignore_errors=True)


def bring_up(cloud: Supervisor) -> bool:
    """Starts the shared cloud and leaves its env file; False when everything ran already."""
    places = cloud.setting.places
    with only_one_at_a_time(places):
        before = {part.name for part in cloud.parts if cloud.process_of(part.name)}
        cloud.start()
        write_env_file(places.env_file, cloud.setting.env)
        return any(cloud.process_of(part.name) for part in cloud.parts if part.name not in before)


def _supervisor(setting: Setting, environ: Mapping[str, str], parts: Sequence[Part]) -> Supervisor:
    elsewhere = frozenset(part.name for part in parts if part.replaced_by and environ.get(part.replaced_by))
    return Supervisor(setting, parts, environ, elsewhere)


def _chosen(embedded: bool, only: Sequence[str]) -> tuple[Part, ...]:
    unknown = set(only) - {part.name for part in PARTS}
    if unknown:
        raise Refused(f"no part is called {', '.join(sorted(unknown))}; {known_names()}")
    possible = [part for part in PARTS if part.embedded or not embedded]
    return tuple(part for part in possible if not only or part.name in only)


def known_names() -> str:
    return "the parts are " + ", ".join(part.name for part in PARTS)
