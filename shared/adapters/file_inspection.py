"""Looks into files of strangers in a process of its own, which may use little and may die.

Readers of PDFs and pictures are large and written in C. What a file does to them must not reach our secrets,
our memory or the next file: the child gets no environment but the path of modules, sets its own limits before
it reads the first byte, and whatever kills it speaks against the file.
"""

import os
import subprocess  # one fixed command, and no shell  # nosec B404
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from shared.contracts.documents import Reason
from shared.contracts.file_checks import Inspected

CHILD: Final = "shared.adapters.inspection_child"
ROOT: Final = Path(__file__).resolve().parents[2]
SECONDS_MAX: Final = 45
READY: Final = b"ready\n"
"""What the child says before it touches the file: without it, it is we who are broken, not the file."""


class InspectionBroken(Exception):
    """The child could not even start: try again, and look at the log."""


class ChildInspector:
    """`command` is given the type of the file as its last word, and the file by its standard input."""

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-m", CHILD),
        seconds_max: float = SECONDS_MAX,
    ) -> None:
        self._command = tuple(command)
        self._seconds_max = seconds_max

    def inspect(self, content: bytes, content_type: str) -> Inspected:
        """Raises InspectionBroken."""
        paths = os.pathsep.join((str(ROOT), *(one for one in sys.path if one)))
        try:
            done = subprocess.run(  # noqa: S603 - fixed words and one of three types  # nosec B603
                [*self._command, content_type],
                input=content,
                capture_output=True,
                timeout=self._seconds_max,
                env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Inspected(reason=Reason.TOO_COMPLEX)
        ready, _, told = done.stdout.partition(READY)
        if ready or not done.stdout.startswith(READY):
            raise InspectionBroken(f"the child ended with {done.returncode} before it began")
        return _understood(told, done.returncode)


def _understood(told: bytes, code: int) -> Inspected:
    if code != 0:
        return Inspected(reason=Reason.TOO_COMPLEX)
    try:
        return Inspected.model_validate_json(told)
    except ValidationError:
        return Inspected(reason=Reason.TOO_COMPLEX)
