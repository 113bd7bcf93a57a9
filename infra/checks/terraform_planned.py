"""A plan as the checks read it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

FUNCTIONS: Final = ("google_cloudfunctions2_function", "google_cloud_run_v2_service")


class Planned(Protocol):
    @property
    def address(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


Broken = Iterator[str]
Promise = Callable[[Sequence[Planned], Mapping[str, Any]], Broken]
