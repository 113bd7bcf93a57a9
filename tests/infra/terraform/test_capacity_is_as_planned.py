"""What the capacity model takes for limits is what Terraform would set."""

import pytest

from infra.capacity.facts import instances_max, rates
from infra.checks import terraform
from infra.checks.terraform import plans

pytestmark = [
    pytest.mark.skipif(not terraform.is_here(), reason="terraform is not installed here"),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]


def test_queues_run_as_fast_as_the_model_says() -> None:
    planned = {
        one.values["name"]: one.values["rate_limits"][0]
        for one in plans()["archive"]
        if one.type == "google_cloud_tasks_queue"
    }
    told = {
        name: (one["max_dispatches_per_second"], one["max_concurrent_dispatches"])
        for name, one in planned.items()
    }
    assert told == {name: (one.per_second, one.at_once) for name, one in rates().items()}


def test_functions_have_as_many_instances_as_the_model_says() -> None:
    planned = {
        one.values["service_config"][0]["max_instance_count"]
        for one in plans()["archive"]
        if one.type == "google_cloudfunctions2_function"
    }
    assert planned == {instances_max()}
