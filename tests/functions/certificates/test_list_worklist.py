"""A doctor's worklist: its order, its pages while others work, and what does not stand on it."""

from datetime import date

import pytest

from functions.certificates.change_due import ChangeDue, change_due
from functions.certificates.list_worklist import ListWorklist, Worklist, list_worklist
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from shared.runtime.pages import PageTokenInvalid
from tests.functions.certificates.cases import (
    PHONED,
    at_clinic,
    from_documents,
    ordered,
    reserve,
    worklist,
)
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import World


def page(world: World, token: str = "", size: int = 2, doctor_id: str = ANNA) -> Worklist:
    return world.call(list_worklist, ListWorklist(page_size=size, page_token=token), as_=as_doctor(doctor_id))


def some_cases(world: World, number: int) -> list[str]:
    """One after another by due day."""
    days = [date(2026, 12, 1 + day) for day in range(4)] + [date(2026, 12, 7 + day) for day in range(5)]
    return [ordered(world, from_documents(day)).case_id for day in days[:number]]


def test_the_most_urgent_stands_first_then_what_is_due_first_whoever_may_take_it(practice: World) -> None:
    later = ordered(practice, from_documents(date(2026, 12, 4))).case_id
    examined = ordered(practice, at_clinic(PHONED)).case_id  # on 1 December
    urgent = ordered(practice, from_documents(date(2026, 12, 10)), priority="urgent").case_id
    stat = ordered(practice, from_documents(date(2026, 12, 11)), priority="stat").case_id
    assert worklist(practice) == [stat, urgent, examined, later]


def test_equal_cases_are_ordered_by_their_id(practice: World) -> None:
    cases = [ordered(practice).case_id for _ in range(4)]
    assert worklist(practice) == sorted(cases)


def test_pages_show_every_case_once_while_others_take_and_add_some(practice: World) -> None:
    cases = some_cases(practice, 7)
    first = page(practice)
    reserve(practice, cases[0], PIOTR)  # gone from a page that has been read
    reserve(practice, cases[2], PIOTR)  # gone from one that has not
    late = ordered(practice, from_documents(date(2026, 12, 11))).case_id
    second = page(practice, first.next_page_token)
    third = page(practice, second.next_page_token, size=10)
    seen = [one.case_id for one in (*first.cases, *second.cases, *third.cases)]
    assert seen == [*cases[:2], *cases[3:7], late]
    assert third.next_page_token == ""


def test_a_case_that_becomes_more_urgent_moves_up(practice: World) -> None:
    first, second = some_cases(practice, 2)
    practice.call(change_due, ChangeDue(case_id=second, priority="asap", reason="Rozprawa w sądzie."))
    assert worklist(practice) == [second, first]


def test_a_row_says_whose_it_is_and_nothing_of_the_patient(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    (row,) = page(practice).cases
    assert row.mine
    assert row.lease_until is not None
    assert not set(type(row).model_fields) & {"patient_id", "given_name", "family_name", "birth_date"}


def test_a_case_that_was_given_back_for_conflict_says_so_to_that_doctor(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    back = ReleaseReservation(case_id=case_id, reason="conflict_of_interest")
    practice.call(release_reservation, back, as_=as_doctor(ANNA))
    assert [page(practice, doctor_id=one).cases[0].conflict for one in (ANNA, PIOTR)] == [True, False]


def test_a_token_of_one_doctor_opens_nothing_that_is_not_theirs(practice: World) -> None:
    """The next page is made of the reader's own rights; a token from elsewhere is refused."""
    some_cases(practice, 3)
    token = page(practice).next_page_token
    assert [one.mine for one in page(practice, token, doctor_id=PIOTR).cases] == [False]
    with pytest.raises(PageTokenInvalid):
        page(practice, token[:-2] + "AA")
