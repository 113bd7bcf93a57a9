"""A certificate: from the call to the paper in the patient's hands, from documents and by an examination.

It walks through the running cloud over HTTP, with a clock that is moved, leaves the papers as files, and
checks that what it showed is what was promised. 0: it is; 1: something is not.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from os import environ
from pathlib import Path
from typing import Final, TextIO

import requests

from infra.local.advance import AdvanceError
from infra.local.auth.browser import NotLetIn
from infra.local.demos import certificate_steps as steps
from infra.local.demos.app import Refused
from infra.local.demos.certificate_desk import Desk, NoDoctor, begin
from infra.local.demos.cloud import Cloud, NothingHappened, cloud_from
from infra.local.demos.people import HENRYK, ZOFIA, e164
from infra.local.demos.stage import ZONE, Stage
from infra.local.demos.timeline import Timeline
from shared.kernel.times import local_instant

FOLDER: Final = Path(environ.get("VISITA_STATE_DIR", ".emulator")) / "certificates"
SECRETS: Final = ("Malinowska", "Zając", "kolan", "uszczerb")
EXAMINED_FOR: Final = timedelta(minutes=30)
TROUBLE: Final = (
    Refused,
    NothingHappened,
    NotLetIn,
    AdvanceError,
    NoDoctor,
    requests.RequestException,
)


@dataclass
class Kept:
    """Promises and whether they held; papers that were left behind."""

    promises: list[tuple[str, bool]] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)

    def add(self, promise: str, held: bool) -> None:
        self.promises.append((promise, held))


def from_documents(desk: Desk, kept: Kept) -> None:
    stage = desk.stage
    stage.show.heading("From documents")
    stage.says("Call", "Zofia Malinowska broke her knee in May. Her insurer asks for a certificate.")
    case_id = steps.orders_remote(desk, ZOFIA)
    stage.wait_until(9, 30)
    kept.add("of two doctors who want one case one has it", steps.two_want(desk, case_id))
    stage.wait_until(10, 15)
    first = steps.signs(desk, case_id, desk.doctors[0], steps.KNEE_20)
    _paper(desk, kept, first.certificate_id, "of the first certificate")
    kept.add(
        "whoever holds it is told that it is valid", steps.checked(desk, first.certificate_id) == "valid"
    )
    stage.wait_until(11, 40)
    second = steps.amends(desk, first.certificate_id, case_id, steps.KNEE_15)
    _paper(desk, kept, second.certificate_id, "of the one that takes its place")
    told = [steps.checked(desk, one.certificate_id) for one in (first, second)]
    kept.add("the old one is superseded, the new one valid", told == ["superseded", "valid"])
    kept.add("numbers follow each other without a gap", steps.follows(first.number, second.number))


def by_examination(desk: Desk, kept: Kept) -> None:
    stage = desk.stage
    stage.show.heading("By an examination")
    stage.says("Call", "Henryk Zając phones. He cannot bend his knee, and a doctor should look at it.")
    begins = local_instant(stage.today, time(16), str(ZONE))
    case_id = steps.orders_examination(desk, HENRYK, begins, begins + EXAMINED_FOR)
    stage.pass_time()
    stage.pass_time(begins + EXAMINED_FOR - stage.now)
    stage.says("Clinic", "The examination has taken place.")
    signed = steps.signs(desk, case_id, desk.doctors[0], steps.CANNOT_SAY_YET)
    _paper(desk, kept, signed.certificate_id, "of the examination")
    kept.add("a wrong code is answered like a wrong number", steps.nothing_to_try(desk, signed.number))


def _paper(desk: Desk, kept: Kept, certificate_id: str, what: str) -> None:
    """The patient hears of it, and downloads it."""
    desk.stage.pass_time()
    path, is_whole = steps.in_their_hands(desk, certificate_id, FOLDER)
    desk.stage.says("Patient", f"downloads the paper {what}: {path}")
    kept.papers.append(path)
    kept.add(f"the paper {what} is the one that was noted", is_whole)


def play(cloud: Cloud, out: TextIO | None = None) -> int:
    """0 when every promise held. The clock runs on afterwards, however it ends."""
    stage, kept = Stage(cloud, Timeline(ZONE, out)), Kept()
    try:
        stage.begin()
        began = stage.now
        stage.show.title(
            "A certificate: from documents, and by an examination",
            f"{stage.today:%A, %-d %B %Y}, Warsaw. The clock of the local cloud stands still and is moved "
            "from one thing to the next.",
        )
        desk = begin(stage)
        from_documents(desk, kept)
        by_examination(desk, kept)
        return _tell(stage, kept, began)
    finally:
        cloud.clock.go()


def _tell(stage: Stage, kept: Kept, began: datetime) -> int:
    ours = [one for one in stage.texts if one["direction"] == "outbound-api"]
    phones = {e164(ZOFIA), e164(HENRYK)}
    told = [one["body"] for one in ours if one["to"] in phones]
    silent = not any(one in text for one in SECRETS for text in told)
    kept.add("patients were texted, and no text says whose it is or what it is about", bool(told) and silent)
    kept.add("every text fits one segment", all(one["segments"] == 1 for one in ours))
    stage.show.heading("What was promised")
    stage.show.blank()
    for promise, held in kept.promises:
        stage.show.promise(promise, held)
    good = all(held for _, held in kept.promises)
    days = (stage.now - began) / timedelta(days=1)
    broken = sum(not held for _, held in kept.promises)
    stage.show.figures(
        f"{len(kept.papers)} papers, the last {kept.papers[-1].name} · {len(ours)} texts · "
        f"{len(kept.promises)} promises, {broken} broken · {days:.1f} days",
        good,
    )
    return 0 if good else 1


def main(words: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="./emulator.sh demo certificate", description=__doc__).parse_args(words)
    try:
        return play(cloud_from(environ))
    except TROUBLE as trouble:
        print(f"\nThe demo ends here: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
