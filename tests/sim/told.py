"""What phones were told of house visits, held against what really happened."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.records import Activity
from shared.runtime.letters import LEASE, Letter, LetterStatus
from tests.sim.judge import all_of
from tests.sim.machine import Machine
from tests.sim.people import phone_of
from tests.sim.provider import Texted

OFFER: Final = re.compile(r"Odpisz TAK (\w+) albo NIE \w+\.$")
YOURS: Final = re.compile(r"wizyta (\w+) jest Twoja")
CLOSED: Final = re.compile(r"wizyta (\w+) jest juz obsadzona")
ENDED: Final = frozenset(
    {"booked", "cancelled", "rescheduled", "search_exhausted", "outside_search_opened", "winner_withdrew"}
)
LATE: Final = LEASE + timedelta(minutes=1)
"""A letter that is being sent when its offer ends may still go out in its lease; clocks differ."""
NOT_SENT: Final = (LetterStatus.FAILED, LetterStatus.UNKNOWN)
"""The provider will not text that phone, or may have: rather lost than sent twice."""
Logs = dict[str, list[Activity]]


class Told:
    """By phone and code."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.entries: dict[tuple[str, str], DeskEntry] = {}
        for desk in all_of(machine, Desk):
            for entry in desk.entries:
                self.entries[phone_of(entry.doctor_id), entry.code] = entry
        self._letters = {one.id: one for one in all_of(machine, Letter)}
        self._diaries = {one.id: one for one in all_of(machine, Diary)}
        self.offers, self.yours, self.closed = (self._count(one) for one in (OFFER, YOURS, CLOSED))

    def _count(self, pattern: re.Pattern[str]) -> Counter[tuple[str, str]]:
        return Counter(place for place, _ in self._sent(pattern))

    def _sent(self, pattern: re.Pattern[str]) -> Iterator[tuple[tuple[str, str], Texted]]:
        for one in self._machine.provider.sent:
            if (match := pattern.search(one.sms.body)) and "pewno" not in one.sms.body:
                yield (one.sms.to, match[1]), one

    def breaches(self, visits: dict[str, Visit], logs: Logs) -> Iterator[str]:
        for name, said in (("offer", self.offers), ("closing", self.closed)):
            yield from (
                f"{name} {code} was texted {times} times" for (_, code), times in said.items() if times > 1
            )
        yield from self._lies(logs)
        yield from self._late_offers(logs)
        for one in visits.values():
            yield from self._losers_know(one)
            yield from self._winner_is_ready(one)

    def _lies(self, logs: Logs) -> Iterator[str]:
        for phone, code in self.yours:
            entry = self.entries.get((phone, code))
            if entry is None or not booked_by(entry.doctor_id, logs[entry.visit_id]):
                yield f"{phone} was told that {code} is theirs, and it never was"
        for phone, code in self.closed:
            entry = self.entries.get((phone, code))
            if entry is None or not any(line.did == "booked" for line in logs[entry.visit_id]):
                yield f"{phone} was told that {code} is filled, and it never was"

    def _late_offers(self, logs: Logs) -> Iterator[str]:
        """2: nobody is asked about what is decided."""
        for (phone, code), sent in self._sent(OFFER):
            entry = self.entries[phone, code]
            after = [line for line in logs[entry.visit_id] if line.at >= entry.offered_at]
            ended = next((line for line in after if line.did in ENDED), None)
            if ended is not None and sent.at > ended.at + LATE:
                late = (sent.at - ended.at).total_seconds()
                yield f"offer {code} went to {phone} {late:.0f} s after {ended.did}"

    def _losers_know(self, visit: Visit) -> Iterator[str]:
        """Who was asked and was not the first hears so once."""
        for one in visit.offers:
            if one.status != OfferStatus.LOST or self.closed[phone_of(one.doctor_id), one.code]:
                continue
            letter = self._letters.get(f"closed-{one.id}")
            if letter is None or letter.status not in NOT_SENT:
                yield f"{one.doctor_id} was never told that {one.code} of {visit.id} is filled"

    def _winner_is_ready(self, visit: Visit) -> Iterator[str]:
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
        heard = self.yours[phone, offer.code] > 0
        if not heard and phone not in self._machine.provider.opted_out | self._machine.provider.landlines:
            yield f"{visit.id} is {winner.doctor_id}'s, and they were never told"
        taken = self._diaries[winner.doctor_id].taken if winner.doctor_id in self._diaries else ()
        if not any(one.visit_id == visit.id for one in taken):
            yield f"{visit.id} is not in the diary of {winner.doctor_id}"


def booked_by(doctor_id: str, lines: list[Activity]) -> bool:
    return any(line.did == "booked" and line.details.get("doctor_id") == doctor_id for line in lines)
