"""Rows of the customer: believed when they keep their promise, set aside with a reason when they do not."""

from typing import Any

import pytest

from shared.contracts.customer import REASON_LENGTH_MAX, parse_rows
from shared.contracts.customer_rows import ClinicRow, Collection, Gone, PackageRow, PatientRow
from shared.contracts.specializations import LABELS, Specialization

CLINIC: dict[str, Any] = {
    "name": "Przychodnia Polna",
    "address": {"street": "Polna 1", "postcode": "31-042", "city": "Kraków", "country": "PL"},
    "position": {"lat": 50.06, "lon": 19.94},
    "specializations": ["cardiology"],
    "opening_hours": [{"weekday": 0, "opens": "08:00", "closes": "16:00"}],
    "time_zone": "Europe/Warsaw",
    "home_visit_radius_km": 15,
    "integration": "integrated",
    "phone": "+48123456789",
    "plans": ["basic"],
}


def item(data: Any, row_id: str = "clinic-1", version: Any = 1, deleted: Any = False) -> dict[str, Any]:
    return {"id": row_id, "version": version, "deleted": deleted, "data": data}


def test_a_good_row_is_read() -> None:
    rows, set_aside = parse_rows(Collection.CLINICS, [item(CLINIC)])

    assert set_aside == ()
    assert isinstance(rows[0], ClinicRow)
    assert (rows[0].id, rows[0].version, rows[0].home_visit_radius_km) == ("clinic-1", 1, 15.0)


def test_a_deleted_row_needs_no_data() -> None:
    rows, _ = parse_rows(Collection.CLINICS, [{"id": "clinic-1", "version": 4, "deleted": True}])

    assert rows == (Gone(id="clinic-1", version=4),)


def test_a_field_that_we_do_not_know_yet_does_no_harm() -> None:
    grown = {**CLINIC, "wheelchair": True, "address": {**CLINIC["address"], "floor": 2}}

    assert parse_rows(Collection.CLINICS, [item(grown)]).set_aside == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"specializations": ["witchcraft"]}, "specializations/0: is not a value we know"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone: is not a time zone we know"),
        ({"phone": "12 345 67 89"}, "phone"),
        ({"position": {"lat": 91, "lon": 0}}, "position/lat"),
        ({"position": {"lat": float("nan"), "lon": 0}}, "position/lat"),
        ({"opening_hours": [{"weekday": 7, "opens": "08:00", "closes": "16:00"}]}, "opening_hours/0/weekday"),
        (
            {"opening_hours": [{"weekday": 1, "opens": "08:00Z", "closes": "16:00"}]},
            "must be a local time",
        ),
        (
            {"opening_hours": [{"weekday": 1, "opens": "16:00", "closes": "08:00"}]},
            "must open before it closes",
        ),
        ({"integration": "maybe"}, "integration: is not a value we know"),
        ({"home_visit_radius_km": -1}, "home_visit_radius_km"),
        ({"name": None}, "name"),
    ],
)
def test_a_drifted_row_is_set_aside_with_the_name_of_the_field(change: dict[str, Any], field: str) -> None:
    rows, set_aside = parse_rows(Collection.CLINICS, [item({**CLINIC, **change}), item(CLINIC, "clinic-2")])

    assert [row.id for row in rows] == ["clinic-2"]
    assert set_aside[0].id == "clinic-1"
    assert field in set_aside[0].reason


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "clinic-1",
        {},
        item(CLINIC, "../clinic"),
        item(CLINIC, ""),
        item(CLINIC, version="1"),
        item(CLINIC, version=0),
        item(CLINIC, deleted="false"),
        item(None),
        item([]),
    ],
)
def test_whatever_comes_in_place_of_a_row_is_set_aside_too(raw: object) -> None:
    rows, set_aside = parse_rows(Collection.CLINICS, [raw])

    assert rows == ()
    assert len(set_aside) == 1


def test_a_reason_never_holds_what_was_sent() -> None:
    patient = {
        "given_name": "Anna",
        "family_name": "",
        "birth_date": "secret-date",
        "sex": "secret-sex",
        "email": "x",
    }
    reason = parse_rows(Collection.PATIENTS, [item(patient, "p1")]).set_aside[0].reason

    assert "secret" not in reason
    assert "Anna" not in reason
    assert "birth_date" in reason


def test_a_reason_stays_short_however_much_is_wrong() -> None:
    hopeless = {**CLINIC, "specializations": ["x"] * 40, "opening_hours": [{}] * 40}
    reason = parse_rows(Collection.CLINICS, [item(hopeless)]).set_aside[0].reason

    assert len(reason) <= REASON_LENGTH_MAX
    assert "more" in reason


def test_of_one_row_twice_in_a_page_the_newer_is_taken_in_any_order() -> None:
    newer = item({**CLINIC, "name": "Nowa"}, version=3)
    for items in ([item(CLINIC, version=2), newer], [newer, item(CLINIC, version=2)]):
        rows, _ = parse_rows(Collection.CLINICS, items)
        assert [row.version for row in rows] == [3]


def test_midnight_ends_a_day_and_a_day_may_be_whole() -> None:
    hours = [
        {"weekday": 0, "opens": "14:00", "closes": "00:00"},
        {"weekday": 1, "opens": "00:00", "closes": "00:00"},
    ]

    assert parse_rows(Collection.CLINICS, [item({**CLINIC, "opening_hours": hours})]).set_aside == ()


def test_a_patient_may_have_no_identifier_and_no_phone() -> None:
    newborn = {
        "given_name": "Noworodek",
        "family_name": "Kowalska",
        "birth_date": "2026-05-30",
        "sex": "female",
    }
    rows, _ = parse_rows(Collection.PATIENTS, [item(newborn, "p1")])

    assert isinstance(rows[0], PatientRow)
    assert rows[0].identifiers == ()


def test_a_package_that_ends_before_it_begins_is_set_aside() -> None:
    package = {
        "employer_id": "e1",
        "name": "2026",
        "valid_from": "2026-12-31",
        "valid_until": "2026-01-01",
        "allowances": [{"service": "periodic", "granted": 5}],
    }
    good = {**package, "valid_until": "2026-12-31"}

    assert parse_rows(Collection.PACKAGES, [item(package, "k1")]).set_aside[0].id == "k1"
    assert isinstance(parse_rows(Collection.PACKAGES, [item(good, "k1")]).rows[0], PackageRow)


def test_every_specialization_has_a_name_in_polish_and_english() -> None:
    assert set(LABELS) == set(Specialization)
    assert all(label.pl and label.en for label in LABELS.values())
    assert len({label.pl for label in LABELS.values()}) == len(Specialization) >= 40
