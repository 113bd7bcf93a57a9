"""Parts come up in order or not at all, and go down without a trace."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.stack.part import Absent, Part, Setting
from infra.local.stack.places import Places
from infra.local.stack.ports import any_free_ports
from infra.local.stack.probe import http, tcp
from infra.local.stack.supervisor import DidNotComeUp, State, Supervisor
from infra.local.stack.who_listens import pid_listening_on

Make = Callable[..., Supervisor]


def web(name: str, port_name: str, after: tuple[str, ...] = ()) -> Part:
    def command(setting: Setting) -> list[str]:
        port = str(setting.ports[port_name])
        return [
            sys.executable,
            "-m",
            "http.server",
            port,
            "--bind",
            "127.0.0.1",
            "--directory",
            "tests/infra",
        ]

    return Part(name, (port_name,), http(port_name, "/__init__.py"), command, after)


def shell(name: str, line: str) -> Part:
    return Part(name, ("PORT_AUTH",), tcp("PORT_AUTH"), lambda _: ["sh", "-c", line])


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Make]:
    made: list[Supervisor] = []
    ports = any_free_ports()

    def make(*parts: Part, elsewhere: frozenset[str] = frozenset()) -> Supervisor:
        setting = Setting(ports, {"VISITA_PROJECT": "demo-x", "ELSEWHERE": "127.0.0.1:9"}, Places(tmp_path))
        setting.places.make()
        made.append(Supervisor(setting, parts, os.environ, elsewhere))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_all_parts_answer_once_started(cloud: Make) -> None:
    running = cloud(web("first", "PORT_PHONES"), web("second", "PORT_TASKS", after=("first",)))

    seen = running.start()

    assert [one.state for one in seen] == [State.RUNNING, State.RUNNING]


def test_a_second_start_leaves_everything_as_it_is(cloud: Make) -> None:
    running = cloud(web("only", "PORT_PHONES"))
    before = running.start()

    assert running.start() == before


def test_nothing_listens_after_the_end(cloud: Make) -> None:
    running = cloud(web("only", "PORT_PHONES"))
    running.start()

    assert running.stop() == ["only"]

    assert pid_listening_on(running.setting.ports["PORT_PHONES"]) is None
    assert running.stop() == []


def test_a_part_that_ends_at_once_tells_its_last_words_and_takes_the_rest_along(cloud: Make) -> None:
    running = cloud(web("fine", "PORT_PHONES"), shell("broken", "echo no such key; exit 3"))

    with pytest.raises(DidNotComeUp, match=r"broken ended while starting\s+no such key"):
        running.start()

    assert running.process_of("fine") is None


def test_a_silent_part_is_named_with_its_address(cloud: Make) -> None:
    silent = replace(shell("silent", "sleep 60"), ready_seconds_max=0.3)
    running = cloud(silent)

    with pytest.raises(DidNotComeUp, match=r"silent did not answer on http://127\.0\.0\.1"):
        running.start()


def test_what_runs_elsewhere_is_neither_started_nor_ended(cloud: Make) -> None:
    theirs = replace(shell("theirs", "exit 1"), replaced_by="ELSEWHERE")
    running = cloud(theirs, elsewhere=frozenset({"theirs"}))

    (seen,) = running.start()

    assert (seen.state, seen.url) == (State.ELSEWHERE, "127.0.0.1:9")
    assert running.stop() == []


def test_a_part_that_cannot_run_here_says_why(cloud: Make) -> None:
    def command(_: Setting) -> list[str]:
        raise Absent("needs a printer")

    running = cloud(Part("printer", ("PORT_AUTH",), tcp("PORT_AUTH"), command))

    (seen,) = running.start()

    assert (seen.state, seen.note) == (State.ABSENT, "needs a printer")


def test_parts_that_wait_for_each_other_are_a_mistake(cloud: Make) -> None:
    with pytest.raises(ValueError, match="wait for each other"):
        cloud(web("a", "PORT_PHONES", ("b",)), web("b", "PORT_TASKS", ("a",))).start()
