"""Who could come: the nearest first, nobody hidden who might do, and what speaks against each."""

from datetime import date, time

import pytest

from functions.house_visits.domain.candidates import (
    Around,
    candidates,
    doctors_of_any,
)
from functions.house_visits.domain.clinic_fit import (
    CannotBeBooked,
    PlaceUnknown,
    ReasonWanted,
    check,
    is_open,
    place_of_visit,
    why_not,
)
from shared.contracts.clinic_index import Found
from shared.contracts.directory import Clinic, Doctor, Hours
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.places import SEARCH_RADIUS_KM, Position, distance_km
from tests.functions.house_visits.domain.a_visit import NOW, doctor, visit
from tests.people import AFTERNOON, ANNA, EWA, HOME, PHONES, PIOTR, WARSAW
from tests.world import TENANT

TUESDAY = Hours(weekday=1, opens=time(8), closes=time(20))


def clinic(clinic_id: str = "c-1", **facts: object) -> Clinic:
    return Clinic(
        id=clinic_id, tenant_id=TENANT, name="Przychodnia", address="ul. Polna 1", city="Warszawa",
        position=WARSAW, specializations=("internal_medicine",), hours=(TUESDAY,), integrated=True,
        phone="+48224000000",
    ).but(**facts)  # fmt: skip


def north(km: float) -> Position:
    return Position(lat=WARSAW.lat + km / 111.2, lon=WARSAW.lon)


def around(
    *found: Found, clinics: tuple[Clinic, ...] = (), doctors: tuple[Doctor, ...] = (),
    own: tuple[tuple[Doctor, float], ...] = (), plan: str = "", one_way: frozenset[str] = frozenset(),
) -> Around:  # fmt: skip
    return Around(
        visit=visit(), radius_km=50.0, found=found,
        own_found=[Found(km, f"d/{one.id}", False) for one, km in own],
        clinics=clinics, doctors=doctors, own_doctors=[one for one, _ in own], plan=plan, one_way=one_way,
    )  # fmt: skip


NEAR, FAR = Found(2.0, "c-1", True), Found(30.0, "c-2", False)


def test_a_clinic_that_can_be_booked_is_shown_with_all_that_an_operator_needs() -> None:
    shown = candidates(around(NEAR, clinics=(clinic(),)), NOW)
    assert shown.model_dump() == {
        "visit_id": "v1", "radius_km": 50.0, "beyond_radius": False, "position_quality": "rooftop",
        "position_is_rough": False, "doctors": (), "more_doctors": False,
        "clinics": ({
            "clinic_id": "c-1", "name": "Przychodnia", "address": "ul. Polna 1", "city": "Warszawa",
            "phone": "+48224000000", "distance_km": 2.0, "integrated": True, "can_be_booked": True,
            "reasons": (),
        },),
    }  # fmt: skip


def test_clinics_come_in_the_order_found_and_those_that_are_gone_do_not() -> None:
    gone = Found(1.0, "c-0", True)
    closed = clinic("c-3", active=False)
    other = clinic("c-2", integrated=False)
    found = (gone, NEAR, FAR, Found(40.0, "c-3", True))
    shown = candidates(around(*found, clinics=(other, clinic(), closed)), NOW)
    assert [one.clinic_id for one in shown.clinics] == ["c-1", "c-2"]
    assert (shown.clinics[1].can_be_booked, shown.clinics[1].reasons) == (False, ("not_integrated",))


def test_where_nothing_lies_within_the_radius_the_nearest_beyond_are_shown_and_said_to_be_so() -> None:
    beyond = Found(51.0, "c-1", True)
    shown = candidates(around(beyond, clinics=(clinic(),), doctors=(doctor(ANNA, clinic_ids=("c-1",)),)), NOW)
    assert shown.beyond_radius
    assert shown.clinics[0].reasons == ("beyond_radius",)
    assert (shown.doctors[0].reasons, shown.doctors[0].can_be_asked) == (("beyond_radius",), True)
    edge = candidates(around(Found(50.0, "c-1", True), clinics=(clinic(),)), NOW)
    assert (edge.beyond_radius, edge.clinics[0].reasons) == (False, ())
    assert not candidates(around(), NOW).beyond_radius


def test_a_doctor_is_shown_at_the_nearest_of_their_clinics() -> None:
    anna = doctor(ANNA, clinic_ids=("c-2", "c-1", "c-9"), languages=("pl", "en"))
    shown = candidates(around(NEAR, FAR, clinics=(clinic(), clinic("c-2")), doctors=(anna,)), NOW)
    assert [one.model_dump() for one in shown.doctors] == [{
        "doctor_id": ANNA, "given_name": "Anna", "family_name": "Zielińska", "languages": ("pl", "en"),
        "clinic_id": "c-1", "distance_km": 2.0, "integrated": True, "can_be_asked": True, "reasons": (),
    }]  # fmt: skip


def test_doctors_of_no_clinic_come_from_their_own_place_and_stand_among_the_others_by_distance() -> None:
    of_clinic = (doctor(PIOTR, clinic_ids=("c-2",)), doctor(ANNA, clinic_ids=("c-2",)))
    known = around(
        FAR, clinics=(clinic("c-2", integrated=False),), doctors=of_clinic, own=((doctor(EWA), 5.0),)
    )
    shown = candidates(known, NOW)
    rows = [(one.doctor_id, one.distance_km, one.clinic_id, one.integrated) for one in shown.doctors]
    assert rows == [(EWA, 5.0, "", False), (ANNA, 30.0, "c-2", False), (PIOTR, 30.0, "c-2", False)]


def test_who_cannot_be_asked_is_shown_with_the_reasons_and_who_does_not_fit_is_not_shown() -> None:
    facts: tuple[tuple[dict[str, object], tuple[str, ...] | None], ...] = (
        ({"phones": ()}, ("no_phone",)),
        ({"license_until": date(2026, 11, 23)}, ("license_expires",)),
        ({"license_until": AFTERNOON.day}, ()),
        ({"phones": (), "license_until": date(2026, 1, 1)}, ("no_phone", "license_expires")),
        ({"active": False}, None),
        ({"specializations": ("pediatrics",)}, None),
        ({"clinic_ids": ("c-9",)}, None),
    )
    for changed, reasons in facts:
        one = doctor(ANNA, clinic_ids=("c-1",)).but(**changed)
        shown = candidates(around(NEAR, clinics=(clinic(),), doctors=(one,)), NOW).doctors
        assert [row.reasons for row in shown] == ([] if reasons is None else [reasons])
        assert [row.can_be_asked for row in shown] == ([] if reasons is None else [not reasons])
    anna = doctor(ANNA, clinic_ids=("c-1",))
    abroad = around(NEAR, clinics=(clinic(),), doctors=(anna,), one_way=frozenset({PHONES[ANNA]}))
    assert candidates(abroad, NOW).doctors[0].reasons == ("one_way_country",)


def test_a_hundred_doctors_of_clinics_and_twenty_of_none_are_shown_and_that_there_are_more() -> None:
    many = tuple(doctor(ANNA).but(id=f"d-{place:03}", clinic_ids=("c-1",)) for place in range(101))
    shown = candidates(around(NEAR, clinics=(clinic(),), doctors=many), NOW)
    assert (len(shown.doctors), shown.more_doctors) == (100, True)
    assert not candidates(around(NEAR, clinics=(clinic(),), doctors=many[:100]), NOW).more_doctors
    own = tuple((doctor(ANNA).but(id=f"d-{place:03}"), 1.0) for place in range(21))
    assert candidates(around(own=own), NOW).more_doctors
    assert not candidates(around(own=own[:20]), NOW).more_doctors


def test_doctors_are_asked_for_by_thirty_clinics_at_most_and_one_more_than_shown() -> None:
    query = doctors_of_any([f"c-{place}" for place in range(31)])
    assert (query.collection, query.order, query.limit) == ("doctors", (("id", "asc"),), 101)
    assert query.where == (
        ("active", "==", True),
        ("clinic_ids", "array_contains_any", [f"c-{place}" for place in range(30)]),
    )


@pytest.mark.parametrize("quality", GeocodeQuality)
def test_a_rough_place_is_said_to_be_one(quality: GeocodeQuality) -> None:
    rough = Around(**{**around().__dict__, "visit": visit(address=HOME.but(quality=quality))})
    shown = candidates(rough, NOW)
    assert shown.position_quality == quality
    assert shown.position_is_rough == (quality in {"postcode", "city", "none"})


def test_what_speaks_against_a_clinic_is_said_in_order() -> None:
    assert why_not(visit(), clinic(), "") == ()
    assert why_not(visit(), clinic(plans=("premium",)), "premium") == ()
    nothing = clinic(integrated=False, specializations=("pediatrics",), hours=(), plans=("premium",))
    assert why_not(visit(), nothing, "standard") == (
        "not_integrated", "other_specializations", "closed_then", "plan_not_covered",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "zone", "does"),
    [
        (1, "08:00", "20:00", "Europe/Warsaw", True),
        (2, "08:00", "20:00", "Europe/Warsaw", False),
        (1, "08:00", "14:00", "Europe/Warsaw", False),
        (1, "08:00", "14:01", "Europe/Warsaw", True),
        (1, "18:00", "20:00", "Europe/Warsaw", False),
        (1, "17:59", "20:00", "Europe/Warsaw", True),
        (1, "17:00", "02:00", "Europe/Warsaw", True),
        (1, "16:00", "00:00", "Europe/Warsaw", True),
        (1, "10:00", "10:00", "Europe/Warsaw", True),
        (1, "08:00", "13:30", "Europe/London", True),
    ],
)
def test_a_clinic_is_open_on_its_own_clock(
    weekday: int, opens: str, closes: str, zone: str, does: bool
) -> None:
    hours = Hours(weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
    assert is_open(clinic(hours=(hours,), zone=zone), AFTERNOON) is does
    saturday = Hours(weekday=5, opens=time(1), closes=time(2))
    assert is_open(clinic(hours=(saturday, hours), zone=zone), AFTERNOON) is does


def test_a_clinic_that_closes_at_midnight_farther_east_is_closed_late_in_the_evening_here() -> None:
    hours = Hours(weekday=1, opens=time(8), closes=time(0))
    for begins, does in ((time(22, 59), True), (time(23), False)):
        late = AFTERNOON.but(begins=begins, ends=time(23, 30))
        assert is_open(clinic(hours=(hours,), zone="Europe/Kyiv"), late) is does


def test_a_clinic_named_by_a_person_is_asked_if_nothing_speaks_against_it_or_with_a_reason() -> None:
    check(visit(), clinic(), "", "")
    for against in (
        clinic(hours=()),
        clinic(plans=("premium",)),
        clinic(position=None),
        clinic(position=north(51)),
        clinic(position=north(11), visit_radius_km=10.0),
    ):
        with pytest.raises(ReasonWanted):
            check(visit(), against, "", "")
        check(visit(), against, "", "the patient insists")
    check(visit(), clinic(position=north(49), visit_radius_km=50.0), "", "")


def test_a_clinic_at_the_very_edge_of_a_radius_is_inside() -> None:
    edge = Position(lat=52.6789715, lon=21.0)
    assert distance_km(WARSAW, edge) == SEARCH_RADIUS_KM
    check(visit(), clinic(position=edge), "", "")
    near = north(10)
    own = distance_km(WARSAW, near)
    check(visit(), clinic(position=near, visit_radius_km=own), "", "")
    with pytest.raises(ReasonWanted):
        check(visit(), clinic(position=near, visit_radius_km=own - 0.000001), "", "")


def test_no_reason_helps_against_a_clinic_that_cannot_do_it() -> None:
    for never in (
        clinic(integrated=False), clinic(specializations=("pediatrics",)), clinic(active=False),
    ):  # fmt: skip
        with pytest.raises(CannotBeBooked):
            check(visit(), never, "", "the patient insists")


def test_what_speaks_against_a_clinic_is_told_to_who_named_it() -> None:
    with pytest.raises(ReasonWanted, match="Against it: closed_then, beyond_radius, beyond_own_radius"):
        check(visit(), clinic(hours=(), position=north(60), visit_radius_km=10.0), "", "")
    with pytest.raises(ReasonWanted, match=r"Against it: beyond_own_radius\.$"):
        check(visit(), clinic(position=north(20), visit_radius_km=10.0), "", "")
    with pytest.raises(ReasonWanted, match=r"Against it: position_unknown\.$"):
        check(visit(), clinic(position=None), "", "")
    with pytest.raises(CannotBeBooked, match=r"Against it: not active\."):
        check(visit(), clinic(active=False), "", "")
    with pytest.raises(CannotBeBooked, match=r"Against it: not_integrated, closed_then\."):
        check(visit(), clinic(integrated=False, hours=()), "", "")


def test_a_visit_without_a_place_must_be_pinned_first() -> None:
    assert place_of_visit(visit()) == WARSAW
    with pytest.raises(PlaceUnknown):
        place_of_visit(visit(address=HOME.but(position=None)))
