"""Reads one workbook in a process of its own: `python -m tests.shared.adapters.read_in_child FILE`.

Prints the fault, or how many cells there are, then the seconds it took and the megabytes it cost at most.
"""

import resource
import sys
from pathlib import Path
from time import perf_counter

from shared.adapters.workbook_reader import BoundedReader
from shared.contracts.workbooks import WorkbookRefused


def main(path: str) -> None:
    content = Path(path).read_bytes()
    began = perf_counter()
    try:
        said = str(sum(len(one.cells) for one in BoundedReader().read(content).sheets))
    except WorkbookRefused as refused:
        said = refused.fault
    seconds = perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(said, f"{seconds:.3f}", f"{megabytes:.0f}")


if __name__ == "__main__":
    main(sys.argv[1])
