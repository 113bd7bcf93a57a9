"""What goes wrong, where. Each place has a name: its fault can be taken out without touching another."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tests.sim.dice import Dice


class Fault(StrEnum):
    """What befalls one call of a port."""

    CRASH_BEFORE = "dies before"  # the process ends; the call was never made
    CRASH_AFTER = "dies after"  # the call took effect; the process ends
    LOST = "reply lost"  # it took effect, and nobody says so
    VANISHED = "call lost"  # it did not, and nobody says so
    FROZEN = "frozen for minutes"  # it took effect; the process goes on minutes later, knowing of nothing


@dataclass(frozen=True)
class Delivery:
    """How a message is brought: seconds after it is due, for each copy. None comes where it is lost."""

    copies: tuple[float, ...]


PROMPT = Delivery((0.05,))


class Faults(Protocol):
    def at(self, place: str) -> Fault | None:
        """What befalls the call of that name."""

    def delivery(self, place: str, *, may_be_lost: bool = False) -> Delivery: ...

    def skew(self, process: str) -> float:
        """By how many seconds that process's clock is ahead."""

    def deploy(self, minutes: float) -> float | None:
        """After how many seconds of the first so many minutes everything is deployed anew, if it is."""

    def has(self, part: str) -> bool:
        """Whether the story has that part at all: what it is told without need not have happened."""


class Calm:
    """Nothing goes wrong."""

    def at(self, place: str) -> Fault | None:
        return None

    def delivery(self, place: str, *, may_be_lost: bool = False) -> Delivery:
        return PROMPT

    def skew(self, process: str) -> float:
        return 0.0

    def deploy(self, minutes: float) -> float | None:
        return None

    def has(self, part: str) -> bool:
        return True


SHARES: tuple[tuple[float, Fault], ...] = (
    (0.005, Fault.CRASH_BEFORE),
    (0.010, Fault.CRASH_AFTER),
    (0.020, Fault.LOST),
    (0.026, Fault.VANISHED),
    (0.029, Fault.FROZEN),
)
"""Of all calls, summed up: one in fifty goes wrong, one in a hundred ends its process."""
LATE_SHARE = 0.05
APART_SHARE = 0.2
LATE_SECONDS_MAX = 300.0
PROMPT_SECONDS_MAX = 2.0
SKEW_SECONDS = 30.0
CLOCKS = "clocks differ"
DEPLOY = "deploy"
DEPLOY_SHARE = 0.5


@dataclass
class Weather:
    """Random faults. `copies_max`: a message comes up to so many times; `drop`: the share of webhooks that
    never come; `without`: places at which nothing goes wrong after all, and parts that are left out."""

    dice: Dice
    copies_max: int = 3
    drop: float = 0.1
    without: frozenset[str] = frozenset()
    struck: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._clocks_differ = self._strikes(CLOCKS)

    def at(self, place: str) -> Fault | None:
        share = self.dice.share(f"fault/{place}")
        if share >= SHARES[-1][0]:
            return None
        found = next(fault for below, fault in SHARES if share < below)
        return found if self._strikes(place) else None

    def delivery(self, place: str, *, may_be_lost: bool = False) -> Delivery:
        place = f"bringing {place}"
        if may_be_lost and self.dice.share(f"drop/{place}") < self.drop and self._strikes(place):
            return Delivery(())
        copies = 1 + int(self.copies_max * self.dice.share(f"copies/{place}") ** 3)
        late = self.dice.share(f"late/{place}") < LATE_SHARE
        if (copies > 1 or late) and not self._strikes(place):
            return PROMPT
        return Delivery(tuple(self._seconds(f"{place}/{one}", late) for one in range(copies)))

    def skew(self, process: str) -> float:
        if not self._clocks_differ:
            return 0.0
        return self.dice.between(f"skew/{process}", -SKEW_SECONDS, SKEW_SECONDS)

    def deploy(self, minutes: float) -> float | None:
        if self.dice.share(DEPLOY) >= DEPLOY_SHARE or not self._strikes(DEPLOY):
            return None
        return self.dice.between(f"{DEPLOY} at", 60.0, minutes * 60.0)

    def has(self, part: str) -> bool:
        if part in self.without:
            return False
        self.parts.append(part)
        return True

    def _seconds(self, place: str, late: bool) -> float:
        """Two copies often come together, and sometimes minutes apart."""
        late = late or self.dice.share(f"apart/{place}") < APART_SHARE
        most = LATE_SECONDS_MAX if late else PROMPT_SECONDS_MAX
        return self.dice.between(f"seconds/{place}", 0.0, most)

    def _strikes(self, place: str) -> bool:
        if place in self.without:
            return False
        self.struck.append(place)
        return True


@dataclass
class OnePoint(Calm):
    """Exactly one call goes wrong: the one of this number, counted over the whole story."""

    number: int
    fault: Fault
    calls: int = 0
    struck: str = ""

    def at(self, place: str) -> Fault | None:
        self.calls += 1
        if self.calls != self.number:
            return None
        self.struck = place
        return self.fault
