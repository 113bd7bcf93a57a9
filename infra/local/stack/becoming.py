"""Becomes the command that it is given: `becoming.py PARENT_PID COMMAND...`, run by a bare interpreter.

What a part needs before it begins is done here, in a program of its own, and not between fork and exec: there
the locks and handlers of the caller's other threads (those of gRPC) are half alive, and break the child.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """`parent`: with whom it ends, 0 for nobody. Does not come back; 127 where there is no such program."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if parent and sys.platform == "linux":
        # Linux: SIGTERM when who started us dies, even by SIGKILL. Nothing of a test run is left.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit("who started this has ended")
    try:
        os.execvp(command[0], command)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        sys.exit(127)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
