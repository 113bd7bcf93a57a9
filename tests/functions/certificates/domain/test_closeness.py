"""Who is too close to judge whom: the same person, the same phone, the same home."""

import pytest

from functions.certificates.domain.closeness import Closeness, ConflictOfInterest, of_patient, refuse_conflict
from shared.adapters.seals import AesSeals
from shared.contracts.directory import Doctor, DoctorPhone
from shared.contracts.homes import Home
from shared.contracts.patients import Guardian, Identifier
from tests.people import patient
from tests.world import TENANT

SEALS = AesSeals(("a-key-for-tests-of-more-than-32-chars",))
HOME = Home(street="ul. Kwiatowa 7/12", postcode="02-539")


def a_doctor(**facts: object) -> Doctor:
    return Doctor(id="d-1", tenant_id=TENANT, given_name="Ola", family_name="Nowak").but(**facts)


@pytest.mark.parametrize(
    ("mine", "theirs", "relation"),
    [
        ({"person_keys": ("a", "b")}, {"person_keys": ("b",)}, "self"),
        ({"phone_keys": ("x",)}, {"phone_keys": ("y", "x")}, "household"),
        ({"home_key": "h"}, {"home_key": "h"}, "household"),
        ({"home_key": ""}, {"home_key": ""}, None),
        ({"person_keys": ("a",), "phone_keys": ("x",)}, {"person_keys": ("x",), "phone_keys": ("a",)}, None),
        ({"person_keys": ("a",), "home_key": "h"}, {"person_keys": ("a",), "home_key": "h"}, "self"),
    ],
)
def test_what_the_files_show(
    mine: dict[str, object], theirs: dict[str, object], relation: str | None
) -> None:
    assert Closeness().but(**mine).to(Closeness().but(**theirs)) == relation


def test_a_number_that_never_was_the_patients_joins_them_to_nobody() -> None:
    wrong = Identifier(system="pl-pesel", key="k-1", value="1", in_error=True)
    right = Identifier(system="passport-UA", key="k-2", value="2")
    assert of_patient(patient().but(identifiers=(wrong, right)), None, SEALS).person_keys == ("k-2",)


def test_a_doctor_does_not_judge_the_child_they_are_guardian_of() -> None:
    phone = "+48512000001"
    guarded = patient().but(phone="", guardian=Guardian(name="Anna", relationship="mother", phone=phone))
    mine = DoctorPhone(number=phone, phone_key=SEALS.lookup_key(TENANT, phone))
    with pytest.raises(ConflictOfInterest):
        refuse_conflict(of_patient(guarded, None, SEALS), (), a_doctor(phones=(mine,)))


def test_what_is_kept_is_a_key_and_never_a_value() -> None:
    kept = of_patient(patient(), HOME, SEALS)
    assert len(kept.phone_keys[0]) == len(kept.home_key) == 40
    assert "512000099" not in kept.model_dump_json()


def test_who_has_said_so_is_believed() -> None:
    with pytest.raises(ConflictOfInterest):
        refuse_conflict(Closeness(), ("d-1",), a_doctor())
    refuse_conflict(Closeness(), ("d-2",), a_doctor())
