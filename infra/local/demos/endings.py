"""How a search may end: somebody says yes, two do at once, one wants no texts any more, or nobody answers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from functions.house_visits.list_visits import ListVisits, list_visits
from infra.local.demos import cues
from infra.local.demos.people import ZOFIA
from infra.local.demos.phone_call import INTERVAL_MINUTES
from infra.local.demos.promises import Promises, is_booked_by, minutes_between, ours
from infra.local.demos.stage import Person, Stage


def third_says_yes(stage: Stage, patient: Person, doctors: list[Person]) -> Promises:
    first, second, third = doctors
    cues.asked(stage, first)
    cues.is_silent(stage, first, 13)
    cues.asked(stage, second)
    stage.wait_until(9, 16)
    cues.answers(stage, second, "Nie, dziękuję")
    cues.asked(stage, third)
    stage.wait_until(9, 24)
    cues.answers(stage, third, "Tak")
    promises = _won(stage, patient, third)
    promises.add(
        f"{first.name}, who was silent, is told once that it is taken", _after_offer(stage, first) == 1
    )
    promises.add(f"{second.name}, who said no, hears no more of it", _after_offer(stage, second) <= 1)
    return promises


def race(stage: Stage, patient: Person, doctors: list[Person]) -> Promises:
    first, second, third = doctors
    cues.asked(stage, first)
    cues.is_silent(stage, first, 13)
    cues.asked(stage, second)
    stage.wait_until(9, 15)
    stage.says("Both", "press Send in the same second.")
    with ThreadPoolExecutor() as hands:
        list(hands.map(lambda one: cues.send(stage, one, "tak"), (first, second)))
    stage.tell_texts()
    cues.did(stage, "yes_did_not_win")
    winner, loser = (first, second) if is_booked_by(stage.visit(), first) else (second, first)
    promises = _won(stage, patient, winner)
    promises.add(f"{loser.name} is told that somebody else was first", _after_offer(stage, loser) in (1, 2))
    promises.add(f"{third.name} was never bothered", not ours(stage, third))
    return promises


def stop(stage: Stage, patient: Person, doctors: list[Person]) -> Promises:
    first, second, _ = doctors
    cues.asked(stage, first)
    stage.wait_until(9, 5)
    cues.answers(stage, first, "STOP")
    cues.may_be_texted(stage, first, False)
    cues.asked(stage, second)
    stage.wait_until(9, 8)
    cues.answers(stage, second, "Tak, biorę")
    promises = _won(stage, patient, second)
    promises.add(f"{first.name} got the offer, and nothing after STOP", _after_offer(stage, first) == 0)
    stage.says(first.name, "thinks better of it.")
    cues.send(stage, first, "START")
    stage.tell_texts()
    cues.may_be_texted(stage, first, True)
    stage.pass_time()
    promises.add(f"after START {first.name} may be asked again", _after_offer(stage, first) == 1)
    return promises


def nobody(stage: Stage, patient: Person, doctors: list[Person]) -> Promises:
    for place, one in enumerate(doctors, 1):
        cues.asked(stage, one)
        cues.is_silent(stage, one, 3 + INTERVAL_MINUTES * place)
    visit = cues.is_in(stage, "outside")
    stage.says("Visita", "has nobody left to ask and hands the visit to people:")
    work = visit.outside
    stage.show.rows(
        [
            ("opened", stage.show.hour(work.opened_at)),
            ("due", stage.show.hour(work.due_at)),
            ("because", work.reason.replace("_", " ")),
            ("owner", work.owner or "nobody yet"),
            ("shown as", visit.attention.replace("_", " ")),
        ]
    )
    listed = stage.cloud.app.call(list_visits, ListVisits(waits_for_person=True), stage.cloud.staff())
    stage.pass_time(cues.LATER)
    promises = Promises(f"handed to people after {_minutes(stage, work.opened_at)} min")
    waiting = [one.visit_id for one in listed.visits]
    promises.add("the visit stands in the list of those that wait for a person", stage.visit_id in waiting)
    promises.add("the work is due at a time", work.due_at > work.opened_at)
    once = all(len(ours(stage, one)) == 1 for one in doctors)
    promises.add("each doctor was asked once, and bothered no more", once)
    promises.add("the patient is not told of a doctor who is not there", not ours(stage, patient))
    return promises


def _won(stage: Stage, patient: Person, winner: Person) -> Promises:
    """What holds for every booking by text, after the others have been told and time has passed."""
    visit = cues.is_in(stage, "booked")
    cues.patient_is_told(stage, patient)
    stage.pass_time(cues.LATER)
    promises = Promises(f"booked in {_minutes(stage, visit.winner.won_at)} min")
    promises.add(f"booked by {winner.name}, by text", is_booked_by(stage.visit(), winner))
    promises.add("the winner is told once", _after_offer(stage, winner) == 1)
    mails: Sequence[Any] = stage.mails_to(ZOFIA.email)
    told = len(ours(stage, patient)) == len(mails) == 1
    promises.add("the patient is told once by text and once by mail", told)
    promises.add("one line of the log says booked", [one.did for one in stage.log()].count("booked") == 1)
    return promises


def _after_offer(stage: Stage, doctor: Person) -> int:
    return len(ours(stage, doctor)) - 1


def _minutes(stage: Stage, end: datetime) -> int:
    """Since the first doctor was asked."""
    return minutes_between(min(one.asked_at for one in stage.visit().cascade.offers if one.asked_at), end)
