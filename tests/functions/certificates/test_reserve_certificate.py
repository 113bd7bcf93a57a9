"""Reserving a case: one doctor at a time, for a while, and never for oneself or one's own household."""

from datetime import timedelta

import pytest

from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.domain.bench import RESERVATIONS_MAX, Bench
from functions.certificates.domain.case import CaseStatus
from functions.certificates.domain.reserving import (
    EXTENSIONS_MAX,
    LEASE,
    AlreadyReserved,
    NotExtendedAgain,
    NotPractising,
    NotReserved,
    TooManyReservations,
)
from functions.certificates.extend_reservation import ExtendReservation, extend_reservation
from functions.certificates.get_assigned_case import GetAssignedCase, get_assigned_case
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from functions.certificates.sweep_reservations import sweep_reservations
from shared.kernel.errors import NotFound
from tests.functions.certificates.cases import (
    PHONED,
    at_clinic,
    case_of,
    did,
    ordered,
    reserve,
    worklist,
)
from tests.people import ANNA, PIOTR, as_doctor, doctor
from tests.world import World


def bench(world: World, doctor_id: str) -> list[str]:
    return [one.case_id for one in world.record(Bench, doctor_id).held]


def extend(world: World, case_id: str, doctor_id: str = ANNA) -> None:
    world.call(extend_reservation, ExtendReservation(case_id=case_id), as_=as_doctor(doctor_id))


def release(world: World, case_id: str, reason: str = "no_time", doctor_id: str = ANNA) -> None:
    request = ReleaseReservation.model_validate({"case_id": case_id, "reason": reason})
    world.call(release_reservation, request, as_=as_doctor(doctor_id))


def test_the_second_doctor_learns_who_has_it_and_since_when(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.advance(timedelta(minutes=10))
    with pytest.raises(AlreadyReserved) as taken:
        reserve(practice, case_id, PIOTR)
    assert f"Reserved by {ANNA} since 2026-11-24 09:00 UTC" in taken.value.detail
    assert worklist(practice, PIOTR) == []
    assert worklist(practice, ANNA) == [case_id]


def test_to_reserve_again_what_one_has_changes_nothing(practice: World) -> None:
    case_id = ordered(practice).case_id
    first = reserve(practice, case_id)
    practice.advance(timedelta(minutes=30))
    assert reserve(practice, case_id) == first
    assert did(practice, case_id) == ["requested", "reserved"]


def test_nobody_reserves_more_than_they_may(practice: World) -> None:
    cases = [ordered(practice).case_id for _ in range(RESERVATIONS_MAX + 1)]
    for one in cases[:-1]:
        reserve(practice, one)
    with pytest.raises(TooManyReservations):
        reserve(practice, cases[-1])
    release(practice, cases[0])
    reserve(practice, cases[-1])
    assert bench(practice, ANNA) == cases[1:]


def test_a_lease_ends_by_the_clock_and_the_case_is_everybodys_again(practice: World) -> None:
    practice.tasks_come_twice()
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.advance(LEASE - timedelta(seconds=1))
    assert case_of(practice, case_id).status == CaseStatus.RESERVED
    practice.advance(timedelta(seconds=1))
    assert case_of(practice, case_id).status == CaseStatus.PENDING
    assert worklist(practice, PIOTR) == [case_id]
    assert bench(practice, ANNA) == []
    assert did(practice, case_id) == ["requested", "reserved", "reservation_expired"]


def test_an_extended_lease_outlives_its_first_timer(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.advance(timedelta(hours=1))
    extend(practice, case_id)
    practice.advance(timedelta(hours=1, minutes=30))
    assert case_of(practice, case_id).status == CaseStatus.RESERVED
    practice.advance(timedelta(minutes=30))
    assert case_of(practice, case_id).status == CaseStatus.PENDING


def test_a_lease_is_extended_so_often_and_no_more(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    for _ in range(EXTENSIONS_MAX):
        extend(practice, case_id)
    with pytest.raises(NotExtendedAgain):
        extend(practice, case_id)


def test_a_lost_timer_is_made_up_for_by_the_sweeper(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.queue.pending.clear()
    practice.advance(LEASE + timedelta(seconds=30))
    practice.tick(sweep_reservations)
    assert case_of(practice, case_id).status == CaseStatus.RESERVED  # its timer may still come
    practice.advance(timedelta(seconds=31))
    practice.tick(sweep_reservations)
    assert case_of(practice, case_id).status == CaseStatus.PENDING


def test_a_lease_that_is_over_keeps_nobody_out_while_its_timer_is_late(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.queue.pending.clear()
    practice.advance(LEASE)
    with pytest.raises(NotReserved):
        extend(practice, case_id)
    reserve(practice, case_id, PIOTR)
    assert did(practice, case_id)[-2:] == ["reservation_expired", "reserved"]
    assert bench(practice, PIOTR) == [case_id]
    assert practice.record(Bench, ANNA).open_at(practice.clock.now()) == ()


def test_a_case_that_needs_an_examination_waits_for_the_operator(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    release(practice, case_id, "needs_examination")
    assert case_of(practice, case_id).attention == "needs_examination"


def test_an_operator_takes_a_case_away_from_a_doctor_who_is_ill(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.call(release_reservation, ReleaseReservation(case_id=case_id, reason="other", note="Choroba."))
    assert bench(practice, ANNA) == []
    with pytest.raises(NotFound):
        extend(practice, case_id)


def test_who_is_not_listed_any_more_reserves_nothing(practice: World) -> None:
    practice.given(doctor(practice, ANNA, active=False))
    case_id = ordered(practice).case_id
    for one in (ANNA, "d-unknown"):
        with pytest.raises(NotPractising):
            reserve(practice, case_id, one)


def test_an_examination_is_reserved_by_nobody(practice: World) -> None:
    case_id = ordered(practice, at_clinic(PHONED)).case_id
    with pytest.raises(NotFound):
        reserve(practice, case_id, PIOTR)


def test_a_cancelled_case_leaves_the_bench_and_its_timer_finds_nothing(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.call(cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="duplicate"))
    practice.advance(LEASE * 2)
    assert case_of(practice, case_id).status == CaseStatus.CANCELLED
    assert bench(practice, ANNA) == []
    with pytest.raises(NotFound):
        practice.call(get_assigned_case, GetAssignedCase(case_id=case_id), as_=as_doctor(ANNA))
