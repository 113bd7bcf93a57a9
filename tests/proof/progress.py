"""How long proofs show that they are alive, and how they end: a bar, then one line of figures."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import Progress

from tests import leaks

T = TypeVar("T")

PASSED: Final = 0
FAILED: Final = 1
CANNOT: Final = 2


@contextmanager
def bar(about: str, total: int) -> Iterator[Callable[[], None]]:
    """Call what it yields for each that is done, from any thread; the bar is for people and stands on the
    error stream. Begin it before `without_log`, or that stream is not the real one."""
    shown = Console(file=sys.stderr)
    progress = Progress(
        console=shown,
        transient=True,
        disable=not shown.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with progress:
        task = progress.add_task(about, total=total)
        yield lambda: progress.advance(task)


def with_bar(items: Iterable[T], about: str, total: int) -> Iterator[T]:
    """Yields the items under a bar."""
    with bar(about, total) as advance:
        for one in items:
            yield one
            advance()


@contextmanager
def without_log() -> Iterator[None]:
    """The calls inside log as in production, and servers complain of callers that die: thousands of lines
    that nobody would read here, but the scanner for leaks. What is raised is seen all the same."""
    with redirect_stdout(leaks.WatchedLog()), redirect_stderr(leaks.WatchedLog()):
        yield


def end(broken: list[str], figures: str) -> int:
    """Prints what was broken and what leaked, then the figures as the last line; the exit code."""
    broken = [*broken, *leaks.taken()]
    for one in broken:
        print(one)
    print(figures, flush=True)
    return FAILED if broken else PASSED


def carried_out(main: Callable[[Sequence[str]], int]) -> int:
    """The exit code of a proof; one that stumbles has a last line too."""
    try:
        return main(sys.argv[1:])
    except Exception as stumbled:
        traceback.print_exc()
        return (
            end([], f"stopped by {type(stumbled).__name__}, so that nothing is shown: {stumbled}") or FAILED
        )


def need(*names: str) -> None:
    """Ends the program where an emulator is missing."""
    from os import environ

    missing = [name for name in names if not environ.get(name)]
    if missing:
        print(f"{', '.join(missing)} not set: run it by ./emulator.sh proof", file=sys.stderr)
        sys.exit(CANNOT)
