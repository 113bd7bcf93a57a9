"""Searches to die in: what people do in them, whatever has become of the functions meanwhile."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Final

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from functions.messaging.reconcile_inbox import reconcile_inbox
from functions.platform.sweep_outbox import sweep_outbox
from shared.kernel.errors import Refusal
from tests.people import AFTERNOON, ANNA, EWA, HOME, PHONES, PIOTR, as_doctor, doctor, patient
from tests.proof.verdict import AT_REST
from tests.world import World

TEN_MINUTES: Final = timedelta(minutes=10)
A_LEASE: Final = timedelta(minutes=3)
"""Longer than a letter's lease, longer than a step may be overdue."""
SWEEPERS: Final = (sweep_outbox, sweep_cascades, reconcile_inbox)
ROUNDS, ROUNDS_MAX = 4, 20
"""How often all is looked after; as long as nobody has taken the visit and doctors are left, longer."""


def request(world: World) -> str:
    """Three doctors and a patient; the id of the visit."""
    world.given(patient(), *(doctor(world, one) for one in (ANNA, PIOTR, EWA)))
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return world.call(request_visit, wanted, key="request-it-once").visit_id


def the_second_says_yes_by_text(world: World, visit_id: str) -> None:
    """The first is silent, then says no; the second takes it; the third is late."""
    _start(world, visit_id)
    world.advance(TEN_MINUTES)
    _says(world, ANNA, "nie")
    look_after(world)
    _says(world, PIOTR, "tak")
    _takes(world, visit_id, EWA)
    world.settle()


def the_winner_gives_it_back(world: World, visit_id: str) -> None:
    """Taken in the app and given back: the next is asked and takes it."""
    _start(world, visit_id)
    _takes(world, visit_id, ANNA)
    world.settle()
    with suppress(Refusal):
        world.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    world.settle()
    look_after(world)
    _says(world, PIOTR, "tak")


STORIES: Final[Mapping[str, Callable[[World, str], None]]] = {
    "the second says yes by text": the_second_says_yes_by_text,
    "the winner gives it back": the_winner_gives_it_back,
}


def look_after(world: World) -> None:
    """A few minutes later all sweepers have looked."""
    world.advance(A_LEASE)
    for sweeper in SWEEPERS:
        world.tick(sweeper)


def recover(world: World, visit_id: str) -> None:
    for number in range(ROUNDS_MAX):
        look_after(world)
        if number >= ROUNDS and world.record(Visit, visit_id).status in AT_REST:
            break


def _start(world: World, visit_id: str) -> None:
    plan = PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR, EWA), intervals=(10,))
    with suppress(Refusal):  # begun already, by a try whose answer was lost
        world.call(start_cascade, plan, key="start-it-once")
    world.settle()


def _says(world: World, doctor_id: str, body: str) -> None:
    """Nobody answers what has not come."""
    if world.texts_to(PHONES[doctor_id]):
        world.text_from(PHONES[doctor_id], body)
        world.settle()


def _takes(world: World, visit_id: str, doctor_id: str) -> None:
    with suppress(Refusal):  # too late, or not asked yet
        world.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(doctor_id))
