"""A house visit: doctors are texted one after another, and the first yes wins.

It walks through the running cloud as a call centre would, over HTTP, with phones that answer and a clock
that is moved; then it checks that what it showed is what was promised. 0: it is; 1: something is not.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from os import environ
from typing import Final, TextIO

import requests

from infra.local.advance import AdvanceError
from infra.local.demos import clinic_story, endings, phone_call
from infra.local.demos.app import Refused
from infra.local.demos.cloud import Cloud, NothingHappened, cloud_from
from infra.local.demos.promises import Promises
from infra.local.demos.stage import ZONE, Person, Stage
from infra.local.demos.timeline import Timeline

Ending = Callable[[Stage, Person, list[Person]], Promises]


def doctors_are_asked(ending: Ending) -> Callable[[Stage], Promises]:
    """The story of a search that ends like that."""

    def story(stage: Stage) -> Promises:
        patient = phone_call.take_call(stage)
        stage.wait_until(9, 2)
        doctors = phone_call.choose(stage, phone_call.look_around(stage))
        if phone_call.preview(stage, doctors).warnings:
            phone_call.pin(stage)
        stage.wait_until(9, 3)
        phone_call.start(stage, doctors)
        return ending(stage, patient, doctors)

    return story


USUAL: Final = "third-yes"
HANGS: Final = "clinic-hangs"
STORIES: Final[Mapping[str, tuple[Callable[[Stage], Promises], str]]] = {
    USUAL: (doctors_are_asked(endings.third_says_yes), "one is silent, one declines, the third says yes"),
    "nobody": (doctors_are_asked(endings.nobody), "nobody answers, and people search on"),
    "race": (doctors_are_asked(endings.race), "two say yes in the same second"),
    "stop": (doctors_are_asked(endings.stop), "the first one texts STOP"),
    "integrated": (clinic_story.clinic_books, "an integrated clinic is booked by itself"),
    HANGS: (clinic_story.clinic_hangs, "the clinic books, but its answer is lost"),
}
TROUBLE: Final = (
    Refused,
    NothingHappened,
    AdvanceError,
    phone_call.TooFewDoctors,
    clinic_story.NoClinic,
    requests.RequestException,
)


def main(words: Sequence[str]) -> int:
    asked = _read(words)
    try:
        return play(cloud_from(environ), asked)
    except TROUBLE as trouble:
        print(f"\nThe demo ends here: {trouble}", file=sys.stderr)
        return 1


def _read(words: Sequence[str]) -> str:
    """The name of the story."""
    parser = argparse.ArgumentParser(prog="./emulator.sh demo house-visit", description=__doc__)
    one_of = parser.add_mutually_exclusive_group()
    for name, (_, about) in STORIES.items():
        where = parser if name == HANGS else one_of  # it may stand beside --integrated
        where.add_argument(f"--{name}", dest=name, action="store_true", help=about)
    asked = vars(parser.parse_args(words))
    chosen = [name for name in STORIES if asked[name]]
    if HANGS in chosen and not {*chosen} <= {HANGS, "integrated"}:
        parser.error(f"--{HANGS} goes with --integrated")
    return chosen[-1] if chosen else USUAL


def play(cloud: Cloud, name: str, out: TextIO | None = None) -> int:
    """0 when every promise held. The clock runs on afterwards, however it ends."""
    story, about = STORIES[name]
    stage = Stage(cloud, Timeline(ZONE, out))
    try:
        stage.begin()
        stage.show.title(
            f"A house visit: {about}",
            f"{stage.today:%A, %-d %B %Y}, Warsaw. The clock of the local cloud stands still and is moved "
            "from one thing to the next. Texts are shown as they were sent; the phones are at "
            f"{cloud.urls['phones']}, the mailbox at {cloud.urls['mailbox']}.",
        )
        return story(stage).tell(stage)
    finally:
        cloud.clock.go()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
