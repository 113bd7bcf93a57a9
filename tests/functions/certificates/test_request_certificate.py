"""Ordering a certificate: what is kept of the wish, what is refused, and what a second click changes."""

from datetime import date

import pytest

from functions.certificates.domain.arranging import (
    AppointmentTimeWrong,
    CannotExamine,
    NotBookedHere,
    SlotWanted,
)
from functions.certificates.domain.case import CaseStatus, Modality
from functions.certificates.domain.closeness import ConflictOfInterest
from functions.certificates.domain.due import DueInThePast, DueTooFar
from functions.certificates.domain.requesting import PatientUnverified
from functions.certificates.request_certificate import request_certificate
from shared.contracts.patients import PatientDeceased, PatientMerged
from shared.kernel.errors import NotFound
from shared.kernel.ports import Write
from tests.functions.certificates.cases import (
    BOOKED_ONLINE,
    EXAMINED_AT,
    FRIDAY,
    PHONED,
    at_clinic,
    case_of,
    did,
    from_documents,
    known_patient,
    order,
    ordered,
    worklist,
)
from tests.outside import START
from tests.people import ANNA, PIOTR, doctor, patient
from tests.world import FOREIGN_OPERATOR, World


def test_an_order_from_documents_stands_on_every_doctors_list(practice: World) -> None:
    case = ordered(practice)
    assert (case.status, case.due_on, case.due) == ("pending", FRIDAY, case.due)
    assert worklist(practice, ANNA) == worklist(practice, PIOTR) == [case.case_id]
    assert did(practice, case.case_id) == ["requested"]


def test_a_day_on_which_nobody_works_is_moved_and_the_answer_says_why(practice: World) -> None:
    on_sunday = ordered(practice, from_documents(date(2026, 12, 6)))
    assert on_sunday.due is not None
    assert (on_sunday.due.asked, on_sunday.due_on, on_sunday.due.why) == (
        date(2026, 12, 6), date(2026, 12, 7), "weekend",
    )  # fmt: skip
    at_christmas = ordered(practice, from_documents(date(2026, 12, 25)))
    assert at_christmas.due is not None
    assert at_christmas.due_on == date(2026, 12, 28)
    assert "Boż" in at_christmas.due.why
    (line,) = practice.lines_of(case_of(practice, at_christmas.case_id))
    assert (line.details["due_asked"], line.details["due_on"]) == ("2026-12-25", "2026-12-28")


def test_who_needs_it_on_a_free_day_gets_that_day(practice: World) -> None:
    case = ordered(practice, from_documents(date(2026, 12, 6), on_free_day=True))
    assert case.due_on == date(2026, 12, 6)


def test_today_is_taken_and_yesterday_is_not(practice: World) -> None:
    assert ordered(practice, from_documents(START.date())).due_on == START.date()
    with pytest.raises(DueInThePast):
        ordered(practice, from_documents(date(2026, 11, 23)))
    with pytest.raises(DueTooFar):
        ordered(practice, from_documents(date(2028, 1, 3)))


def test_the_same_click_twice_is_one_case(practice: World) -> None:
    first = practice.call(request_certificate, order(from_documents()), key="click-0000001")
    again = practice.call(request_certificate, order(from_documents()), key="click-0000001")
    assert first == again
    assert worklist(practice) == [first.case_id]


def test_whom_no_number_names_is_examined_unless_the_enterprise_says_otherwise(
    practice: World,
) -> None:
    practice.given(patient("p-nobody"))
    with pytest.raises(PatientUnverified):
        ordered(practice, patient_id="p-nobody")
    assert ordered(practice, at_clinic(PHONED), patient_id="p-nobody").status == "scheduled"
    practice.wiring.settings = practice.settings.but(remote_for_unverified=True)
    assert ordered(practice, patient_id="p-nobody").status == "pending"


def test_no_certificate_for_the_dead_the_merged_and_the_unknown(practice: World) -> None:
    practice.given(
        known_patient(practice, id="p-dead", deceased_on=date(2026, 1, 1)),
        known_patient(practice, id="p-old", merged_into="p-1"),
    )
    with pytest.raises(PatientDeceased):
        ordered(practice, patient_id="p-dead")
    with pytest.raises(PatientMerged):
        ordered(practice, patient_id="p-old")
    with pytest.raises(NotFound):
        practice.call(request_certificate, order(from_documents()), as_=FOREIGN_OPERATOR)


def test_an_examination_agreed_by_phone_is_on_its_doctors_list_alone(practice: World) -> None:
    case = ordered(practice, at_clinic(PHONED))
    assert (case.status, case.modality, case.due_on) == ("scheduled", "stationary", EXAMINED_AT.date())
    assert worklist(practice, ANNA) == [case.case_id]
    assert worklist(practice, PIOTR) == []
    assert did(practice, case.case_id) == ["requested", "scheduled"]


def test_the_patient_is_told_of_the_examination_once_and_without_a_word_about_health(practice: World) -> None:
    practice.tasks_come_twice()
    case = ordered(practice, at_clinic(PHONED))
    practice.settle()
    (text,) = practice.texts_to("+48512000099")
    assert text == (
        "Visita: termin badania lekarskiego: wt. 01.12 10:00. Gdyby cos sie zmienilo, zadzwon do nas."
    )
    (mail,) = practice.mail.sent
    assert "01.12 10:00" in mail.text
    assert did(practice, case.case_id)[-1] == "patient_told"


def test_who_can_be_reached_by_nobody_waits_for_a_person(practice: World) -> None:
    practice.given(known_patient(practice, phone="", email=""))
    case = ordered(practice, at_clinic(PHONED))
    practice.settle()
    assert case_of(practice, case.case_id).attention == "patient_not_told"


def test_an_examination_needs_a_time_to_come_and_a_doctor_of_that_clinic(practice: World) -> None:
    practice.given(doctor(practice, PIOTR, clinic_ids=("elsewhere",)))
    with pytest.raises(AppointmentTimeWrong):
        ordered(practice, at_clinic(PHONED, START))
    with pytest.raises(CannotExamine):
        ordered(practice, at_clinic(PHONED, by=PIOTR))
    with pytest.raises(NotBookedHere):
        ordered(practice, at_clinic(PHONED, slot_id="s-1"))
    with pytest.raises(SlotWanted):
        ordered(practice, at_clinic(BOOKED_ONLINE))


def test_no_doctor_examines_themselves(practice: World) -> None:
    own = known_patient(practice).identifiers[0].key
    practice.given(doctor(practice, ANNA, clinic_ids=(PHONED,), person_keys=(own,)))
    with pytest.raises(ConflictOfInterest):
        ordered(practice, at_clinic(PHONED))


def test_the_home_is_used_to_find_the_household_and_is_not_kept(practice: World) -> None:
    case = ordered(practice, home={"street": "ul. Kwiatowa 7/12", "postcode": "02-539"})
    kept = case_of(practice, case.case_id)
    assert kept.closeness.home_key
    assert "Kwiatowa" not in kept.model_dump_json()


def test_what_the_insurer_said_is_kept_for_the_doctor(practice: World) -> None:
    insurer = {"name": "Ubezpieczalnia", "scale": "example-a", "claim_number": "SZK/1/26"}
    case = case_of(practice, ordered(practice, insurer=insurer, priority="stat").case_id)
    assert case.insurer is not None
    assert (case.insurer.scale, case.insurer.claim_number) == ("example-a", "SZK/1/26")
    assert (case.modality, case.status) == (Modality.REMOTE, CaseStatus.PENDING)
    stored = practice.wiring.codec.encode(case)["insurer"]["claim_number"]
    assert "SZK" not in stored


def test_a_comment_comes_with_the_order_in_the_same_commit(practice: World) -> None:
    case_id = ordered(practice, comment="Dokumenty dośle oddział.").case_id
    lines = practice.lines_of(case_of(practice, case_id))
    assert [(one.did, one.note) for one in lines] == [
        ("requested", ""), ("commented", "Dokumenty dośle oddział."),
    ]  # fmt: skip


def test_where_the_patients_record_is_gone_a_person_must_look(practice: World) -> None:
    case_id = ordered(practice, at_clinic(PHONED)).case_id
    practice.wiring.documents.commit([Write("patients/p-1", None)])
    practice.settle()
    assert case_of(practice, case_id).attention == "patient_not_told"
