"""How the simulator's commands are called as proofs: with their usual words, if there are no others."""

import sys

from tests.sim.__main__ import main


def simulate(command: str, *usual: str) -> int:
    """The exit code of `python -m tests.sim COMMAND`; the words after the proof's name go to it."""
    sys.argv[1:] = [command, *(sys.argv[1:] or usual)]
    return main()
