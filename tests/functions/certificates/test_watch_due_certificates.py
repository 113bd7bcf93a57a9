"""Certificates that are late: one alarm for each breach, however often and by whomever it is looked for."""

from datetime import date, timedelta

from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.change_due import ChangeDue, change_due
from functions.certificates.watch_due_certificates import watch_due_certificates
from tests.functions.certificates.cases import FRIDAY, LEAD, case_of, did, from_documents, ordered, reserve
from tests.outside import START
from tests.world import World

MIDNIGHT = timedelta(days=3, hours=14)
"""From the morning on which the tests begin to the end of Friday in Warsaw."""


def alarms(world: World) -> list[str]:
    return [one.text for one in world.mail.sent if one.to == LEAD]


def watch(world: World) -> None:
    world.tick(watch_due_certificates)


def test_the_team_lead_hears_of_a_breach_once_and_by_the_case_alone(practice: World) -> None:
    practice.tasks_come_twice()
    case_id = ordered(practice).case_id
    practice.advance(MIDNIGHT - timedelta(seconds=1))
    watch(practice)
    assert alarms(practice) == []
    practice.advance(timedelta(seconds=1))
    for _ in range(3):
        watch(practice)
        practice.advance(timedelta(minutes=5))
    (text,) = alarms(practice)
    assert case_id in text
    assert str(FRIDAY) in text
    assert did(practice, case_id) == ["requested", "due_breached"]
    assert case_of(practice, case_id).attention == "late"


def test_a_new_day_that_is_missed_as_well_is_a_new_breach(practice: World) -> None:
    case_id = ordered(practice).case_id
    practice.advance(MIDNIGHT)
    watch(practice)
    practice.call(change_due, ChangeDue(case_id=case_id, due_on=date(2026, 11, 30), reason="Przedłużono."))
    watch(practice)
    assert case_of(practice, case_id).attention == ""
    assert len(alarms(practice)) == 1
    practice.advance(timedelta(days=3))
    watch(practice)
    assert len(alarms(practice)) == 2


def test_what_is_cancelled_is_never_late(practice: World) -> None:
    case_id = ordered(practice).case_id
    practice.call(cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="other"))
    practice.advance(MIDNIGHT)
    watch(practice)
    assert alarms(practice) == []


def test_a_reserved_case_is_late_as_well(practice: World) -> None:
    case_id = ordered(practice, from_documents(START.date())).case_id
    practice.advance(timedelta(hours=13))
    reserve(practice, case_id)
    practice.advance(timedelta(hours=1))
    watch(practice)
    assert len(alarms(practice)) == 1


def test_where_nobody_is_named_the_case_still_waits_for_a_person(practice: World) -> None:
    practice.wiring.settings = practice.settings.but(team_lead_mail="")
    case_id = ordered(practice).case_id
    practice.advance(MIDNIGHT)
    watch(practice)
    assert practice.mail.sent == []
    assert case_of(practice, case_id).attention == "late"
