"""What must hold of house visits at the end of a story: kept promises, people who were told the truth."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final

from functions.house_visits.domain.cascade import OverlapPolicy
from functions.house_visits.domain.desk import Desk, is_open
from functions.house_visits.domain.diary import TRAVEL_BUFFER
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.records import Activity
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.people import Cast
from tests.sim.told import ENDED, Logs, Told, booked_by

AT_REST: Final = frozenset(VisitStatus) - {VisitStatus.OFFERING, VisitStatus.UNKNOWN_OUTCOME}
WAITS: Final = (VisitStatus.REQUESTED, VisitStatus.OUTSIDE)
IN_HAND: Final = frozenset({"rescheduled", "outside_search_claimed"})
TURNS: Final = IN_HAND | ENDED | {"no_clinic_booked"}
STILL_OPEN: Final = frozenset(
    {"doctor_asked", "offer_sent", "offer_delivered", "doctor_wrote", "yes_did_not_win"}
)
A_WHILE: Final = timedelta(minutes=2)


def breaches(cast: Cast) -> list[str]:
    machine = cast.machine
    visits = {one.id: one for one in all_of(machine, Visit)}
    logs = {one.id: log_of(machine, one) for one in visits.values()}
    told = Told(machine)
    return [
        *(f"{one.id} {what}" for one in visits.values() for what in _of_visit(one, logs[one.id], machine)),
        *told.breaches(visits, logs),
        *_desks(machine, visits),
        *_clinics(machine, visits),
        *_apps(cast, logs),
        *_nothing_was_guessed(cast, visits, logs),
        *_nobody_is_in_two_places(visits),
        *_each_text_was_read_once(logs),
    ]


def _of_visit(visit: Visit, lines: list[Activity], machine: Machine) -> Iterator[str]:
    yield from broken(visit, lines, machine.timeline.now())
    if visit.status not in AT_REST:
        yield f"is still {visit.status}"
    if visit.status in WAITS and not visit.attention and not _is_in_hand(lines):
        yield f"is {visit.status}, and nobody knows that it waits"
    if visit.status == VisitStatus.BOOKED and visit.told_epoch != visit.epoch:
        yield f"is booked in epoch {visit.epoch}, the patient knows of {visit.told_epoch}"


def _is_in_hand(lines: list[Activity]) -> bool:
    """Whether the operator is at it: they asked for the visit, moved it or took it over just now."""
    turns = [line for line in lines if line.did in TURNS]
    return not turns or turns[-1].did in IN_HAND


def _desks(machine: Machine, visits: dict[str, Visit]) -> Iterator[str]:
    """4: no two open offers on one phone share number and code, and no code is given twice in quarantine."""
    for desk in all_of(machine, Desk):
        known = Counter(one.code for one in desk.entries)
        yield from (f"desk {desk.id}: {code} was given {n} times" for code, n in known.items() if n > 1)
        live = Counter((one.sender, one.code) for one in desk.entries if is_open(one, visits))
        yield from (f"desk {desk.id}: {code} is open twice" for (_, code), times in live.items() if times > 1)


def _clinics(machine: Machine, visits: dict[str, Visit]) -> Iterator[str]:
    """1: what a clinic holds for us is what a visit was won by."""
    held = Counter(machine.clinics.live())
    won = Counter(
        one.winner.clinic_id
        for one in visits.values()
        if one.status == VisitStatus.BOOKED
        and one.winner is not None
        and one.winner.channel == Channel.CLINIC
    )
    if held != won:
        yield f"clinics hold {dict(held)}, visits are booked at {dict(won)}"


def _apps(cast: Cast, logs: Logs) -> Iterator[str]:
    for one in cast.app_answers:
        mine = booked_by(one.doctor_id, logs[one.visit_id])
        if one.status == 200 and not mine:
            yield f"the app told {one.doctor_id} that {one.visit_id} is theirs, and it never was"
        others = any(line.did == "booked" for line in logs[one.visit_id])
        if one.code == "already-taken" and not others:
            yield f"the app told {one.doctor_id} that {one.visit_id} is taken, and it never was"


def _nothing_was_guessed(cast: Cast, visits: dict[str, Visit], logs: Logs) -> Iterator[str]:
    """3: nobody has a visit to which they did not mean to say yes, while the one that they meant was open.

    A bare yes to an offer that has just ended is a yes to the only one that is left on that number.
    """
    for visit_id, lines in logs.items():
        for line in lines:
            doctor_id = str(line.details.get("doctor_id", ""))
            said = line.did == "booked" and line.details.get("channel") in (Channel.SMS, Channel.APP)
            meant = [visits[one] for one in cast.wanted[doctor_id]]
            if (
                said
                and visits[visit_id] not in meant
                and all(_is_open(one, logs[one.id], doctor_id, line.at) for one in meant)
            ):
                yield f"{doctor_id} was given {visit_id}, and meant another"


def _is_open(visit: Visit, lines: list[Activity], doctor_id: str, at: datetime) -> bool:
    """Whether that doctor's offer of the visit was surely open then."""
    is_exclusive = visit.cascade is None or visit.cascade.policy == OverlapPolicy.EXCLUSIVE
    ends = [
        one.at
        for one in lines
        if one.did in ENDED
        or (one.details.get("doctor_id") == doctor_id and one.did not in STILL_OPEN)
        or (is_exclusive and one.did == "doctor_asked" and one.details.get("doctor_id") != doctor_id)
    ]
    return all(one > at + A_WHILE for one in ends)


def _nobody_is_in_two_places(visits: dict[str, Visit]) -> Iterator[str]:
    taken = [
        one
        for one in visits.values()
        if one.status == VisitStatus.BOOKED and one.winner and one.winner.offer_id
    ]
    for one, other in combinations(taken, 2):
        same = one.winner and other.winner and one.winner.doctor_id == other.winner.doctor_id
        if same and one.span.overlaps(other.span, buffer=TRAVEL_BUFFER):
            yield f"{one.id} and {other.id} have the same doctor at the same time"


def _each_text_was_read_once(logs: Logs) -> Iterator[str]:
    spoken = Counter(
        text for lines in logs.values() for line in lines if (text := line.details.get("text_id"))
    )
    yield from (f"text {text} was read {times} times" for text, times in spoken.items() if times > 1)
