"""Who may do what, asked of every action, and every attack there is: `python -m tests.authorization`.

Says what is wrong, line by line, and its figures last; exits 0 only when nothing is.
"""

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from functools import partial

from rich.console import Console
from rich.progress import Progress

from shared.runtime import catalog
from tests.authorization import (
    attacks,
    attacks_bridge,
    attacks_clinic,
    attacks_identity,
    attacks_services,
    attacks_twilio,
    kinds,
    replays,
)
from tests.authorization.google import google
from tests.authorization.matrix import Matrix, cases
from tests.authorization.stand import NotDescribed, Stand, asks_of

Check = Callable[[], str]
"""What is wrong, or ""."""
ATTACKS = (attacks_twilio, attacks_clinic, attacks_bridge, attacks_identity, attacks_services)


def main() -> int:
    screen = Console(stderr=True)
    lacking = _lacking()
    for line in lacking:
        screen.print(line)
    if lacking:
        return _figures({"not described": len(lacking)}, len(lacking))
    with google() as here:
        checks = {name: list(found) for name, found in _all(Stand(here)).items()}
        wrong = _run([one for found in checks.values() for one in found], screen)
    forged = len(checks["forged"])
    if forged < attacks.FORGED_MIN:
        wrong.append(f"{forged} forged calls are fewer than {attacks.FORGED_MIN}")
    for line in wrong:
        screen.print(line, markup=False, soft_wrap=True)
    return _figures({name: len(found) for name, found in checks.items()}, len(wrong))


def _lacking() -> list[str]:
    said = []
    for one in catalog.all_actions():
        try:
            asks_of(one)
        except NotDescribed as lacking:
            said.append(str(lacking))
    return said or kinds.not_described()


def _all(stand: Stand) -> dict[str, Iterator[Check]]:
    matrix = Matrix(stand)
    actions = catalog.all_actions()
    return {
        "of the matrix": (partial(matrix.wrong, one) for it in actions for one in cases(it)),
        "records from another tenant": (
            partial(str, f"{name}: seen" * seen) for name, seen in kinds.sights(stand)
        ),
        "forged": (partial(attacks.wrong, one, stand) for kind in ATTACKS for one in kind.forged()),
        "genuine": (partial(attacks.wrong, one, stand) for kind in ATTACKS for one in kind.genuine()),
        "replayed": (partial(replays.wrong, one, stand) for one in replays.replays()),
    }


def _run(checks: list[Check], screen: Console) -> list[str]:
    wrong = []
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        for check in bar.track(checks, description="authorization"):
            with contextlib.redirect_stdout(io.StringIO()):  # the functions' log is not asked here
                found = check()
            wrong += [found] if found else []
    return wrong


def _figures(counts: dict[str, int], wrong: int) -> int:
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    sys.stdout.write(f"{sum(counts.values())} cases, {wrong} wrong: {told}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
