"""Fixtures every test may use, and what is asked of the suite as a whole."""

from collections.abc import Iterator

import pytest

from tests import recorder
from tests.world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="session", autouse=True)
def every_query_has_its_index() -> Iterator[None]:
    """Asked once, at the end: production refuses a query without an index, the emulator answers it."""
    yield
    lacking = recorder.missing()
    assert not lacking, f"run the tests with {recorder.UPDATE}=1 to add: {lacking}"
