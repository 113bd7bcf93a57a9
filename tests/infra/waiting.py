"""Waits for something that another process does; asks often, gives up by name."""

import time
from collections.abc import Callable

SECONDS_MAX = 10.0
ASK_EVERY_SECONDS = 0.02


def until(is_so: Callable[[], object]) -> None:
    give_up = time.monotonic() + SECONDS_MAX
    while not is_so():
        assert time.monotonic() < give_up, "it never came to be so"
        time.sleep(ASK_EVERY_SECONDS)
