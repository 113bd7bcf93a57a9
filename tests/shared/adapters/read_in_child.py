"""Reads one workbook in a process of its own: `python -m tests.shared.adapters.read_in_child FILE`.

Prints the fault, or how many cells there are, then the seconds of a processor that it took
and the megabytes it cost at most.
"""

import sys
from pathlib import Path
from time import process_time

from shared.adapters.workbook_reader import BoundedReader
from shared.contracts.workbooks import WorkbookRefused


def main(path: str) -> None:
    content = Path(path).read_bytes()
    began = process_time()
    try:
        said = str(sum(len(one.cells) for one in BoundedReader().read(content).sheets))
    except WorkbookRefused as refused:
        said = refused.fault
    seconds = process_time() - began
    print(said, f"{seconds:.3f}", f"{peak_megabytes():.0f}")


def peak_megabytes() -> float:
    """The most that this program ever had; what the kernel counts for the process begins before it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main(sys.argv[1])
