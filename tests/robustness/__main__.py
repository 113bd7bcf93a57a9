"""What nobody foresaw, long enough to be believed. `python -m tests.robustness api|sms`

Each prints its figures as its last line and exits 0 only when they hold.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from rich.console import Console
from rich.progress import Progress

from functions.house_visits.domain.replies import IntentKind
from infra.local.stack.cloud import is_embedded, private_cloud
from infra.local.stack.environment import without_our_own
from tests.robustness import api, sms
from tests.robustness.answers import Found
from tests.robustness.documented import operations

EMULATOR = "FIRESTORE_EMULATOR_HOST"
PORTION = 20
"""Operations behind one emulator: it grows slower with all it was ever told."""


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.robustness", description=__doc__)
    kinds = parser.add_subparsers(required=True)
    calls = kinds.add_parser("api", help="generated and mangled requests to every operation")
    calls.add_argument("--examples", type=int, default=300, help="at least so many for each operation")
    calls.add_argument("--seed", type=int, default=0)
    calls.add_argument(
        "--store", choices=("firestore", "memory"), help="default: an emulator where there is one"
    )
    calls.set_defaults(run=attack_api)
    texts = kinds.add_parser("sms", help="texts from doctors in every disguise of Unicode")
    texts.add_argument("--bodies", type=int, default=200_000)
    texts.add_argument("--seed", type=int, default=0)
    texts.set_defaults(run=fuzz_texts)
    asked = parser.parse_args(words)
    code: int = asked.run(asked)
    return code


def attack_api(asked: argparse.Namespace) -> int:
    environ = without_our_own()
    store = asked.store or ("memory" if is_embedded(environ) else "firestore")
    total, found = len(operations()), Found()
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("operations", total=total)
        for place in range(0, total, PORTION):
            with _behind(store, environ), _a_process() as process:
                portion = process.submit(
                    api.attacked, asked.examples, store, asked.seed, place, PORTION
                ).result()
            for line in portion.told():
                print(line, flush=True)
            found.add(portion)
            progress.update(bar, completed=len(found.statuses))
    print(figures(found, store))
    return 0 if holds(found, asked.examples) else 1


def _a_process() -> ProcessPoolExecutor:
    """Of its own: an emulator cannot be started by one in which gRPC runs, and memory ends with it."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


@contextmanager
def _behind(store: str, environ: Mapping[str, str]) -> Iterator[None]:
    """An emulator of its own, whose memory is not full of what was before."""
    if store == "memory":
        yield
        return
    with private_cloud(environ, ["firestore"]) as cloud:
        os.environ[EMULATOR] = cloud.setting.env[EMULATOR]
        yield


def fuzz_texts(asked: argparse.Namespace) -> int:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("texts", total=asked.bodies)
        heard = sms.run(asked.bodies, asked.seed, lambda more: progress.advance(bar, more))
    print(*heard.wrong, sep="\n")
    kinds = ", ".join(f"{count} {kind}" for kind, count in heard.kinds.most_common())
    answers = ", ".join(f"{count} x {status}" for status, count in sorted(heard.statuses.items()))
    print(
        f"sms: {heard.bodies} bodies ({kinds}), {heard.texted} through the webhook ({answers}), "
        f"{heard.won} won; {heard.wrongs} stumbled over, refused, taken for a yes that is not one, or lost"
    )
    every_kind = len(heard.kinds) == len(IntentKind)
    enough = heard.bodies >= asked.bodies and heard.texted >= asked.bodies // sms.TEXTED_EVERY
    return 0 if heard.wrongs == 0 and enough and every_kind and heard.won > 0 else 1


def figures(found: Found, store: str) -> str:
    return (
        f"api: {len(found.statuses)} operations, at least {found.fewest} requests each, "
        f"{found.requests} in all "
        f"({store}); {found.server_errors} x 5xx, {found.counts.total()} answers not as documented, "
        f"{len(found.never_reached)} operations never answered 200"
    )


def holds(found: Found, examples: int) -> bool:
    """An operation that never said yes proves little: that counts as well."""
    return not found.counts and not found.never_reached and found.fewest >= examples


if __name__ == "__main__":
    sys.exit(main())
