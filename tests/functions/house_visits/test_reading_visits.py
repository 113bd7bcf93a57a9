"""Who sees what of a visit: staff everything, the doctor what they need, the patient their own."""

from datetime import timedelta
from itertools import combinations

import pytest

from functions.house_visits.add_note import AddNote, add_note
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.listing import VisitRow
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.get_assigned_visit import GetAssignedVisit, get_assigned_visit
from functions.house_visits.get_own_visit import GetOwnVisit, get_own_visit
from functions.house_visits.get_visit import GetVisit, get_visit
from functions.house_visits.list_visits import ListVisits, list_visits
from functions.house_visits.read_activity import ReadActivity, read_activity
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import Invalid, NotAllowed, NotFound
from tests.outside import START
from tests.people import AFTERNOON, ANNA, HOME, PHONES, PIOTR, as_doctor
from tests.world import ADMIN, FOREIGN_OPERATOR, TENANT, World

ZOFIA = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="user-p-1", record_id="p-1")
SOMEBODY = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="user-p-9", record_id="p-9")


def won_by_anna(world: World, visit_id: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR)))
    world.settle()
    world.text_from(PHONES[ANNA], "tak")
    world.settle()


def visits(count: int) -> list[Visit]:
    """As many visits, a day apart, of every kind."""
    made = []
    for number in range(count):
        window = AFTERNOON.but(day=AFTERNOON.day + timedelta(days=number // 2))
        made.append(
            Visit(
                id=f"v{number:02d}",
                tenant_id=TENANT,
                patient_id=f"p-{number % 3}",
                status=(VisitStatus.REQUESTED, VisitStatus.OUTSIDE)[number % 2],
                address=HOME,
                window=window,
                window_starts_at=window.starts_at,
                specialization=("pediatrics", "cardiology")[number // 2 % 2],
                attention="" if number % 4 else "late_yes",
                requested_at=START,
                requested_by="op-1",
            )
        )
    return made


@pytest.mark.parametrize("actor", [ADMIN])
def test_staff_see_everything_about_a_visit(staffed: World, visit_id: str, actor: Actor) -> None:
    won_by_anna(staffed, visit_id)
    seen = staffed.call(get_visit, GetVisit(visit_id=visit_id), as_=actor)
    assert seen.address == HOME.line
    assert seen.winner is not None
    assert seen.winner.doctor_id == ANNA
    assert seen.cascade is not None


def test_another_tenants_visit_is_as_missing_as_one_that_never_was(staffed: World, visit_id: str) -> None:
    for wanted in (visit_id, "never"):
        with pytest.raises(NotFound):
            staffed.call(get_visit, GetVisit(visit_id=wanted), as_=FOREIGN_OPERATOR)


def test_the_doctor_who_won_sees_where_to_go_and_to_whom(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    seen = staffed.call(get_assigned_visit, GetAssignedVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    assert seen.place is not None
    assert seen.place.line == HOME.line
    assert seen.whom is not None
    assert (seen.whom.family_name, seen.whom.phone) == ("Malinowska", "+48512000099")


def test_who_was_asked_and_did_not_win_sees_no_address(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    with pytest.raises(NotFound):
        staffed.call(get_assigned_visit, GetAssignedVisit(visit_id=visit_id), as_=as_doctor(PIOTR))


def test_when_the_visit_is_off_the_doctor_has_no_use_for_the_address(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    seen = staffed.call(get_assigned_visit, GetAssignedVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    assert (seen.status, seen.place, seen.whom, seen.reason) == ("cancelled", None, None, "")


def test_a_patient_sees_who_comes_and_when(staffed: World, visit_id: str) -> None:
    before = staffed.call(get_own_visit, GetOwnVisit(visit_id=visit_id), as_=ZOFIA)
    assert (before.status, before.doctor, before.comes_at) == ("searching", "", None)
    won_by_anna(staffed, visit_id)
    after = staffed.call(get_own_visit, GetOwnVisit(visit_id=visit_id), as_=ZOFIA)
    assert (after.status, after.doctor, after.comes_at) == ("booked", "Anna Zielińska", AFTERNOON.starts_at)


def test_a_patient_sees_nobody_elses_visit(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotFound):
        staffed.call(get_own_visit, GetOwnVisit(visit_id=visit_id), as_=SOMEBODY)


def listed(world: World, **wanted: object) -> list[VisitRow]:
    rows: list[VisitRow] = []
    token = ""
    while True:
        page = world.call(list_visits, ListVisits(page_token=token, **wanted))
        rows += page.visits
        token = page.next_page_token
        if not token:
            return rows


FILTERS: dict[str, object] = {
    "status": "outside",
    "waits_for_person": True,
    "specialization": "pediatrics",
    "patient_id": "p-1",
}
COMBINATIONS = [
    {name: FILTERS[name] for name in names}
    for count in range(len(FILTERS) + 1)
    for names in combinations(FILTERS, count)
]


@pytest.mark.parametrize("wanted", COMBINATIONS, ids=lambda one: "+".join(one) or "all")
def test_a_list_holds_exactly_the_visits_asked_for(world: World, wanted: dict[str, object]) -> None:
    there = visits(24)
    world.given(*there)
    expected = [
        one.id
        for one in there
        if wanted.get("status") in (None, one.status)
        and wanted.get("waits_for_person") in (None, one.attention != "")
        and wanted.get("specialization") in (None, one.specialization)
        and wanted.get("patient_id") in (None, one.patient_id)
    ]
    assert [row.visit_id for row in listed(world, page_size=5, **wanted)] == expected


def test_a_list_is_bounded_by_the_time_of_the_visits(world: World) -> None:
    world.given(*visits(8))
    begins = AFTERNOON.starts_at
    found = listed(world, window_from=begins + timedelta(days=1), window_to=begins + timedelta(days=3))
    assert [row.visit_id for row in found] == ["v02", "v03", "v04", "v05"]


def test_a_page_token_of_another_filter_is_refused(world: World) -> None:
    world.given(*visits(8))
    token = world.call(list_visits, ListVisits(page_size=2)).next_page_token
    with pytest.raises(Invalid):
        world.call(list_visits, ListVisits(page_size=2, page_token=token, status=VisitStatus.OUTSIDE))


def test_the_log_is_read_line_by_line(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    first = staffed.call(read_activity, ReadActivity(visit_id=visit_id, page_size=2))
    assert [line.number for line in first.lines] == [1, 2]
    rest = staffed.call(read_activity, ReadActivity(visit_id=visit_id, after=2))
    numbers = [line.number for line in (*first.lines, *rest.lines)]
    assert numbers == list(range(1, first.last_number + 1))
    assert [line.did for line in first.lines] == ["requested", "search_started"]


def test_a_note_is_a_line_of_the_one_who_wrote_it(staffed: World, visit_id: str) -> None:
    staffed.call(add_note, AddNote(visit_id=visit_id, text="Pacjentka prosi o telefon przed wizytą."))
    (line,) = staffed.call(read_activity, ReadActivity(visit_id=visit_id, after=1)).lines
    assert (line.did, line.note, line.by_user) == ("noted", "Pacjentka prosi o telefon przed wizytą.", "op-1")
    assert not line.automatic


def test_a_note_sent_twice_stands_once(staffed: World, visit_id: str) -> None:
    for _ in range(2):
        staffed.call(add_note, AddNote(visit_id=visit_id, text="Zadzwonić o 12."), key="the-same-key")
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("noted") == 1


def test_a_note_may_say_that_it_has_been_seen_to(staffed: World) -> None:
    staffed.given(visits(1)[0])
    staffed.call(add_note, AddNote(visit_id="v00", text="Oddzwoniłam.", settled=True))
    assert not listed(staffed, waits_for_person=True)


def test_a_doctor_writes_no_notes(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotAllowed):
        staffed.call(add_note, AddNote(visit_id=visit_id, text="?"), as_=as_doctor(ANNA))
