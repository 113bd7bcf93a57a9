"""The commands of emulator.sh and their options: one entry each, so that help is complete."""

import argparse
from collections.abc import Sequence

from infra.local.cli import clock, doctor, lifecycle, show_state, testing, work

DESCRIPTION = """\
The local cloud of Visita: every Google Cloud service, the phones, the mailbox and the customer's
systems on this machine, loopback only, no account needed."""

EXIT_CODES = """\
exit codes
  0    done, or nothing to do
  1    something did not work: a part did not come up, a check or test failed, status: not all runs
  2    wrong use, or refused because it might touch something real
  exec, test, mutation, demo, bench, load, proof and run answer with the code of what they ran
  130  after Ctrl-C

environment
  PORT_GATEWAY, PORT_FIRESTORE, ...  put a part on another port   (./emulator.sh env shows all)
  VISITA_STATE_DIR [.emulator]       pids, logs, keys, clock, env file
  VISITA_AUTH [auto]                 official | twin | auto
  FIRESTORE_EMULATOR_HOST, PUBSUB_EMULATOR_HOST   use the ones you already run
  NO_COLOR                           no colours"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Ends the program with 2 on wrong use, as argparse does."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(list(words) or ["help"])
    if arguments.command is None:
        parser.print_help()
        parser.exit(0)
    if rest and not arguments.takes_rest:
        parser.error(f"unknown: {' '.join(rest)}   (./emulator.sh help)")
    arguments.rest = rest
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./emulator.sh",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(takes_rest=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=False)
    lifecycle.add_to(commands)
    show_state.add_to(commands)
    work.add_to(commands)
    clock.add_to(commands)
    testing.add_to(commands)
    doctor.add_to(commands)
    commands.add_parser("help", help="this page").set_defaults(command=None)
    return parser
