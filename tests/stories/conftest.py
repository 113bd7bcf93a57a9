"""Stories run in both bodies of the world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.runtime import wiring
from tests.emulator_world import EmulatorWorld, LocalCloud, is_possible
from tests.world import World


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cloud")


@pytest.fixture(scope="session")
def cloud(directory: Path) -> Iterator[LocalCloud]:
    """The parts every emulator world of the session shares."""
    started = LocalCloud.start(directory)
    yield started
    started.stop()


@pytest.fixture(params=["memory", pytest.param("emulator", marks=pytest.mark.emulator)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The same story in memory and on the emulators."""
    if request.param == "memory":
        yield World()
        return
    if reason := is_possible():
        pytest.skip(reason)
    yield EmulatorWorld(request.getfixturevalue("cloud"), request.getfixturevalue("directory"))
    wiring.use(None)
