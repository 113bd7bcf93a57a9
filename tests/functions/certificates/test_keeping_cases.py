"""What people do with a case that goes on: comments, another day, an end; and how they find it again."""

from datetime import date, timedelta

import pytest

from functions.certificates.attach_comment import AttachComment, attach_comment
from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.change_due import ChangeDue, change_due
from functions.certificates.domain.case import CaseStatus
from functions.certificates.domain.due import DueInThePast
from functions.certificates.domain.keeping import DueIsAppointment
from functions.certificates.get_case import GetCase, get_case
from functions.certificates.list_cases import ListCases, list_cases
from functions.certificates.read_activity import ReadActivity, read_activity
from shared.kernel.errors import NotFound, Stale
from shared.kernel.states import NotPossibleNow
from tests.functions.certificates.cases import (
    FRIDAY,
    PHONED,
    at_clinic,
    case_of,
    did,
    from_documents,
    known_patient,
    ordered,
    reserve,
)
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import ADMIN, FOREIGN_OPERATOR, World

MONDAY = date(2026, 11, 30)
WORDS = "Dokumentacja z oddziału dotrze w piątek."


def changed(world: World, case_id: str, **changes: object) -> None:
    world.call(
        change_due, ChangeDue.model_validate({"case_id": case_id, "reason": "Ubezpieczyciel.", **changes})
    )


def found(world: World, **wanted: object) -> list[str]:
    return [one.case_id for one in world.call(list_cases, ListCases.model_validate(wanted)).cases]


def test_a_new_due_day_is_logged_with_the_old_one_and_the_reason(practice: World) -> None:
    case_id = ordered(practice).case_id
    changed(practice, case_id, due_on=MONDAY)
    changed(practice, case_id, due_on=MONDAY)
    line = practice.lines_of(case_of(practice, case_id))[-1]
    assert did(practice, case_id) == ["requested", "due_changed"]
    assert (line.details["due_before"], line.details["due_on"]) == (str(FRIDAY), str(MONDAY))
    assert (line.note, line.automatic) == ("Ubezpieczyciel.", False)


def test_another_priority_leaves_the_case_with_who_has_reserved_it(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    changed(practice, case_id, priority="stat")
    after = case_of(practice, case_id)
    assert (after.status, after.doctor_id, after.rank[0]) == (CaseStatus.RESERVED, ANNA, "0")
    practice.advance(timedelta(hours=2))
    assert case_of(practice, case_id).status == CaseStatus.PENDING


def test_no_due_day_in_the_past_and_none_beside_an_appointment(practice: World) -> None:
    case_id = ordered(practice).case_id
    with pytest.raises(DueInThePast):
        changed(practice, case_id, due_on=date(2026, 11, 20))
    examined = ordered(practice, at_clinic(PHONED)).case_id
    with pytest.raises(DueIsAppointment):
        changed(practice, examined, due_on=MONDAY)


def test_a_change_of_what_somebody_else_has_changed_is_stale(practice: World) -> None:
    case = ordered(practice)
    changed(practice, case.case_id, due_on=MONDAY)
    wanted = ChangeDue(case_id=case.case_id, due_on=FRIDAY, reason="Pomyłka.")
    with pytest.raises(Stale):
        practice.call(change_due, wanted, headers={"If-Match": f'"{case.version}"'})


def test_what_is_cancelled_stays_cancelled(practice: World) -> None:
    case_id = ordered(practice).case_id
    cancel = CancelCertificateCase(case_id=case_id, reason="insurer_withdrew")
    assert practice.call(cancel_certificate_case, cancel).status == "cancelled"
    with pytest.raises(NotPossibleNow):
        practice.call(cancel_certificate_case, cancel)
    with pytest.raises(NotPossibleNow):
        changed(practice, case_id, due_on=MONDAY)
    with pytest.raises(NotFound):
        reserve(practice, case_id)


def test_a_comment_is_read_by_the_operator_and_by_the_cases_own_doctor(practice: World) -> None:
    case_id = ordered(practice).case_id
    practice.call(attach_comment, AttachComment(case_id=case_id, text=WORDS))
    reserve(practice, case_id)
    mine = AttachComment(case_id=case_id, text="Proszę o opis RTG.")
    practice.call(attach_comment, mine, as_=as_doctor(ANNA))
    for actor in (as_doctor(ANNA), ADMIN):
        lines = practice.call(read_activity, ReadActivity(case_id=case_id), as_=actor).lines
        assert [one.note for one in lines if one.did == "commented"] == [WORDS, mine.text]
    for call, request in ((attach_comment, mine), (read_activity, ReadActivity(case_id=case_id))):
        with pytest.raises(NotFound):
            practice.call(call, request, as_=as_doctor(PIOTR))


def test_a_comment_is_sealed_at_rest(practice: World) -> None:
    case_id = ordered(practice).case_id
    practice.call(attach_comment, AttachComment(case_id=case_id, text=WORDS))
    path = f"certificate_cases/{case_id}/activity/000002"
    stored = practice.wiring.documents.read([path])[path]
    assert stored is not None
    assert WORDS not in str(stored.fields)


def test_a_comment_may_say_that_what_was_waited_for_is_done_if_an_operator_says_so(practice: World) -> None:
    practice.given(known_patient(practice, phone="", email=""))
    case_id = ordered(practice, at_clinic(PHONED)).case_id
    practice.settle()
    done = AttachComment(case_id=case_id, text="Zadzwoniono.", settled=True)
    practice.call(attach_comment, done, as_=as_doctor(ANNA))
    assert case_of(practice, case_id).attention == "patient_not_told"
    practice.call(attach_comment, done)
    assert case_of(practice, case_id).attention == ""


def test_cases_are_found_by_what_is_known_of_them(practice: World) -> None:
    practice.given(known_patient(practice, id="p-2"))
    soon = ordered(practice).case_id
    urgent = ordered(practice, from_documents(MONDAY), priority="urgent", patient_id="p-2").case_id
    examined = ordered(practice, at_clinic(PHONED)).case_id
    reserve(practice, soon, PIOTR)
    assert found(practice) == [soon, urgent, examined]
    assert found(practice, status="reserved") == [soon]
    assert found(practice, modality="stationary") == [examined]
    assert found(practice, priority="urgent") == [urgent]
    assert found(practice, patient_id="p-2") == [urgent]
    assert found(practice, doctor_id=PIOTR) == [soon]
    assert found(practice, waits_for_person=True) == []
    assert found(practice, due_from=MONDAY, due_to=date(2026, 12, 1)) == [urgent]


def test_pages_of_cases_go_on_where_the_last_one_ended(practice: World) -> None:
    cases = sorted(ordered(practice).case_id for _ in range(3))
    first = practice.call(list_cases, ListCases(page_size=2))
    second = practice.call(list_cases, ListCases(page_size=2, page_token=first.next_page_token))
    assert [one.case_id for one in (*first.cases, *second.cases)] == cases


def test_another_tenants_case_is_no_case(practice: World) -> None:
    case_id = ordered(practice).case_id
    assert practice.call(get_case, GetCase(case_id=case_id)).case_id == case_id
    with pytest.raises(NotFound):
        practice.call(get_case, GetCase(case_id=case_id), as_=FOREIGN_OPERATOR)
