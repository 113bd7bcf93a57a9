"""One whole local cloud, seeded, for all tests that need nothing less; and what the phones' tests share."""

from collections.abc import Iterator

import pytest

from infra.local.demos.cloud import Cloud, cloud_from
from infra.local.seed import seed
from infra.local.stack.cloud import private_cloud
from infra.local.stack.environment import without_our_own
from tests.infra.phones_world import app, clock

__all__ = ["app", "clock", "seeded_cloud"]


@pytest.fixture(scope="session")
def seeded_cloud() -> Iterator[Cloud]:
    """Its tests leave it as fit for the next one as they found it."""
    with private_cloud(without_our_own()) as running:
        cloud = cloud_from(running.setting.env)
        seed(cloud)
        yield cloud
