"""How long proofs show that they are alive, and how they end: a bar, then one line of figures."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")

PASSED: Final = 0
FAILED: Final = 1
CANNOT: Final = 2


def with_bar(items: Iterable[T], about: str, total: int) -> Iterator[T]:
    """Yields the items; the bar is for people and stands on the error stream."""
    shown = Console(file=sys.stderr)  # the real one, whatever becomes of the name meanwhile
    yield from track(items, about, total, console=shown, transient=True, disable=not shown.is_terminal)


class _Nowhere(TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def without_log() -> Iterator[None]:
    """The calls inside log as in production, and servers complain of callers that die: thousands of lines
    that nobody would read here. What is raised is seen all the same."""
    with redirect_stdout(_Nowhere()), redirect_stderr(_Nowhere()):
        yield


def end(broken: list[str], figures: str) -> int:
    """Prints what was broken, then the figures as the last line; the exit code."""
    for one in broken:
        print(one)
    print(figures, flush=True)
    return FAILED if broken else PASSED


def need(*names: str) -> None:
    """Ends the program where an emulator is missing."""
    from os import environ

    missing = [name for name in names if not environ.get(name)]
    if missing:
        print(f"{', '.join(missing)} not set: run it by ./emulator.sh proof", file=sys.stderr)
        sys.exit(CANNOT)
