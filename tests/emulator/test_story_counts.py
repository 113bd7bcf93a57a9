"""What stories are said to ask of Firestore, beside what went through the gRPC channel."""

from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO

import pytest

from shared.runtime import log
from tests.bench.measured_world import MeasuredWorld
from tests.bench.story_counts import STORIES, Counts, plug

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("name", STORIES)
def test_counts_at_the_port_are_those_of_the_channel(name: str) -> None:
    world, counts = MeasuredWorld(), defaultdict[str, Counts](Counts)
    plug(world, counts)
    log.function.set("")
    with world.meter.counting() as tally, redirect_stdout(StringIO()):
        STORIES[name](world)
    said = counts.values()
    assert len(tally().rpcs) == sum(one.round_trips for one in said)
    assert tally().reads == sum(one.reads for one in said)
    assert sum(one.writes for one in tally().rpcs) == sum(one.writes + one.deletes for one in said)
