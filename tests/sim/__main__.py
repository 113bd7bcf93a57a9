"""`python -m tests.sim COMMAND`: the proofs by simulation. Each prints its figures in its last line."""

import argparse
import sys

from tests.sim import crash_points, mutants, outage, random_run, running
from tests.sim.scenario import scenarios


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    commands = words.add_subparsers(required=True)

    run = commands.add_parser("run", help="random histories: N searches, and a share of the others")
    run.add_argument("number", type=int)
    run.add_argument("--brief", action="store_true", help="end with what fails first; tell no story")
    run.set_defaults(do=lambda a: random_run.run(a.number, a.seed, a.dup, a.drop, is_brief=a.brief))

    story = commands.add_parser(
        "story", help="tell one history; one that fails with no more than it needs to"
    )
    story.add_argument("scenario", choices=[one.name for one in scenarios()], metavar="scenario")
    story.set_defaults(
        do=lambda a: running.tell_story(running.scenario_named(a.scenario), a.seed, a.dup, a.drop)
    )

    for one in (run, story):
        one.add_argument("--seed", type=int, default=1)
        one.add_argument("--dup", type=int, default=3, help="a message comes up to so many times")
        one.add_argument(
            "--drop", type=float, default=0.1, help="the share of webhooks and ticks that never come"
        )

    crash = commands.add_parser("crash", help="every call of every reference story, gone wrong once")
    crash.add_argument("--scenarios", default="all", help="all, or a piece of a name")
    crash.add_argument("--every", type=int, default=1, help="only each so many-th call")
    crash.set_defaults(do=lambda a: crash_points.run(a.scenarios, a.every))

    fish = commands.add_parser("mutants", help="seeded bugs: do the nets catch them?")
    fish.add_argument("--only", default="", help="a piece of a name")
    fish.set_defaults(do=lambda a: mutants.run(a.only))

    drill = commands.add_parser("outage", help="a service away for hours, then back")
    drill.add_argument("--hours", type=float, default=6)
    drill.set_defaults(do=lambda a: outage.run(a.hours))

    arguments = words.parse_args()
    return int(arguments.do(arguments))


if __name__ == "__main__":
    sys.exit(main())
