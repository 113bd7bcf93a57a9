"""However clinics misbehave and tasks repeat: one visit has one booking, and no clinic waits in vain."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.domain.clinic_letters import BookAtClinic, resolve_timer
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.contracts.clinic_booking import RefusalReason
from tests.clinic_twin import MemoryClinics, Trouble
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.functions.house_visits.repeating import comes_again
from tests.people import AFTERNOON, HOME, patient
from tests.world import World

CLINICS = ("near", "next", "last")
CALLS = ("find_slots", "hold", "book", "cancel", "status")
REFUSED = ("hold", "book")  # the calls that a clinic may refuse here
REFUSALS = (RefusalReason.SLOT_TAKEN, RefusalReason.NOT_ADMITTED, RefusalReason.TOO_MANY)

scripts = st.lists(
    st.tuples(
        st.sampled_from(CLINICS),
        st.sampled_from(CALLS),
        st.sampled_from((*Trouble, *REFUSALS)),
    ),
    max_size=12,
)
intrusions = st.dictionaries(st.sampled_from(("hold", "book", "cancel")), st.integers(1, 3), max_size=2)


def visit_wanted() -> tuple[World, MemoryClinics, str]:
    world = World()
    twin = MemoryClinics(world.clock)
    world.wiring.__dict__["clinics"] = twin
    world.given(patient())
    settle_in(world, *(clinic(one, number + 1) for number, one in enumerate(CLINICS)))
    for one in CLINICS:
        for hour in (1, 2):
            twin.has_slot(one, AFTERNOON.starts_at + timedelta(hours=hour))
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return world, twin, world.call(request_visit, wanted).visit_id


def everything_again(world: World, visit_id: str) -> None:
    """Tasks of the request that stands come once more, as queues and sweepers may send them."""
    visit = world.record(Visit, visit_id)
    if visit.status == VisitStatus.UNKNOWN_OUTCOME and visit.clinic_request is not None:
        comes_again(world, BookAtClinic(visit_id=visit_id, key=visit.clinic_request.key))
        visit = world.record(Visit, visit_id)
    if visit.status == VisitStatus.UNKNOWN_OUTCOME:
        comes_again(world, resolve_timer(visit, world.clock.now()).message)


@settings(max_examples=150, deadline=None)
@given(script=scripts, intruding=intrusions)
def test_one_visit_has_one_booking_or_none(
    script: list[tuple[str, str, Trouble | RefusalReason]], intruding: dict[str, int]
) -> None:
    world, twin, visit_id = visit_wanted()
    for clinic_id, call, trouble in script:
        if call in REFUSED or isinstance(trouble, Trouble):
            twin.will(clinic_id, call, trouble)

    def intrude(times: int) -> None:
        for _ in range(times):
            everything_again(world, visit_id)

    for call, times in intruding.items():
        twin.meanwhile[call] = lambda times=times: intrude(times)  # type: ignore[misc]  # bound now
    world.call(book_visit, BookVisit(visit_id=visit_id))
    world.advance(timedelta(hours=3))
    visit = world.record(Visit, visit_id)
    assert visit.status in (VisitStatus.BOOKED, VisitStatus.REQUESTED)
    assert twin.live() == ([visit.winner.clinic_id] if visit.winner else [])
    assert world.log_of(visit).count("booked") == int(visit.status == VisitStatus.BOOKED)
