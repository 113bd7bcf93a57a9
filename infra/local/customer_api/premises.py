"""Everything that one customer has: the rows, the bookings, the faults of the day and the way to reach us."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from infra.local.customer_api.bookings import Bookings
from infra.local.customer_api.faults import Faults
from infra.local.customer_api.feed import Feed
from infra.local.customer_api.world import make_world

SILENCE_SECONDS_MAX: Final = 40.0


@dataclass
class Premises:
    seed: int
    now: Callable[[], datetime]
    bookings: Bookings
    webhook_url: str
    webhook_secret: str
    api_key: str
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.feed = Feed(make_world(self.seed))
        self.awake = threading.Event()
        """Set when nobody needs to be kept waiting any longer."""

    def reset(self) -> None:
        """As on the first day; whoever is being kept waiting is let go."""
        self.awake.set()
        self.awake = threading.Event()
        self.faults.clear()
        self.bookings.clear()
        self.feed = Feed(make_world(self.seed))
