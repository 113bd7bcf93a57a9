"""A chat: a doctor and an operator talk about a visit; who has not read gets a text, and may answer it.

It walks through the running cloud over HTTP, with phones that answer and a clock that is moved; then it
checks that what it showed is what was promised. 0: it is; 1: something is not.
"""

import argparse
import base64
import sys
from collections.abc import Sequence
from os import environ
from pathlib import Path
from typing import Final, TextIO

import requests

from infra.local.advance import AdvanceError
from infra.local.auth.browser import NotLetIn
from infra.local.demos import cues, phone_call
from infra.local.demos.app import Refused
from infra.local.demos.chat_steps import (
    UNREAD_MINUTES,
    Talkers,
    as_doctor,
    closes,
    exported,
    is_nobody,
    nudges,
    opens,
    reads,
    said,
    seen_by,
    writes,
)
from infra.local.demos.cloud import Cloud, NothingHappened, cloud_from
from infra.local.demos.promises import ours
from infra.local.demos.stage import ZONE, Person, Stage, counted
from infra.local.demos.timeline import Timeline

FOLDER: Final = Path(environ.get("VISITA_STATE_DIR", ".emulator")) / "chat"
QUESTION: Final = "Pacjentka prosi, żeby przed wizytą zadzwonić. Czy to możliwe?"
BY_TEXT: Final = "Jestem u chorego, zadzwonię do niej za 20 minut"
THANKS: Final = "Dziękuję, przekażę pacjentce."
AT_LAST: Final = "Już rozmawiałam, będę o 15:30."
SECRETS: Final = ("Malinowska", "Kwiatowa", "zadzwonić", "pacjent")
TROUBLE: Final = (
    Refused,
    NothingHappened,
    NotLetIn,
    AdvanceError,
    phone_call.TooFewDoctors,
    requests.RequestException,
)
Promise = tuple[str, bool]


def story(stage: Stage) -> list[Promise]:
    phone_call.take_call(stage)
    doctors = phone_call.choose(stage, phone_call.look_around(stage))
    winner, other, _ = doctors
    stage.wait_until(9, 3)
    phone_call.start(stage, doctors)
    cues.asked(stage, winner)
    stage.wait_until(9, 5)
    cues.answers(stage, winner, "Tak")
    cues.is_in(stage, "booked")
    talk = Talkers(stage.cloud.staff(), as_doctor(stage, winner))
    kept = _question_and_answer(stage, talk, winner)
    return kept + _in_the_app(stage, talk, winner, other)


def _question_and_answer(stage: Stage, talk: Talkers, winner: Person) -> list[Promise]:
    stage.show.heading("Something is asked, and not read")
    opens(stage, talk.operator)
    writes(stage, talk.operator, "Operator", QUESTION, "demo-question-1")
    writes(stage, talk.operator, "Operator", QUESTION, "demo-question-1", again=True)
    stage.wait_until(9, 4 + UNREAD_MINUTES)
    early = nudges(stage, winner)
    stage.says(winner.name, f"has not looked into the app; {UNREAD_MINUTES} minutes are nearly over.")
    stage.wait_until(9, 6 + UNREAD_MINUTES)
    in_time = nudges(stage, winner)
    stage.wait_until(9, 30)
    cues.send(stage, winner, BY_TEXT)
    stage.tell_texts()
    stage.cloud.until("the answer in the thread", lambda: BY_TEXT in said(stage, talk.operator) or None)
    seen = seen_by(stage, talk.operator)
    stage.says("Operator", f"reads in the thread, by {seen[-1].way.upper()}: “{seen[-1].text}”")
    return [
        ("a message that was sent twice is one message", said(stage, talk.operator).count(QUESTION) == 1),
        (f"no text before {UNREAD_MINUTES} minutes, one after them", (early, in_time) == (0, 1)),
        ("the answer to it joined the conversation, as the doctor's", seen[-1].author_name in winner.name),
    ]


def _in_the_app(stage: Stage, talk: Talkers, winner: Person, other: Person) -> list[Promise]:
    stage.show.heading("In the app")
    writes(stage, talk.operator, "Operator", THANKS, "demo-thanks-001")
    stage.wait_until(9, 40)
    read = reads(stage, talk.doctor, winner.name)
    writes(stage, talk.doctor, winner.name, AT_LAST, "demo-at-last-1")
    left = reads(stage, talk.doctor, "")
    stage.wait_until(10, 30)
    hidden = is_nobody(stage, as_doctor(stage, other))
    stage.says(other.name, "was never let in, and finds no such conversation.")
    closes(stage, talk.operator)
    paper = FOLDER / "conversation.pdf"
    content = exported(stage, talk.operator)
    FOLDER.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(base64.b64decode(content))
    stage.says("Operator", f"takes the conversation away: {paper}")
    numbers = [one.number for one in seen_by(stage, talk.operator)]
    bodies = [one["body"] for one in ours(stage, winner)]
    return [
        ("everything the doctor had not seen was unread, then nothing", (read, left) == (3, 0)),
        ("no second text while the first is unread", nudges(stage, winner) == 1),
        ("who takes no part finds no conversation", hidden),
        ("messages are numbered without a gap", numbers == list(range(1, len(numbers) + 1))),
        ("both say the same, in the same order", said(stage, talk.operator) == said(stage, talk.doctor)),
        ("no text holds a word of it", not any(one in body for one in SECRETS for body in bodies)),
        ("every text fits one segment", all(one["segments"] == 1 for one in ours(stage))),
        ("the conversation is a PDF", paper.read_bytes().startswith(b"%PDF")),
    ]


def play(cloud: Cloud, out: TextIO | None = None) -> int:
    """0 when every promise held. The clock runs on afterwards, however it ends."""
    stage = Stage(cloud, Timeline(ZONE, out))
    try:
        stage.begin()
        stage.show.title(
            "A chat: a doctor and an operator talk about a visit",
            f"{stage.today:%A, %-d %B %Y}, Warsaw. The clock of the local cloud stands still and is moved "
            "from one thing to the next.",
        )
        kept = story(stage)
        stage.show.heading("What was promised")
        stage.show.blank()
        for promise, held in kept:
            stage.show.promise(promise, held)
        broken = sum(not held for _, held in kept)
        messages = len(seen_by(stage, cloud.staff()))
        figures = f"{counted(messages, 'message')} · {counted(len(ours(stage)), 'text')} · "
        stage.show.figures(f"{figures}{counted(len(kept), 'promise')}, {broken} broken", not broken)
        return 1 if broken else 0
    finally:
        cloud.clock.go()


def main(words: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="./emulator.sh demo chat", description=__doc__).parse_args(words)
    try:
        return play(cloud_from(environ))
    except TROUBLE as trouble:
        print(f"\nThe demo ends here: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
