"""Random days of a call centre: several visits, few doctors, people who change their minds."""

from datetime import time, timedelta
from functools import partial
from typing import Final

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.change_cascade import ChangeCascade, Pause, Resume, change_cascade
from functions.house_visits.reschedule_visit import RescheduleVisit, reschedule_visit
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from shared.kernel.times import PreferredWindow
from tests.people import as_doctor
from tests.sim import house_visits
from tests.sim.counting import searches
from tests.sim.machine import Machine
from tests.sim.people import TODAY, Cast, phone_of, tomorrow
from tests.sim.scenario import Scenario
from tests.sim.told import OFFER

VISITS: Final = 40
DOCTORS: Final = 32
OFFERED_MAX: Final = 5
CLINIC: Final = "clinic-1"
"""What a doctor does with an offer, more likely ones more often. {code} is the offer's."""
ANSWERS: Final = (
    *("",) * 7,
    *("tak",) * 3,
    *("TAK {code}",) * 2,
    *("in the app",) * 2,
    *("nie",) * 3,
    "NIE {code}",
    "ok",
    "może",
    "tak, ale po 18",
    "STOP",
    "twice",
)
YESES: Final = ("tak", "TAK {code}", "ok", "twice", "in the app")
ENDS: Final = (*("",) * 12, "cancel", "cancel", "pause", "reschedule", "withdraw", "book", "book")
"""What the operator, or who was to come, does after a while."""


class Day:
    """All chances of one day; each is named by whom it is about."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.dice, self.cast = machine, machine.dice, Cast(machine)
        self.doctors = [f"d-{number}" for number in range(1, DOCTORS + 1)]

    def play(self) -> Cast:
        for one in self.doctors:
            self.cast.doctor(one)
            self.machine.provider.hears[phone_of(one)] = partial(self._hears, one)
        if self.dice.share("landline") < 0.3:
            self.machine.provider.landlines.add(phone_of(self.doctors[0]))
        if self.dice.share("unreachable") < 0.3:
            self.machine.provider.unreachable.add(phone_of(self.doctors[1]))
        self.cast.integrated_clinic(CLINIC)
        for number in range(VISITS):
            call = f"call {number}"
            if self.machine.faults.has(call):
                self.machine.timeline.start(partial(self._call, number), self.dice.between(call, 0, 600))
        return self.cast

    def _call(self, number: int) -> None:
        """From the phone call to whatever end."""
        name = f"visit {number}"
        day = self.dice.one_of(f"{name} day", (TODAY, tomorrow()))
        begins = self.dice.one_of(f"{name} begins", (13, 15, 17))
        visit_id = self.cast.asks_for_visit(number, day=day, begins=begins, hours=2)
        if not visit_id:
            return
        end = self.dice.one_of(f"{name} end", ENDS)
        if end == "book":
            self._books(visit_id, name)
            return
        count = 2 + self.dice.roll(f"{name} doctors") % (OFFERED_MAX - 1)
        asked = self.dice.order(f"{name} order", self.doctors)[:count]
        interval = self.dice.one_of(f"{name} interval", (0, 1, 2, 5, 8))
        policy = self.dice.one_of(f"{name} policy", ("staggered", "staggered", "exclusive"))
        self.cast.starts(visit_id, *asked, intervals=(interval,), policy=policy)
        self.machine.wait(minutes=self.dice.between(f"{name} later", 1, 25))
        self._ends(visit_id, end)

    def _books(self, visit_id: str, name: str) -> None:
        """At a clinic where one is free; else by text after all."""
        if self.dice.share(f"{name} free") < 0.7:
            begins_at = self.cast.visit(visit_id).window.starts_at
            self.machine.clinics.has_slot(CLINIC, begins_at + timedelta(minutes=int(name.split()[1])))
        self.cast.operator(
            book_visit, BookVisit(visit_id=visit_id, clinic_id=CLINIC, reason="named by the patient")
        )
        self.machine.wait(minutes=15)
        self.cast.starts(visit_id, *self.doctors[:3])

    def _ends(self, visit_id: str, end: str) -> None:
        match end:
            case "cancel":
                self.cast.operator(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))
            case "pause":
                self._changes(visit_id, Pause(kind="pause"))
                self.machine.wait(minutes=3)
                self._changes(visit_id, Resume(kind="resume"))
            case "reschedule":
                window = PreferredWindow(day=tomorrow(), begins=time(9), ends=time(12))
                self.cast.operator(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=window))
            case "withdraw":
                winner = self.cast.visit(visit_id).winner
                if winner is not None and winner.doctor_id:
                    request, doctor = WithdrawFromVisit(visit_id=visit_id), as_doctor(winner.doctor_id)
                    self.machine.call(withdraw_from_visit, request, doctor)

    def _changes(self, visit_id: str, change: Pause | Resume) -> None:
        self.cast.operator(change_cascade, ChangeCascade(visit_id=visit_id, change=change))

    def _hears(self, doctor_id: str, body: str, sender: str) -> None:
        match = OFFER.search(body)
        if match is None or "pewno" in body:
            return
        name = f"{doctor_id} {match[1]}"
        answer = self.dice.one_of(f"{name} answer", ANSWERS)
        if answer:
            seconds = self.dice.between(f"{name} thinks", 5, 900)
            self.machine.timeline.start(partial(self._answers, doctor_id, answer, match[1], sender), seconds)

    def _answers(self, doctor_id: str, answer: str, code: str, sender: str) -> None:
        phone, provider = phone_of(doctor_id), self.machine.provider
        if answer in YESES:
            self.cast.wanted[doctor_id].add(self.cast.visit_of_code(doctor_id, code))
        if answer == "in the app":
            self.cast.takes_in_app(doctor_id, self.cast.visit_of_code(doctor_id, code))
            return
        words = "tak" if answer == "twice" else answer.format(code=code)
        provider.text_from(phone, words, sender)
        if answer == "twice":
            provider.text_from(phone, words, sender)


SCENARIOS = (
    Scenario(
        "a day of house visits",
        lambda machine: Day(machine).play(),
        house_visits.breaches,
        minutes=45,
        calm_minutes=40,
        subjects=VISITS,
        share=1,
        ends=searches,
        wanted=("booked", "outside"),
        is_random=True,
    ),
)
