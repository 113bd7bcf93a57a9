"""The process that reads one file of a stranger: limits first, then the file, then one line of JSON.

`python -m shared.adapters.inspection_child application/pdf < file`. It writes no files and starts no process.
"""

import resource
import sys
from collections.abc import Callable
from typing import Final

from shared.contracts.documents import Reason
from shared.contracts.file_checks import BYTES_MAX, Inspected

MEMORY_MAX: Final = 1_200 * 1024 * 1024
CPU_SECONDS_MAX: Final = 30

Look = Callable[[bytes, str], Inspected]


def main(content_type: str) -> None:
    look = _reader_of(content_type)
    _limit()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdout.write(_seen(look, content_type).model_dump_json())


def _reader_of(content_type: str) -> Look:
    """One of the two libraries: the other would be in the way, and cost a tenth of a second."""
    if content_type == "application/pdf":
        from shared.adapters.inspection_pdf import inspect_pdf

        return inspect_pdf
    from shared.adapters.inspection_picture import inspect_picture

    return inspect_picture


def _seen(look: Look, content_type: str) -> Inspected:
    content = sys.stdin.buffer.read(BYTES_MAX + 1)
    if len(content) > BYTES_MAX:
        return Inspected(reason=Reason.TOO_LARGE)
    try:
        return look(content, content_type)
    except (MemoryError, RecursionError):
        return Inspected(reason=Reason.TOO_COMPLEX)


def _limit() -> None:
    """More than these the file shall not cost; past them the kernel ends us, and that is an answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1])
