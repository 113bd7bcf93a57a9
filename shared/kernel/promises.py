"""What nightly looks find: records that contradict themselves, told once, in the words of their promises."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, ParamSpec

from shared.kernel.records import Activity

P = ParamSpec("P")
FOUND: Final = "promise_broken"
PROMISES: Final = "promises"
"""Which ones, by name: the detail that is said in the log of the program too."""


def told(promise: Callable[P, Iterable[str]], *about: P.args, **by_name: P.kwargs) -> list[str]:
    """What is wrong, "promise: what"."""
    return [f"{promise.__name__}: {what}" for what in promise(*about, **by_name)]


def names_of(wrong: Iterable[str]) -> list[str]:
    """The promises in what was `told`."""
    return [one.partition(":")[0] for one in wrong]


def news(wrong: Sequence[str], names: Iterable[str], lines: Iterable[Activity]) -> dict[str, str]:
    """What is wrong and which promises that are, as the log says it; empty where nothing is, or where the log
    says it already."""
    what = "; ".join(wrong)
    known = any(line.did == FOUND and line.details.get("what") == what for line in lines)
    return {} if known or not wrong else {"what": what, PROMISES: ", ".join(dict.fromkeys(names))}
