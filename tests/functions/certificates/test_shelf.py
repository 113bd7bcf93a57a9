"""The shelf of a case's documents: whoever works on the case may read and add, as long as it goes on."""

from datetime import timedelta

from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.domain.reserving import LEASE
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from shared.contracts.documents import Shelf
from tests.functions.certificates.cases import PHONED, at_clinic, booked_online, ordered, reserve
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import World


def shelf(world: World, case_id: str) -> tuple[tuple[str, ...], bool]:
    found = world.record(Shelf, case_id)
    return found.doctor_ids, found.open


def test_documents_may_be_brought_from_the_order_on_and_no_doctor_reads_them_yet(practice: World) -> None:
    assert shelf(practice, ordered(practice).case_id) == ((), True)


def test_access_goes_with_the_reservation(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    assert shelf(practice, case_id) == ((ANNA,), True)
    back = ReleaseReservation(case_id=case_id, reason="no_time")
    practice.call(release_reservation, back, as_=as_doctor(ANNA))
    assert shelf(practice, case_id) == ((), True)
    reserve(practice, case_id, PIOTR)
    practice.advance(LEASE)
    assert shelf(practice, case_id) == ((), True)


def test_a_late_timer_leaves_no_doctor_at_the_shelf(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.queue.pending.clear()
    practice.advance(LEASE + timedelta(minutes=1))
    reserve(practice, case_id, PIOTR)
    assert shelf(practice, case_id) == ((PIOTR,), True)


def test_who_examines_reads_once_the_appointment_stands(practice: World) -> None:
    assert shelf(practice, ordered(practice, at_clinic(PHONED)).case_id) == ((ANNA,), True)
    booked = booked_online(practice).case_id
    assert shelf(practice, booked) == ((), True)
    practice.settle()
    assert shelf(practice, booked) == ((ANNA,), True)


def test_nothing_is_added_to_what_is_cancelled_and_no_doctor_reads_it(practice: World) -> None:
    case_id = ordered(practice, at_clinic(PHONED)).case_id
    practice.call(cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="other"))
    assert shelf(practice, case_id) == ((), False)
