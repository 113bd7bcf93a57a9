"""Stories run in both bodies of the world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.runtime import wiring
from tests.emulator_world import EmulatorWorld, LocalCloud, is_possible
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PIOTR, doctor, patient
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


@pytest.fixture
def staffed(world: World) -> World:
    """Four doctors and a patient."""
    world.given(patient(), *(doctor(world, one) for one in (ANNA, PIOTR, EWA, JAN)))
    return world


@pytest.fixture
def visit_id(staffed: World) -> str:
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return staffed.call(request_visit, wanted).visit_id
