"""The Python behind emulator.sh: reads the command, does it, answers with an exit code."""

import signal
import sys
from types import FrameType

from infra.local.cli import show
from infra.local.cli.arguments import parse
from infra.local.stack.part import Refused
from infra.local.stack.supervisor import DidNotComeUp

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def main() -> int:
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        arguments = parse(sys.argv[1:])
        code: int = arguments.command(arguments)
    except Refused as refusal:
        show.problem(str(refusal))
        return WRONG_USE
    except DidNotComeUp as failure:
        show.problem(str(failure))
        return FAILED
    except KeyboardInterrupt:
        show.problem("interrupted; what this command started has been ended")
        return INTERRUPTED
    return code


def _as_ctrl_c(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
