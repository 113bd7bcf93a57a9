"""House visits, one thing at a time: the same in every telling, so that each call can go wrong once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Final

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.change_cascade import ChangeCascade, Pause, Resume, change_cascade
from functions.house_visits.domain.visit import VisitStatus
from functions.house_visits.record_outside_booking import (
    OurDoctor,
    RecordOutsideBooking,
    record_outside_booking,
)
from functions.house_visits.reschedule_visit import RescheduleVisit, reschedule_visit
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from shared.contracts.clinic_booking import RefusalReason
from shared.kernel.times import PreferredWindow
from tests.clinic_twin import Trouble
from tests.people import as_doctor
from tests.sim import house_visits
from tests.sim.machine import Machine
from tests.sim.people import Cast, phone_of, tomorrow
from tests.sim.scenario import Scenario

ANNA, PIOTR, EWA = "d-1", "d-2", "d-3"
CLINIC: Final = "clinic-1"
_S = VisitStatus


@dataclass
class Stage:
    """Three doctors, one clinic, one visit; `wait` in minutes."""

    cast: Cast
    ends: frozenset[VisitStatus]

    @property
    def machine(self) -> Machine:
        return self.cast.machine

    def wait(self, minutes: float) -> None:
        self.machine.wait(minutes=minutes)

    def visit(self, *asked: str, minutes: int = 3, number: int = 1) -> str:
        """A visit that is being searched for."""
        visit_id = self.cast.asks_for_visit(number)
        self.cast.starts(visit_id, *(asked or (ANNA, PIOTR, EWA)), intervals=(minutes,))
        return visit_id

    def says(self, doctor_id: str, words: str) -> None:
        self.cast.says(doctor_id, words)

    def code_for(self, doctor_id: str, visit_id: str) -> str:
        offer = next(one for one in self.cast.visit(visit_id).offers if one.doctor_id == doctor_id)
        return offer.code

    def clinic_has_room(self, visit_id: str) -> None:
        self.machine.clinics.has_slot(CLINIC, self.cast.visit(visit_id).window.starts_at)

    def books(self, visit_id: str) -> None:
        self.cast.operator(book_visit, BookVisit(visit_id=visit_id, clinic_id=CLINIC, reason="asked for"))


def first_yes_wins(stage: Stage) -> None:
    stage.visit()
    stage.wait(4)
    stage.says(PIOTR, "tak")
    stage.wait(1)
    stage.says(ANNA, "tak")


def nobody_answers(stage: Stage) -> None:
    stage.visit(minutes=2)


def yes_in_the_app(stage: Stage) -> None:
    visit_id = stage.visit()
    stage.wait(2)
    stage.cast.takes_in_app(ANNA, visit_id)


def two_at_once(stage: Stage) -> None:
    visit_id = stage.visit(minutes=0)
    stage.wait(2)
    stage.machine.timeline.start(partial(stage.cast.takes_in_app, ANNA, visit_id))
    stage.machine.timeline.start(partial(stage.cast.takes_in_app, PIOTR, visit_id))
    stage.says(EWA, "tak")


def a_no_moves_on(stage: Stage) -> None:
    stage.visit(minutes=10)
    stage.wait(1)
    stage.says(ANNA, "nie")
    stage.wait(2)
    stage.says(PIOTR, "tak")


def stop_moves_on(stage: Stage) -> None:
    stage.visit(minutes=10)
    stage.wait(1)
    stage.says(ANNA, "STOP")
    stage.wait(2)
    stage.says(PIOTR, "tak")


def which_of_two(stage: Stage) -> None:
    """One number in the pool would make a bare yes unclear; here the doctor is asked, and names the code."""
    first = stage.visit(ANNA, minutes=15)
    second = stage.visit(ANNA, minutes=15, number=2)
    stage.wait(2)
    stage.says(ANNA, "może")
    stage.wait(1)
    stage.says(ANNA, f"tak {stage.code_for(ANNA, first)}")
    stage.wait(2)
    stage.says(ANNA, f"nie {stage.code_for(ANNA, second)}")


def yes_after_cancel(stage: Stage) -> None:
    visit_id = stage.visit()
    stage.wait(2)
    stage.cast.operator(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))
    stage.wait(1)
    stage.says(ANNA, "tak")


def winner_withdraws(stage: Stage) -> None:
    visit_id = stage.visit(minutes=5)
    stage.wait(2)
    stage.says(ANNA, "tak")
    stage.wait(2)
    stage.machine.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_doctor(ANNA))
    stage.wait(2)
    stage.says(PIOTR, "tak")


def another_time(stage: Stage) -> None:
    visit_id = stage.visit()
    stage.wait(4)
    window = PreferredWindow(day=tomorrow(), begins=time(9), ends=time(12))
    stage.cast.operator(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=window))
    stage.wait(1)
    stage.cast.starts(visit_id, EWA, PIOTR)  # Ewa has no text of the first search that she could answer
    stage.wait(2)
    stage.says(EWA, "tak")


def pause_and_go_on(stage: Stage) -> None:
    visit_id = stage.visit()
    stage.wait(1)
    stage.cast.operator(change_cascade, ChangeCascade(visit_id=visit_id, change=Pause(kind="pause")))
    stage.wait(3)
    stage.cast.operator(change_cascade, ChangeCascade(visit_id=visit_id, change=Resume(kind="resume")))
    stage.wait(4)
    stage.says(PIOTR, "tak")


def one_after_another(stage: Stage) -> None:
    """An offer is withdrawn when the next one is made. The last turn is long enough for a lost webhook."""
    visit_id = stage.cast.asks_for_visit(1)
    stage.cast.starts(visit_id, ANNA, PIOTR, intervals=(4, 10), policy="exclusive")
    stage.wait(5)
    stage.says(ANNA, "tak")
    stage.wait(1)
    stage.says(PIOTR, "tak")


def number_cannot_be_texted(stage: Stage) -> None:
    stage.machine.provider.landlines.add(phone_of(ANNA))
    stage.machine.provider.unreachable.add(phone_of(PIOTR))
    stage.visit(minutes=10)
    stage.wait(3)
    stage.says(EWA, "tak")


def found_by_phone(stage: Stage) -> None:
    visit_id = stage.visit(minutes=1)
    stage.wait(15)
    found = RecordOutsideBooking(visit_id=visit_id, outcome=OurDoctor(kind="doctor", doctor_id=EWA))
    stage.cast.operator(record_outside_booking, found)


def clinic_books(stage: Stage) -> None:
    visit_id = stage.cast.asks_for_visit(1)
    stage.clinic_has_room(visit_id)
    stage.books(visit_id)


def clinic_books_in_silence(stage: Stage) -> None:
    stage.machine.clinics.will(CLINIC, "book", Trouble.SILENT_AFTER)
    clinic_books(stage)


def clinic_refuses(stage: Stage) -> None:
    visit_id = stage.cast.asks_for_visit(1)
    stage.clinic_has_room(visit_id)
    stage.machine.clinics.will(CLINIC, "hold", RefusalReason.SLOT_TAKEN)
    stage.books(visit_id)
    stage.wait(5)
    stage.cast.starts(visit_id, ANNA)
    stage.wait(1)
    stage.says(ANNA, "tak")


def cancelled_at_the_clinic(stage: Stage) -> None:
    visit_id = stage.cast.asks_for_visit(1)
    stage.clinic_has_room(visit_id)
    stage.books(visit_id)
    stage.wait(3)
    stage.cast.operator(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))


STORIES: Final[tuple[tuple[Callable[[Stage], None], tuple[VisitStatus, ...]], ...]] = (
    (first_yes_wins, (_S.BOOKED,)),
    (nobody_answers, (_S.OUTSIDE,)),
    (yes_in_the_app, (_S.BOOKED,)),
    (two_at_once, (_S.BOOKED,)),
    (a_no_moves_on, (_S.BOOKED,)),
    (stop_moves_on, (_S.BOOKED,)),
    (which_of_two, (_S.BOOKED, _S.OUTSIDE)),
    (yes_after_cancel, (_S.CANCELLED,)),
    (winner_withdraws, (_S.BOOKED,)),
    (another_time, (_S.BOOKED,)),
    (pause_and_go_on, (_S.BOOKED,)),
    (one_after_another, (_S.BOOKED,)),
    (number_cannot_be_texted, (_S.BOOKED,)),
    (found_by_phone, (_S.BOOKED,)),
    # Where nobody knows whether it heard us before it was asked to book, it is given up and a person goes on.
    (clinic_books, (_S.BOOKED, _S.REQUESTED)),
    (clinic_books_in_silence, (_S.BOOKED, _S.REQUESTED)),
    (clinic_refuses, (_S.BOOKED,)),
    (cancelled_at_the_clinic, (_S.CANCELLED,)),
)
"""Each with the states in which its visits may end, whichever call goes wrong."""


def _play(act: Callable[[Stage], None], ends: tuple[VisitStatus, ...], machine: Machine) -> Stage:
    stage = Stage(Cast(machine), frozenset(ends))
    for one in (ANNA, PIOTR, EWA):
        stage.cast.doctor(one)
    stage.cast.integrated_clinic(CLINIC)
    machine.timeline.start(lambda: act(stage), 5.0)
    return stage


def _breaches(stage: Stage) -> list[str]:
    ended = [stage.cast.visit(one) for one in stage.cast.visits]
    elsewhere = [f"{one.id} ended {one.status}" for one in ended if one.status not in stage.ends]
    none = [] if ended else ["no visit was made"]
    return [*house_visits.breaches(stage.cast), *elsewhere, *none]


SCENARIOS = tuple(
    Scenario(act.__name__, partial(_play, act, ends), _breaches, minutes=20, calm_minutes=30)
    for act, ends in STORIES
)
