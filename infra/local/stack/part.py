"""What one part of the local cloud is: how it is started, where it listens, when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from infra.local.stack.places import Places
from infra.local.stack.probe import Probe

READY_SECONDS_MAX = 30.0


@dataclass(frozen=True)
class Setting:
    """All that a part may need to know to be started."""

    ports: Mapping[str, int]
    env: Mapping[str, str]
    places: Places
    parts: frozenset[str] = frozenset()
    """Names of all parts of this cloud, those that run elsewhere included."""

    @property
    def project(self) -> str:
        return self.env["VISITA_PROJECT"]


class Refused(Exception):
    """We do not start: it was asked for in a way that cannot be, or might touch something real."""


class Absent(Exception):
    """This part cannot run here; the message says why."""


@dataclass(frozen=True)
class Part:
    """One entry of the table in parts.py."""

    name: str
    ports: tuple[str, ...]
    """Names of its ports; the first is the one that people open."""
    probe: Probe
    command: Callable[[Setting], list[str]]
    """Raises Absent."""
    after: tuple[str, ...] = ()
    """Parts that must answer before this one is started."""
    needed_by_tests: bool = False
    """Whether `test` starts it; the other parts are started by the tests that want them, in-process."""
    replaced_by: str | None = None
    """A variable that, already set by the user, names one that runs elsewhere."""
    embedded: bool = True
    """Whether it has a place in a local cloud without the official emulators."""
    env: Mapping[str, str] = field(default_factory=dict)
    scheme: str = "http"
    prepare: Callable[[Setting], None] = lambda _: None
    """Done just before it is started."""
    note: Callable[[Setting], str] = lambda _: ""
    """What the table says about it besides the address."""
    ready_seconds_max: float = READY_SECONDS_MAX

    def url(self, ports: Mapping[str, int]) -> str:
        address = f"127.0.0.1:{ports[self.ports[0]]}"
        return f"{self.scheme}://{address}" if self.scheme else address
