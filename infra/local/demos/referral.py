"""The circle of occupational medicine: referral, time, examination, certificate, a year, reminder, referral.

It walks through the running cloud over HTTP, with a clock that is moved by a year, leaves the papers as
files, and checks that what it showed is what was promised. 0: it is; 1: something is not.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from os import environ
from pathlib import Path
from typing import Final, TextIO

import requests

from infra.local.advance import AdvanceError
from infra.local.auth.browser import NotLetIn
from infra.local.demos import referral_steps as steps
from infra.local.demos.app import Refused
from infra.local.demos.cloud import Cloud, NothingHappened, cloud_from
from infra.local.demos.people import MARIA
from infra.local.demos.referral_office import Office, open_office
from infra.local.demos.stage import ZONE, Stage
from infra.local.demos.timeline import Timeline
from infra.local.seed import NotSeeded
from shared.kernel.times import local_instant

FOLDER: Final = Path(environ.get("VISITA_STATE_DIR", ".emulator")) / "referrals"
SECRETS: Final = ("Wróbel", "Maria", "Huta", "Jantar", "spaw", "135/85")
AHEAD: Final = timedelta(days=30)
HR_MAIL: Final = "kadry@huta-demo.example"
TROUBLE: Final = (Refused, NothingHappened, NotLetIn, NotSeeded, AdvanceError, requests.RequestException)

Promised = list[tuple[str, bool]]


def examined_once(office: Office, kept: Promised) -> tuple[str, datetime]:
    """From the referral to the certificate; its id, and when Maria was examined."""
    stage = office.stage
    stage.show.heading("The first round")
    seen = steps.refers(office)
    before = steps.usage(office)
    kept.append(("one unit of the package is reserved with the referral", before.reserved >= 1))
    slot = steps.chooses(office)
    told = [one for one in stage.mails_to(MARIA.email) if one["attachments"]]
    kept.append(("Maria gets her time by mail with a file for her calendar", bool(told)))
    steps.jump_to(office, slot.starts_at)
    signed = steps.signs(office, seen.referral_id)
    after = steps.usage(office)
    kept.append(("the unit is used up, once", after.consumed == before.consumed + 1))
    view = steps.employer_sees(office, signed.certificate_id)
    stage.says("HR", f"finds {view.number}: fit, next by {signed.next_dues[0].due_on}.")
    kept.append(("the employer sees the decision and no finding", "135/85" not in view.model_dump_json()))
    whole = steps.papers_of(office, seen.referral_id, signed.certificate_id, FOLDER)
    kept.append(("both papers are on file as they were signed", whole))
    return signed.certificate_id, slot.starts_at


def a_year_later(office: Office, certificate_id: str, kept: Promised) -> None:
    stage = office.stage
    stage.show.heading("Eleven months later")
    due = steps.in_a_year(stage.today)
    steps.jump_to(office, local_instant(due - AHEAD, time(6), str(ZONE)))
    steps.runs(office, "referrals__scan_expiries")
    steps.jump_to(office, local_instant(due - AHEAD, time(8), str(ZONE)))
    for _ in range(2):
        steps.runs(office, "referrals__scan_expiries")
        steps.runs(office, "referrals__send_digests")
    digests = stage.mails_to(HR_MAIL)
    stage.says("HR", f"is reminded by mail: {digests[0]['subject'] if digests else 'nothing came'}.")
    kept.append(("30 days before, HR is reminded once, however often the scan runs", len(digests) == 1))
    seen = steps.refers(office)
    kept.append(("the circle begins again with a new referral", seen.status == "issued"))
    slot = steps.chooses(office)
    steps.jump_to(office, slot.starts_at)
    signed = steps.signs(office, seen.referral_id)
    steps.jump_to(office, local_instant(due - timedelta(days=7), time(6), str(ZONE)))
    steps.runs(office, "referrals__scan_expiries")
    steps.jump_to(office, local_instant(due - timedelta(days=7), time(8), str(ZONE)))
    steps.runs(office, "referrals__send_digests")
    kept.append(("who has been examined again is not reminded of", not stage.mails_to(HR_MAIL)))
    kept.append(("the new certificate is another one", signed.certificate_id != certificate_id))


def play(cloud: Cloud, out: TextIO | None = None) -> int:
    """0 when every promise held. The clock runs on afterwards, however it ends."""
    stage = Stage(cloud, Timeline(ZONE, out))
    kept: Promised = []
    try:
        stage.begin()
        stage.show.title(
            "Occupational medicine: once round, and a year",
            f"{stage.today:%A, %-d %B %Y}, Warsaw. The clock of the local cloud stands still and is "
            f"moved. The phones are at {cloud.urls['phones']}, the mailbox at {cloud.urls['mailbox']}.",
        )
        office = open_office(stage)
        certificate_id, _ = examined_once(office, kept)
        a_year_later(office, certificate_id, kept)
        return _tell(office, kept)
    finally:
        cloud.clock.go()


def _tell(office: Office, kept: Promised) -> int:
    ours = [one for one in office.stage.texts if one["direction"] == "outbound-api"]
    secret = [word for word in SECRETS if any(word in one["body"] for one in ours)]
    kept.append(("no text names a person, an employer or what was found", not secret))
    kept.append(("every text fits one segment", all(one["segments"] == 1 for one in ours)))
    show = office.stage.show
    show.heading("What was promised")
    show.blank()
    for promise, held in kept:
        show.promise(promise, held)
    good = all(held for _, held in kept)
    papers = ", ".join(str(one) for one in office.papers)
    show.figures(f"{len(kept)} promises · {len(ours)} texts · papers: {papers}", good)
    return 0 if good else 1


def main(words: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="./emulator.sh demo referral", description=__doc__).parse_args(words)
    try:
        return play(cloud_from(environ))
    except TROUBLE as trouble:
        print(f"\nThe demo ends here: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
