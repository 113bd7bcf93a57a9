"""What so many patients a month need and cost: `python -m infra.capacity --patients 40000`.

docs/capacity.md tells it for three sizes; `python -m infra.render` makes it. Exits 0 only when no limit is
passed in the busiest minute of the size that was asked for, with the settings as they are.
"""

import argparse
import sys
from collections.abc import Sequence

from infra.capacity.limits import limits
from infra.capacity.money import month
from infra.capacity.page import SIZES, table


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.capacity")
    parser.add_argument("--patients", type=int, default=SIZES[0])
    one = month(parser.parse_args(words).patients)
    for what, value in table([one]):
        print(f"{what:<36}{value:>20}")
    print()
    found = limits(one)
    for limit in found:
        print(f"{limit.share:>7.0%} of {limit.bound}: {limit.name}. Knob: {limit.knob}")
    first = found[0]
    each = ", ".join(f"{euros:.4f} € a {name}" for name, euros in one.per_story.items())
    print(
        f"{one.patients:,} patients: {one.euros:,.0f} € a month, {each}; "
        f"first limit: {first.name} at {first.share:.0%}"
    )
    return 0 if first.share <= 1 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
