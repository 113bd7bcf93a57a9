"""Runs one proof by its name: `python -m tests.proof conformance --sequences 2000`."""

import runpy
import sys

from infra.local.cli.runnable import list_all, module_called

PROOFS = "tests.proof"


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(list_all(PROOFS, "proof"))
    module = module_called(sys.argv.pop(1), PROOFS)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


main()
