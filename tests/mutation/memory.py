"""Which tests noticed mistakes so far, in memory that all children share: those are asked first."""

import mmap
from collections.abc import Iterable, Sequence
from typing import Final

BYTES_EACH: Final = 4


class Noticed:
    """Counts may be lost where two children add at once: only the order of tests hangs on them."""

    def __init__(self, files: Iterable[str], tests: Iterable[str]) -> None:
        self._files = {name: place for place, name in enumerate(files)}
        self._tests = {name: place for place, name in enumerate(tests)}
        cells = len(self._files) * len(self._tests)
        self._shared = mmap.mmap(-1, max(1, cells) * BYTES_EACH)
        self._counts = memoryview(self._shared).cast("I")

    def add(self, file: str, test: str) -> None:
        self._counts[self._cell(file, test)] += 1

    def in_order(self, file: str, tests: Sequence[str]) -> list[str]:
        """Those that noticed most in this file first; among equals as they were."""
        return sorted(tests, key=lambda one: -self._counts[self._cell(file, one)])

    def _cell(self, file: str, test: str) -> int:
        return self._files[file] * len(self._tests) + self._tests[test]
