"""How records are kept: names and defaults that old documents rely on, and the bounds of what comes in."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from functions.house_visits.domain.address import Address, Caller
from functions.house_visits.domain.clinic_letters import CancelAtClinic, CheckBooking
from functions.house_visits.domain.clinic_news import HeardFromClinic
from functions.house_visits.domain.clinic_request import ClinicRequest
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.patient_day import PatientDay
from functions.house_visits.domain.visit import OutsideWork, Visit, Winner
from infra.render import TABLES
from infra.rendering.pages import states_page
from shared.kernel.records import Record, Value
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    cascade,
    offer,
    visit,
    won_by_anna,
    won_by_clinic,
)
from tests.people import ANNA
from tests.test_architecture import ROOT
from tests.world import TENANT


def test_the_tables_are_those_that_the_page_of_states_draws() -> None:
    """`python -m infra.render` draws it anew; read the diff before you believe it."""
    assert states_page(TABLES) == (ROOT / "docs" / "states.md").read_text()


@pytest.mark.parametrize(
    ("kind", "name", "logged"),
    [
        (Visit, "visits", True),
        (Desk, "desks", False),
        (Diary, "diaries", False),
        (PatientDay, "patient_days", False),
        (HeardFromClinic, "clinic_events", False),
    ],
)
def test_a_collection_keeps_its_name_or_what_is_stored_is_lost(
    kind: type[Record], name: str, logged: bool
) -> None:
    assert (kind.kind, kind.logged) == (name, logged)


@pytest.mark.parametrize(
    ("value", "defaults"),
    [
        (
            visit(),
            {
                "version": 0, "status": "requested", "language": "pl", "caller": None, "reason": "",
                "urgent": False, "epoch": 1, "cascade": None, "winner": None, "clinic_request": None,
                "outside": None,
                "attention": "", "due_at": None, "told_epoch": 0, "invited": False,
            },
        ),
        (
            cascade(offer(ANNA)),
            {
                "status": "running", "policy": "staggered", "quiet": "hold", "one_segment_only": True,
                "remaining_minutes": 0, "pause_reason": "", "held_offer": "",
            },
        ),
        (
            offer(ANNA),
            {
                "clinic_id": "", "distance_km": None, "status": "planned", "sender": "", "code": "",
                "asked_at": None, "answered_at": None, "error_code": 0,
                "interested_at": None,
            },
        ),
        (
            Winner(channel="sms", won_at=NOW),
            {
                "doctor_id": "", "clinic_id": "", "offer_id": "", "outside_name": "", "outside_phone": "",
                "starts_at": None, "ends_at": None,
            },
        ),
        (OutsideWork(opened_at=NOW, due_at=NOW, reason="r"), {"owner": "", "outcome": "", "closed_at": None}),
        (
            ClinicRequest(clinic_id="c-1", key="k", asked_at=NOW),
            {
                "step": "choose", "slot": None, "attempt": 1, "tries": 0, "reason": "", "slots_refused": (),
                "clinics_left": (), "reference": "",
            },
        ),
        (
            Desk(id="k", tenant_id=TENANT),
            {"version": 0, "entries": (), "opted_out": False, "passive_day": "", "passive_count": 0},
        ),
        (Diary(id="d", tenant_id=TENANT), {"taken": ()}),
        (PatientDay(id="d", tenant_id=TENANT), {"visit_ids": ()}),
        (CheckBooking(visit_id="v", key="k", cause="c"), {"tries": 0}),
        (CancelAtClinic(visit_id="v", clinic_id="c", key="k"), {"tries": 0}),
        (
            Address(line="ul. Polna 1", city="Warszawa"),
            {
                "district": "", "postcode": "", "country": "PL", "position": None, "quality": "none",
                "how_to_enter": "",
            },
        ),
        (Caller(name="Jan", relationship="son"), {"phone": "", "has_consent": False}),
    ],
    ids=lambda one: type(one).__name__,
)  # fmt: skip
def test_what_an_old_document_does_not_say_is_as_it_was(value: Value, defaults: dict[str, object]) -> None:
    told = value.model_dump()
    assert {name: told[name] for name in defaults} == defaults
    assert type(value).model_validate({name: held for name, held in told.items() if name not in defaults})
    optional = {name for name, field in type(value).model_fields.items() if not field.is_required()}
    assert optional - {"arm", "next_at"} <= set(defaults) | {"version"}


def test_the_first_timer_of_a_search_is_the_first_arm() -> None:
    first = cascade(offer(ANNA)).model_dump(exclude={"arm", "next_at"})
    made = type(cascade(offer(ANNA))).model_validate(first)
    assert (made.arm, made.next_at) == (1, None)


@pytest.mark.parametrize(
    ("field", "longest", "kind"),
    [
        ("city", 80, Address),
        ("district", 80, Address),
        ("postcode", 12, Address),
        ("relationship", 40, Caller),
    ],
)
def test_what_comes_in_is_bounded(field: str, longest: int, kind: type[Value]) -> None:
    given = (
        {"line": "ul. Polna 1", "city": "Warszawa"}
        if kind is Address
        else {"name": "Jan", "relationship": ""}
    )
    assert kind.model_validate({**given, field: "x" * longest})
    with pytest.raises(ValidationError):
        kind.model_validate({**given, field: "x" * (longest + 1)})


@pytest.mark.parametrize("country", ["", "P", "pl", "POL", "P1", " PL"])
def test_a_country_is_two_capital_letters(country: str) -> None:
    with pytest.raises(ValidationError):
        Address(line="ul. Polna 1", city="Warszawa", country=country)


def test_an_entry_of_a_desk_may_be_open_until_its_visit_closes_and_if_unknown_for_ever() -> None:
    one = DeskEntry(visit_id="v", offer_id="o", doctor_id="d", sender="s", code="c", offered_at=NOW)
    assert one.may_be_open(NOW)
    assert one.but(closes_at=NOW + MINUTE).may_be_open(NOW)
    assert not one.but(closes_at=NOW).may_be_open(NOW)


def test_a_desk_remembers_codes_for_their_quarantine_and_two_hundred_entries() -> None:
    def entry(name: str, days: int, closes: bool = True) -> DeskEntry:
        at = NOW - timedelta(days=days)
        return DeskEntry(
            visit_id=name, offer_id="o", doctor_id="d", sender="s", code=name, offered_at=at,
            closes_at=at if closes else None,
        )  # fmt: skip

    desk = Desk(id="k", tenant_id=TENANT, entries=(entry("a", 30), entry("b", 31), entry("c", 30, False)))
    after = desk.with_entry(entry("new", 0))
    assert [one.visit_id for one in after.entries] == ["new", "a", "c"]
    assert after.codes == {"new", "a", "c"}
    late = entry("late", 31).but(closes_at=NOW)
    assert "late" in desk.but(entries=(late,)).with_entry(entry("new", 0)).codes
    full = desk.but(entries=tuple(entry(str(number), 1) for number in range(200)))
    assert len(full.with_entry(entry("new", 0)).entries) == 200


def test_an_answer_may_mean_what_is_open_the_latest_twenty_and_what_it_names() -> None:
    def entry(number: int, *, open: bool = False) -> DeskEntry:
        return DeskEntry(
            visit_id=f"v{number}", offer_id="o", doctor_id="d", sender="s", code=f"c{number}",
            offered_at=NOW, closes_at=NOW + MINUTE if open else NOW,
        )  # fmt: skip

    entries = tuple(entry(number, open=number == 25) for number in range(30))
    desk = Desk(id="k", tenant_id=TENANT, entries=entries)
    meant = [one.visit_id for one in desk.spoken_of("c28", NOW)]
    assert meant == [*(f"v{number}" for number in range(20)), "v25", "v28"]
    assert len(desk.spoken_of(None, NOW)) == 21


def test_answers_are_counted_by_day() -> None:
    today = NOW.date().isoformat()
    desk = Desk(id="k", tenant_id=TENANT)
    assert (desk.counted(NOW).passive_day, desk.counted(NOW).passive_count) == (today, 1)
    assert desk.counted(NOW).counted(NOW).passive_count == 2
    assert desk.but(passive_day="2026-11-23", passive_count=5).counted(NOW).passive_count == 1
    assert desk.but(passive_day=today, passive_count=4).may_answer(NOW)
    assert not desk.but(passive_day=today, passive_count=5).may_answer(NOW)
    assert desk.but(passive_day="2026-11-23", passive_count=5).may_answer(NOW)


def test_a_doctor_is_free_again_where_their_visit_stood_in_a_diary() -> None:
    class Shelf:
        def __init__(self, *diaries: Diary) -> None:
            self.diaries = {one.id: one for one in diaries}
            self.asked = list[str]()

        def find(self, kind: type[Diary], key: str) -> Diary | None:
            self.asked.append(key)
            return self.diaries.get(key)

        def put(self, record: Diary) -> Diary:
            self.diaries[record.id] = record
            return record

    mine = Diary(id=ANNA, tenant_id=TENANT).with_visit("v1", won_by_anna().span, NOW)
    shelf = Shelf(mine)
    for before in (visit(), won_by_clinic()):
        forget(before, shelf)
    assert shelf.diaries[ANNA].taken
    assert shelf.asked == []
    forget(won_by_anna(), shelf)
    assert shelf.diaries[ANNA].taken == ()
    empty = Shelf()
    forget(won_by_anna(), empty)
    assert empty.diaries == {}
