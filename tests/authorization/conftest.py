"""One stand for all cases: Google in its place, and the records of three parties."""

from collections.abc import Iterator

import pytest

from tests.authorization.google import Google, google
from tests.authorization.matrix import Matrix
from tests.authorization.stand import Stand


@pytest.fixture(scope="package")
def played() -> Iterator[Google]:
    with google() as here:
        yield here


@pytest.fixture(scope="package")
def stand(played: Google) -> Stand:
    return Stand(played)


@pytest.fixture(scope="package")
def matrix(stand: Stand) -> Matrix:
    return Matrix(stand)
