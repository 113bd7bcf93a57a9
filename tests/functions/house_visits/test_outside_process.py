"""When no text finds a doctor, people search: the work has an owner, a time, and an honest end."""

from datetime import timedelta

import pytest

from functions.house_visits.claim_outside_work import ClaimOutsideWork, claim_outside_work
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.outside import (
    DoctorCannotCome,
    NotSearchedOutside,
    SomebodyElseWorksOnIt,
    TimeMakesNoSense,
)
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from functions.house_visits.get_assigned_visit import GetAssignedVisit, get_assigned_visit
from functions.house_visits.get_own_visit import GetOwnVisit, get_own_visit
from functions.house_visits.list_outside_work import ListOutsideWork, list_outside_work
from functions.house_visits.open_outside_process import OpenOutsideProcess, open_outside_process
from functions.house_visits.record_outside_booking import (
    Nobody,
    OurDoctor,
    RecordOutsideBooking,
    Somebody,
    record_outside_booking,
)
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotAllowed
from shared.kernel.states import NotPossibleNow
from tests.people import AFTERNOON, ANNA, EWA, PHONES, PIOTR, as_doctor, doctor
from tests.world import OPERATOR, TENANT, World

PATIENT = "+48512000099"
ZOFIA = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="user-p-1", record_id="p-1")
COLLEAGUE = OPERATOR.but(user_id="op-2")
NEIGHBOUR = Somebody(kind="somebody", name="dr Halina Wójcik", phone="+48600000001")


def asked(world: World, visit_id: str, *doctors: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=doctors))
    world.settle()


def exhausted(world: World, visit_id: str) -> None:
    """Anna and Piotr were asked, and neither answered."""
    asked(world, visit_id, ANNA, PIOTR)
    world.advance(timedelta(minutes=20))


def outside(world: World, visit_id: str) -> None:
    world.call(
        open_outside_process, OpenOutsideProcess(visit_id=visit_id, reason="Pacjentka nie może czekać.")
    )
    world.settle()


def records(world: World, visit_id: str, outcome: Somebody | OurDoctor | Nobody, key: str = "") -> Visit:
    wanted = RecordOutsideBooking(visit_id=visit_id, outcome=outcome)
    world.call(record_outside_booking, wanted, key=key)
    world.settle()
    return world.record(Visit, visit_id)


def test_somebody_found_by_phone_ends_the_search_and_everybody_is_told(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    visit = records(staffed, visit_id, NEIGHBOUR)
    assert visit.status == VisitStatus.BOOKED
    assert visit.winner is not None
    assert (visit.winner.channel, visit.winner.outside_name) == (Channel.OUTSIDE, "dr Halina Wójcik")
    assert visit.outside is not None
    assert visit.outside.outcome == "booked"
    for one in (ANNA, PIOTR):
        assert "jest juz obsadzona" in staffed.texts_to(PHONES[one])[-1]
    assert "potwierdzona" in staffed.texts_to(PATIENT)[-1]
    seen = staffed.call(get_own_visit, GetOwnVisit(visit_id=visit_id), as_=ZOFIA)
    assert (seen.status, seen.doctor) == ("booked", "dr Halina Wójcik")


def test_who_was_found_outside_is_sealed_where_it_rests(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    records(staffed, visit_id, NEIGHBOUR)
    stored = staffed.wiring.documents.read([f"visits/{visit_id}"])[f"visits/{visit_id}"]
    assert stored is not None
    assert "Halina" not in str(stored.fields)
    assert "600000001" not in str(stored.fields)


def test_somebody_may_be_found_while_texts_are_still_out(staffed: World, visit_id: str) -> None:
    asked(staffed, visit_id, ANNA, PIOTR)
    visit = records(staffed, visit_id, NEIGHBOUR)
    assert visit.status == VisitStatus.BOOKED
    assert "jest juz obsadzona" in staffed.texts_to(PHONES[ANNA])[-1]
    staffed.advance(timedelta(hours=1))
    assert not staffed.texts_to(PHONES[PIOTR])
    staffed.text_from(PHONES[ANNA], "tak")
    staffed.settle()
    winner = staffed.record(Visit, visit_id).winner
    assert winner is not None
    assert winner.doctor_id == ""


def test_a_late_yes_can_be_taken(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    staffed.text_from(PHONES[ANNA], "tak")
    staffed.settle()
    assert staffed.record(Visit, visit_id).attention == "late_yes"
    visit = records(staffed, visit_id, OurDoctor(kind="doctor", doctor_id=ANNA))
    assert visit.is_won_by(ANNA)
    assert "jest Twoja" in staffed.texts_to(PHONES[ANNA])[-1]
    assert "jest juz obsadzona" in staffed.texts_to(PHONES[PIOTR])[-1]
    assert [one.visit_id for one in staffed.record(Diary, ANNA).taken] == [visit_id]
    assert staffed.call(get_assigned_visit, GetAssignedVisit(visit_id=visit_id), as_=as_doctor(ANNA)).place


def test_a_doctor_who_was_never_texted_can_be_recorded(staffed: World, visit_id: str) -> None:
    outside(staffed, visit_id)
    assert records(staffed, visit_id, OurDoctor(kind="doctor", doctor_id=EWA)).is_won_by(EWA)


def test_a_doctor_with_another_visit_then_is_refused(staffed: World, visit_id: str) -> None:
    outside(staffed, visit_id)
    other = staffed.record(Visit, visit_id).span
    staffed.given(Diary(id=EWA, tenant_id=TENANT).with_visit("another", other, staffed.clock.now()))
    with pytest.raises(DoctorCannotCome):
        records(staffed, visit_id, OurDoctor(kind="doctor", doctor_id=EWA))


def test_a_doctor_who_is_not_active_is_refused(staffed: World, visit_id: str) -> None:
    outside(staffed, visit_id)
    staffed.given(doctor(staffed, EWA, active=False))
    with pytest.raises(DoctorCannotCome):
        records(staffed, visit_id, OurDoctor(kind="doctor", doctor_id=EWA))


def test_an_agreed_hour_reaches_the_patient(staffed: World, visit_id: str) -> None:
    outside(staffed, visit_id)
    begins = AFTERNOON.starts_at + timedelta(hours=2)
    times = {"starts_at": begins, "ends_at": begins + timedelta(minutes=45)}
    records(staffed, visit_id, NEIGHBOUR.but(**times))
    assert "16:00-16:45" in staffed.texts_to(PATIENT)[-1]


def test_times_that_make_no_sense_are_refused(staffed: World, visit_id: str) -> None:
    outside(staffed, visit_id)
    begins = AFTERNOON.starts_at
    for ends in (None, begins, begins - timedelta(days=1)):
        with pytest.raises(TimeMakesNoSense):
            records(staffed, visit_id, NEIGHBOUR.but(starts_at=begins, ends_at=ends))


def test_where_nobody_is_found_the_patient_hears_it_with_the_emergency_number(
    staffed: World, visit_id: str
) -> None:
    exhausted(staffed, visit_id)
    visit = records(staffed, visit_id, Nobody(kind="nobody", reason="Nikt nie może dziś przyjechać."))
    assert visit.status == VisitStatus.CLOSED_UNFILLED
    assert visit.outside is not None
    assert visit.outside.outcome == "closed_unfilled"
    assert "112" in staffed.texts_to(PATIENT)[-1]
    for one in (ANNA, PIOTR):
        assert "nie jest juz potrzebna" in staffed.texts_to(PHONES[one])[-1]


def test_recorded_twice_it_happens_once(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    for _ in range(2):
        records(staffed, visit_id, NEIGHBOUR, key="the-same-key")
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("booked") == 1
    with pytest.raises(NotPossibleNow):
        records(staffed, visit_id, NEIGHBOUR)


def test_opening_ends_a_search_by_text_and_gives_the_work_to_who_opened_it(
    staffed: World, visit_id: str
) -> None:
    asked(staffed, visit_id, ANNA, PIOTR)
    outside(staffed, visit_id)
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.OUTSIDE
    assert visit.outside is not None
    assert visit.outside.owner == "op-1"
    staffed.advance(timedelta(hours=1))
    assert not staffed.texts_to(PHONES[PIOTR])
    with pytest.raises(NotPossibleNow):
        outside(staffed, visit_id)


def test_work_is_taken_on_by_one(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    mine = ClaimOutsideWork(visit_id=visit_id)
    for _ in range(2):
        staffed.call(claim_outside_work, mine)
    visit = staffed.record(Visit, visit_id)
    assert (visit.outside and visit.outside.owner, visit.attention) == ("op-1", "")
    assert staffed.log_of(visit).count("outside_search_claimed") == 1
    with pytest.raises(SomebodyElseWorksOnIt):
        staffed.call(claim_outside_work, mine, as_=COLLEAGUE)
    taken = staffed.call(claim_outside_work, mine.but(take_over=True), as_=COLLEAGUE)
    assert taken.outside is not None
    assert taken.outside.owner == "op-2"


def test_there_is_nothing_to_take_on_where_nobody_searches(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotSearchedOutside):
        staffed.call(claim_outside_work, ClaimOutsideWork(visit_id=visit_id))


def test_a_doctor_does_not_record_for_others(staffed: World, visit_id: str) -> None:
    wanted = RecordOutsideBooking(visit_id=visit_id, outcome=NEIGHBOUR)
    with pytest.raises(NotAllowed):
        staffed.call(record_outside_booking, wanted, as_=as_doctor(ANNA))


def test_what_is_due_first_stands_first(staffed: World, visit_id: str) -> None:
    first = staffed.record(Visit, visit_id)
    ids = [f"v{number}" for number in range(5)]
    staffed.given(*(first.but(id=one) for one in ids))
    for one in reversed(ids):
        outside(staffed, one)
        staffed.clock.advance(timedelta(minutes=1))
    rows, token = [], ""
    while True:
        page = staffed.call(list_outside_work, ListOutsideWork(page_size=2, page_token=token))
        rows += [row.visit_id for row in page.work]
        token = page.next_page_token
        if not token:
            break
    assert rows == list(reversed(ids))


def test_work_is_listed_by_owner_and_what_has_none_apart(staffed: World, visit_id: str) -> None:
    exhausted(staffed, visit_id)
    staffed.given(staffed.record(Visit, visit_id).but(id="v2", status=VisitStatus.REQUESTED))
    outside(staffed, "v2")

    def of(owner: str) -> list[str]:
        listed = staffed.call(list_outside_work, ListOutsideWork(owner=owner))
        return [row.visit_id for row in listed.work]

    assert of("op-1") == ["v2"]
    assert of("") == [visit_id]
    records(staffed, "v2", NEIGHBOUR)
    assert of("op-1") == []
