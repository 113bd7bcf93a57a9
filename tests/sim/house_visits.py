"""What must hold of house visits at the end of a story: kept promises, people who were told the truth."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final

from functions.house_visits.domain.cascade import OverlapPolicy
from functions.house_visits.domain.desk import Desk, DeskEntry, is_open
from functions.house_visits.domain.diary import TRAVEL_BUFFER, Diary
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.records import Activity
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.people import Cast, phone_of

OFFER: Final = re.compile(r"Odpisz TAK (\w+) albo NIE \w+\.$")
YOURS: Final = re.compile(r"wizyta (\w+) jest Twoja")
CLOSED: Final = re.compile(r"wizyta (\w+) jest juz obsadzona")
AT_REST: Final = frozenset(VisitStatus) - {VisitStatus.OFFERING, VisitStatus.UNKNOWN_OUTCOME}
ENDED: Final = frozenset(
    {"booked", "cancelled", "rescheduled", "search_exhausted", "outside_search_opened", "winner_withdrew"}
)
STILL_OPEN: Final = frozenset(
    {"doctor_asked", "offer_sent", "offer_delivered", "doctor_wrote", "yes_did_not_win"}
)
A_WHILE: Final = timedelta(minutes=2)
Logs = dict[str, list[Activity]]


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
        *(what for one in visits.values() for what in _winner_is_ready(one, told, machine)),
        *_apps(cast, logs),
        *_nothing_was_guessed(cast, visits, logs),
        *_nobody_is_in_two_places(visits),
        *_each_text_was_read_once(logs),
    ]


def _of_visit(visit: Visit, lines: list[Activity], machine: Machine) -> Iterator[str]:
    yield from broken(visit, lines, machine.timeline.now())
    if visit.status not in AT_REST:
        yield f"is still {visit.status}"
    if visit.status == VisitStatus.BOOKED and visit.told_epoch != visit.epoch:
        yield f"is booked in epoch {visit.epoch}, the patient knows of {visit.told_epoch}"


class Told:
    """What the phones were told, by phone and code."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.entries: dict[tuple[str, str], DeskEntry] = {}
        for desk in all_of(machine, Desk):
            for entry in desk.entries:
                self.entries[phone_of(entry.doctor_id), entry.code] = entry
        self.offers, self.yours, self.closed = (self._count(one) for one in (OFFER, YOURS, CLOSED))

    def _count(self, pattern: re.Pattern[str]) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for one in self._machine.provider.sent:
            if (match := pattern.search(one.sms.body)) and "pewno" not in one.sms.body:
                found[one.sms.to, match[1]] += 1
        return found

    def breaches(self, visits: dict[str, Visit], logs: Logs) -> Iterator[str]:
        for name, said in (("offer", self.offers), ("closing", self.closed)):
            yield from (
                f"{name} {code} was texted {times} times" for (_, code), times in said.items() if times > 1
            )
        for phone, code in self.yours:
            entry = self.entries.get((phone, code))
            if entry is None or not _booked_by(entry.doctor_id, logs[entry.visit_id]):
                yield f"{phone} was told that {code} is theirs, and it never was"
        for phone, code in self.closed:
            entry = self.entries.get((phone, code))
            if entry is None or not any(line.did == "booked" for line in logs[entry.visit_id]):
                yield f"{phone} was told that {code} is filled, and it never was"


def _booked_by(doctor_id: str, lines: list[Activity]) -> bool:
    return any(line.did == "booked" and line.details.get("doctor_id") == doctor_id for line in lines)


def _desks(machine: Machine, visits: dict[str, Visit]) -> Iterator[str]:
    """4: no two open offers on one phone share number and code."""
    for desk in all_of(machine, Desk):
        live = Counter((one.sender, one.code) for one in desk.entries if is_open(one, visits))
        yield from (f"desk {desk.id}: {code} is open twice" for (_, code), times in live.items() if times > 1)


def _winner_is_ready(visit: Visit, told: Told, machine: Machine) -> Iterator[str]:
    """Who is to come knows it, and has it in the diary."""
    winner = visit.winner
    if (
        visit.status != VisitStatus.BOOKED
        or winner is None
        or winner.channel not in (Channel.SMS, Channel.APP)
    ):
        return
    phone = phone_of(winner.doctor_id)
    offer = next(one for one in visit.offers if one.id == winner.offer_id)
    heard = told.yours[phone, offer.code] > 0
    if not heard and phone not in machine.provider.opted_out | machine.provider.landlines:
        yield f"{visit.id} is {winner.doctor_id}'s, and they were never told"
    diaries = {one.id: one for one in all_of(machine, Diary)}
    taken = diaries[winner.doctor_id].taken if winner.doctor_id in diaries else ()
    if not any(one.visit_id == visit.id for one in taken):
        yield f"{visit.id} is not in the diary of {winner.doctor_id}"


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
        mine = _booked_by(one.doctor_id, logs[one.visit_id])
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
