"""Fixtures every test may use, and what is asked of the suite as a whole."""

from collections.abc import Generator, Iterator

import pytest

from functions.house_visits.request_visit import RequestVisit, request_visit
from tests import leaks, recorder
from tests.canaries import canaries
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PIOTR, doctor, patient
from tests.world import World

leaks.listen()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that named a person where nobody may be named has failed, whatever it asked."""
    report = yield
    for title, text in report.sections:
        if title.endswith(report.when):
            leaks.look("log", text)
    found = leaks.taken()
    if found and report.passed:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: personal data in {'; '.join(found)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    looked = ", ".join(f"{leaks.looked[place]} {place}" for place in leaks.PLACES)
    terminalreporter.write_line(f"{canaries().count} canaries, looked for in {looked}")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def staffed(world: World) -> World:
    """Four doctors and a patient."""
    world.given(patient(), *(doctor(world, one) for one in (ANNA, PIOTR, EWA, JAN)))
    return world


@pytest.fixture
def visit_id(staffed: World) -> str:
    """A visit that waits for a doctor."""
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return staffed.call(request_visit, wanted).visit_id


@pytest.fixture(scope="session", autouse=True)
def every_query_has_its_index() -> Iterator[None]:
    """Asked once, at the end: production refuses a query without an index, the emulator answers it."""
    yield
    lacking = recorder.missing()
    assert not lacking, f"run the tests with {recorder.UPDATE}=1 to add: {lacking}"
