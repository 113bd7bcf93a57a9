"""The record of a certificate case: whose worklist it stands on, in which order, and when it is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.certificates.domain.case import (
    CaseEvent,
    CaseStatus,
    CertificateCase,
    CertificateKind,
    Modality,
    Priority,
    Purpose,
    Reservation,
)
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.states import NotPossibleNow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_case(**changes: object) -> CertificateCase:
    case = CertificateCase(
        id="case-1",
        tenant_id="vm",
        modality=Modality.REMOTE,
        certificate_kind=CertificateKind.HEALTH_DAMAGE,
        purpose=Purpose.INSURANCE_CLAIM,
        patient_id="patient-1",
        due_on=date(2026, 3, 27),
        requested_at=NOW,
        requested_by="op-1",
    )
    return case.but(**changes)


def held_by(doctor_id: str) -> CertificateCase:
    lease = Reservation(doctor_id=doctor_id, since=NOW, lease_until=NOW + timedelta(hours=2))
    return a_case(status=CaseStatus.RESERVED, reservation=lease)


def of_doctor(doctor_id: str) -> Actor:
    return Actor(role=Role.DOCTOR, tenant_id="vm", user_id=f"u-{doctor_id}", record_id=doctor_id)


def test_the_most_urgent_stands_first_and_then_what_is_due_first() -> None:
    ranks = [
        a_case(priority=Priority.STAT, due_on=date(2026, 12, 1)).rank,
        a_case(priority=Priority.ASAP).rank,
        a_case(priority=Priority.URGENT).rank,
        a_case(due_on=date(2026, 3, 26)).rank,
        a_case(due_on=date(2026, 3, 27)).rank,
    ]
    assert ranks == sorted(ranks)


def test_a_day_ends_at_midnight_of_its_own_zone_also_when_the_clocks_change() -> None:
    assert a_case(due_on=date(2026, 3, 27)).due_at == datetime(2026, 3, 27, 23, 0, tzinfo=UTC)
    assert a_case(due_on=date(2026, 3, 29)).due_at == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)


def test_a_reserved_case_leaves_the_lists_of_all_others() -> None:
    assert a_case().open_to == ["*"]
    assert held_by("anna").open_to == ["anna"]


def test_a_case_of_the_pool_may_be_reserved_by_any_doctor_and_read_by_its_own_alone() -> None:
    case = held_by("anna")
    assert case.admits(of_doctor("piotr"), Scope.OFFERED)
    assert not case.admits(of_doctor("piotr"), Scope.ASSIGNED)
    assert case.admits(of_doctor("anna"), Scope.ASSIGNED)
    assert not a_case(modality=Modality.STATIONARY).admits(of_doctor("piotr"), Scope.OFFERED)


def test_what_is_issued_cannot_be_released_any_more() -> None:
    issued = held_by("anna").after(CaseEvent.ISSUE, certificate_id="c-1", issued_at=NOW)
    with pytest.raises(NotPossibleNow):
        issued.after(CaseEvent.RELEASE)
