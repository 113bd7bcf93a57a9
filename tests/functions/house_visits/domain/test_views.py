"""What is shown of a visit: to staff all of it, to doctors and patients what they need, in lists no names."""

from datetime import date, timedelta

import pytest

from functions.house_visits.domain.address import Caller
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.doctor_lists import (
    assigned_row_of,
    assigned_visits,
    offer_row_of,
    open_offers,
)
from functions.house_visits.domain.listing import (
    VisitFilter,
    outside_row_of,
    outside_work,
    row_of,
    visits_where,
)
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.own_views import assigned_view, own_view
from functions.house_visits.domain.patient_day import PatientDay, SimilarVisit, day_id, refuse_similar
from functions.house_visits.domain.queries import due_visits
from functions.house_visits.domain.requesting import (
    WindowPassed,
    WindowTooFar,
    Wish,
    check_window,
    request,
)
from functions.house_visits.domain.texts import when
from functions.house_visits.domain.views import staff_view
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus, Winner
from shared.contracts.directory import Clinic
from shared.contracts.patients import PatientDeceased, PatientMerged
from shared.kernel.times import Span
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    asking_clinic,
    at,
    doctor,
    offer,
    searched_outside,
    searching,
    visit,
    won_by_anna,
    won_by_clinic,
)
from tests.people import AFTERNOON, ANNA, EWA, HOME, PIOTR, WARSAW, patient
from tests.world import TENANT

CALLER = Caller(name="Jan Malinowski", relationship="son", phone="+48512000077")
PLACE = HOME.but(how_to_enter="code 12")


def full(before: Visit) -> Visit:
    """With every field that somebody may be shown."""
    return before.but(
        version=7, caller=CALLER, urgent=True, reason="fever", attention="doctor_wrote", address=PLACE
    )  # fmt: skip


COMMON = {
    "visit_id": "v1",
    "version": 7,
    "specialization": "internal_medicine",
    "window": AFTERNOON.model_dump(),
    "urgent": True,
}
TOWN = {"city": "Warszawa", "district": "Mokotów"}


def test_staff_see_all_of_a_visit() -> None:
    shown = staff_view(full(won_by_anna())).model_dump(exclude={"cascade"})
    assert shown == {
        **COMMON, **TOWN, "status": "booked", "patient_id": "p-1", "caller": CALLER.model_dump(),
        "address": PLACE.line, "how_to_enter": "code 12", "position": WARSAW.model_dump(),
        "position_quality": "rooftop", "reason": "fever", "attention": "doctor_wrote", "clinic_asked": "",
        "outside": None, "requested_at": NOW - 60 * MINUTE,
        "winner": {
            "channel": "sms", "doctor_id": ANNA, "clinic_id": "", "outside_name": "", "outside_phone": "",
            "starts_at": None, "ends_at": None, "won_at": NOW - 10 * MINUTE,
        },
    }  # fmt: skip


def test_staff_see_the_search_with_every_offer() -> None:
    paused = searching(
        offer(ANNA, OfferStatus.FAILED, error_code=30003, answered_at=NOW), pause_reason="operator"
    )
    shown = staff_view(paused).cascade
    assert shown is not None
    assert shown.model_dump() == {
        "status": "running", "policy": "staggered", "quiet": "hold", "next_at": NOW + 5 * MINUTE,
        "pause_reason": "operator",
        "offers": ({
            "offer_id": f"offer-v1-1-{ANNA}", "doctor_id": ANNA, "status": "failed", "code": "7KJ",
            "delay_minutes": 10, "asked_at": NOW - 20 * MINUTE, "answered_at": NOW, "error_code": 30003,
            "interested_at": None,
        },),
    }  # fmt: skip


def test_staff_see_which_clinic_is_asked_and_who_searches_outside() -> None:
    assert staff_view(asking_clinic()).clinic_asked == "c-1"
    bare = staff_view(searched_outside(owner="op-1"))
    assert (bare.cascade, bare.winner, bare.clinic_asked) == (None, None, "")
    assert bare.outside is not None
    assert bare.outside.model_dump() == {
        "opened_at": NOW - 5 * MINUTE, "due_at": NOW + 25 * MINUTE, "reason": "nobody_accepted",
        "owner": "op-1", "outcome": "",
    }  # fmt: skip
    clinic = staff_view(won_by_clinic()).winner
    assert clinic is not None
    assert (clinic.clinic_id, clinic.starts_at, clinic.ends_at) == ("c-1", at("13:00"), at("14:00"))


def test_the_doctor_who_comes_sees_where_to_whom_and_why_until_it_is_over() -> None:
    shown = assigned_view(full(won_by_anna()), patient()).model_dump()
    assert shown == {
        **COMMON, "status": "booked", "comes_at": at("13:00"), "until": at("17:00"), "reason": "fever",
        "place": {
            "line": PLACE.line, "city": "Warszawa", "postcode": "02-539", "how_to_enter": "code 12",
            "position": WARSAW.model_dump(),
        },
        "whom": {
            "given_name": "Zofia", "family_name": "Malinowska", "birth_date": date(1950, 3, 14),
            "language": "pl", "phone": "+48512000099", "caller": CALLER.model_dump(),
        },
    }  # fmt: skip
    over = assigned_view(full(won_by_anna()).but(status=VisitStatus.COMPLETED), patient())
    assert (over.place, over.whom, over.reason) == (None, None, "")
    assert assigned_view(full(won_by_anna()), None).whom is None


def test_the_patient_sees_who_comes_and_when() -> None:
    by_text = own_view(full(won_by_anna()), doctor(ANNA), None).model_dump()
    assert by_text == {
        **{name: value for name, value in COMMON.items() if name != "urgent"}, "status": "booked",
        "comes_at": at("13:00"), "until": at("17:00"), "doctor": "Anna Zielińska", "clinic": "",
    }  # fmt: skip
    clinic = Clinic(id="c-1", tenant_id=TENANT, name="Przychodnia", address="ul. Polna 1", city="Warszawa")
    of_clinic = own_view(won_by_clinic(), None, clinic)
    assert (of_clinic.doctor, of_clinic.clinic, of_clinic.until) == ("", "Przychodnia", at("14:00"))
    phoned = won_by_anna()
    phoned = phoned.but(winner=phoned.winner.but(outside_name="Jan Kos"))  # type: ignore[union-attr]  # there is one
    assert own_view(phoned, None, None).doctor == "Jan Kos"
    over = own_view(phoned.but(status=VisitStatus.CANCELLED), doctor(ANNA), clinic)
    assert (over.comes_at, over.until, over.doctor, over.clinic) == (None, None, "", "")


def test_a_visit_has_a_patients_word_in_every_state() -> None:
    words = {status.value: own_view(visit(status), None, None).status for status in VisitStatus}
    assert words == {
        "requested": "searching", "unknown_outcome": "searching", "offering": "searching",
        "outside": "searching", "booked": "booked", "completed": "completed", "no_show": "missed",
        "closed_unfilled": "not_found", "cancelled": "cancelled",
    }  # fmt: skip


def test_a_row_of_a_list_says_what_a_person_must_know_and_nothing_personal() -> None:
    assert row_of(full(won_by_anna())).model_dump() == {
        **COMMON, **TOWN, "status": "booked", "patient_id": "p-1", "attention": "doctor_wrote",
        "doctor_id": ANNA, "clinic_id": "", "requested_at": NOW - 60 * MINUTE,
    }  # fmt: skip
    assert row_of(won_by_clinic()).clinic_id == "c-1"
    assert (row_of(visit()).doctor_id, row_of(visit()).clinic_id) == ("", "")
    assert outside_row_of(full(searched_outside(owner="op-1"))).model_dump() == {
        **COMMON, **TOWN, "patient_id": "p-1", "attention": "doctor_wrote", "reason": "nobody_accepted",
        "owner": "op-1", "opened_at": NOW - 5 * MINUTE, "due_at": NOW + 25 * MINUTE,
    }  # fmt: skip


def test_lists_ask_for_what_is_wanted_and_nothing_else() -> None:
    soonest = (("window_starts_at", "asc"), ("id", "asc"))
    everything = visits_where(VisitFilter())
    assert (everything.collection, everything.where, everything.order) == ("visits", (), soonest)
    wanted = VisitFilter(
        status=VisitStatus.BOOKED, waits_for_person=False, specialization="s", patient_id="p",
        since=NOW, until=CLOSES,
    )  # fmt: skip
    assert visits_where(wanted).where == (
        ("status", "==", "booked"), ("waits_for_person", "==", False), ("specialization", "==", "s"),
        ("patient_id", "==", "p"), ("window_starts_at", ">=", NOW), ("window_starts_at", "<", CLOSES),
    )  # fmt: skip
    outside = outside_work(None)
    assert (outside.collection, outside.where) == ("visits", (("status", "==", "outside"),))
    assert outside.order == (("outside_due_at", "asc"), ("id", "asc"))
    assert outside_work("op-1").where[1:] == (("outside_owner", "==", "op-1"),)
    assert outside_work("").where[1:] == (("outside_owner", "==", ""),)
    offers, assigned = open_offers(ANNA), assigned_visits(ANNA)
    assert (offers.collection, offers.order) == (assigned.collection, assigned.order) == ("visits", soonest)
    assert offers.where == (("status", "==", "offering"), ("open_to", "array_contains", ANNA))
    assert assigned.where == (("status", "==", "booked"), ("doctor_id", "==", ANNA))


def test_the_sweeper_asks_for_what_waits_and_is_due() -> None:
    query = due_visits(NOW)
    assert query.collection == "visits"
    assert query.where == (("status", "in", ("offering", "unknown_outcome")), ("due_at", "<=", NOW))
    assert (query.order, query.limit) == ((("due_at", "asc"), ("id", "asc")), 100)


def test_a_doctors_lists_show_what_is_open_to_them_and_what_they_took() -> None:
    open_to_anna = full(searching(offer(ANNA, OfferStatus.DELIVERED), offer(PIOTR)))
    row = offer_row_of(open_to_anna, ANNA)
    assert row is not None
    short = {name: COMMON[name] for name in ("visit_id", "specialization", "urgent")}
    assert row.model_dump() == {
        **short, **TOWN, "window": AFTERNOON.model_dump(), "code": "7KJ", "asked_at": NOW - 20 * MINUTE,
    }  # fmt: skip
    assert offer_row_of(open_to_anna, PIOTR) is None
    assert offer_row_of(open_to_anna, "d-x") is None
    assert offer_row_of(visit(), ANNA) is None
    assert assigned_row_of(full(won_by_anna())).model_dump() == {
        **short, **TOWN, "comes_at": at("13:00"), "until": at("17:00"),
    }  # fmt: skip


def test_a_visit_is_stored_beside_what_lists_ask_for() -> None:
    asked = searching(offer(PIOTR, OfferStatus.SENT), offer(ANNA, OfferStatus.DELIVERED), offer(EWA))
    assert asked.index_fields() == {
        "waits_for_person": False, "outside_due_at": None, "outside_owner": "", "doctor_id": "",
        "open_to": [ANNA, PIOTR],
    }  # fmt: skip
    outside = full(searched_outside(owner="op-1")).index_fields()
    assert (outside["waits_for_person"], outside["outside_owner"]) == (True, "op-1")
    assert outside["outside_due_at"] == NOW + 25 * MINUTE
    assert won_by_anna().index_fields()["doctor_id"] == ANNA


def test_a_wish_becomes_a_visit_that_keeps_all_of_it() -> None:
    wish = Wish(
        address=PLACE, caller=CALLER, window=AFTERNOON, specialization="internal_medicine", reason="fever",
        urgent=True,
    )  # fmt: skip
    made = request("v1", patient(language="en"), wish, "op-1", NOW)
    assert made == Visit(
        id="v1", tenant_id=TENANT, patient_id="p-1", language="en", caller=CALLER, address=PLACE,
        window=AFTERNOON, window_starts_at=at("13:00"), specialization="internal_medicine", reason="fever",
        urgent=True, requested_at=NOW, requested_by="op-1",
    )  # fmt: skip
    with pytest.raises(PatientDeceased):
        request("v1", patient(deceased_on=NOW.date()), wish, "op-1", NOW)
    with pytest.raises(PatientMerged) as merged:
        request("v1", patient(merged_into="p-2"), wish, "op-1", NOW)
    assert merged.value.hint == "p-2"


def test_a_window_leaves_time_for_the_visit_and_begins_within_four_weeks() -> None:
    check_window(AFTERNOON, CLOSES - MINUTE)
    with pytest.raises(WindowPassed) as passed:
        check_window(AFTERNOON, CLOSES)
    assert [one.pointer for one in passed.value.errors] == ["/window"]
    begins = AFTERNOON.starts_at
    check_window(AFTERNOON, begins - timedelta(days=29) + MINUTE)
    with pytest.raises(WindowTooFar) as far:
        check_window(AFTERNOON, begins - timedelta(days=29))
    assert [(one.pointer, one.detail) for one in far.value.errors] == [
        ("/window/day", "at most 28 days ahead")
    ]


def test_two_visits_of_one_patient_do_not_share_time_while_both_are_open() -> None:
    morning = AFTERNOON.but(begins=at("08:00").time(), ends=at("14:00").time())
    evening = AFTERNOON.but(begins=at("18:00").time(), ends=at("20:00").time())
    for apart in (morning, evening):
        refuse_similar(apart, [visit()])
    for shared in (
        AFTERNOON,
        AFTERNOON.but(ends=at("14:01").time()),
        AFTERNOON.but(begins=at("17:59").time()),
    ):
        with pytest.raises(SimilarVisit) as similar:
            refuse_similar(shared, [visit()])
        assert similar.value.hint == "v1"
    refuse_similar(AFTERNOON, [visit(VisitStatus.CANCELLED)])


def test_a_patients_day_keeps_the_newest_twenty_visits() -> None:
    day = PatientDay(id=day_id("p-1", NOW.date()), tenant_id=TENANT)
    for number in range(22):
        day = day.with_visit(f"v{number}")
    assert (day.id, day.visit_ids[0], len(day.visit_ids)) == ("p-1-2026-11-24", "v21", 20)


def test_a_diary_forgets_what_is_two_days_past_and_says_a_visit_once() -> None:
    hour = Span(starts_at=NOW, ends_at=NOW + 60 * MINUTE)
    long_past = Span(starts_at=NOW - timedelta(days=3), ends_at=NOW - timedelta(days=2))
    past = long_past.but(ends_at=long_past.ends_at + MINUTE)
    diary = Diary(id=ANNA, tenant_id=TENANT)
    for name, span in (("gone", long_past), ("kept", past), ("v1", past), ("v1", hour)):
        diary = diary.with_visit(name, span, NOW)
    assert [(one.visit_id, one.span) for one in diary.taken] == [("kept", past), ("v1", hour)]
    assert [one.visit_id for one in diary.without_visit("v1").taken] == ["kept"]


def test_half_an_hour_between_two_visits_is_enough_to_travel() -> None:
    diary = Diary(id=ANNA, tenant_id=TENANT).with_visit("v2", AFTERNOON_SPAN, NOW)
    half_past = Span(starts_at=at("17:30"), ends_at=at("18:00"))
    assert not diary.clashes("v1", half_past)
    assert diary.clashes("v1", half_past.but(starts_at=at("17:29")))
    assert not diary.clashes("v2", AFTERNOON_SPAN)


AFTERNOON_SPAN = Span(starts_at=at("13:00"), ends_at=at("17:00"))


def test_whoever_comes_may_read_what_they_were_asked_for_however_they_were_found() -> None:
    found = visit(VisitStatus.BOOKED, winner=Winner(channel=Channel.OUTSIDE, doctor_id=EWA, won_at=NOW))
    assert found.was_offered_to(EWA)
    assert not found.was_offered_to(ANNA)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("", "wt. 24.11 14:00-18:00"),
        ("Europe/Warsaw", "wt. 24.11 14:00-18:00"),
        ("Europe/Berlin", "wt. 24.11 14:00-18:00"),
        ("Europe/Kyiv", "wt. 24.11 14:00-18:00 (Warsaw)"),
    ],
)
def test_a_time_names_its_zone_where_the_reader_has_another(zone: str, told: str) -> None:
    assert when(AFTERNOON.but(day=date(2026, 11, 24)), "pl", zone) == told
