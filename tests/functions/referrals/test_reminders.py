"""Employers are reminded of dates: once for each threshold, in one mail a day, never of what is done."""

from datetime import date, timedelta
from typing import Any

import pytest

from functions.referrals.choose_reminders import ChooseReminders, choose_reminders
from functions.referrals.domain.digest import ReminderDigest
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus, NextDue, NextDueReason
from functions.referrals.domain.reminders import Reminder
from functions.referrals.list_failed_digests import ListFailedDigests, list_failed_digests
from functions.referrals.read_reminders import ReadReminders, read_reminders
from functions.referrals.scan_expiries import scan_expiries
from functions.referrals.send_digests import send_digests
from shared.contracts.mail import MailRefused, OutboundMail
from shared.kernel.ports import Query
from tests.functions.referrals.people import (
    HUTA,
    MLYN,
    TODAY,
    as_employer,
    certificate,
    employee,
    employer,
    employment,
)
from tests.world import World

DAY = timedelta(days=1)
FIRST, SECOND = "kadry@example.org", "bhp@example.org"


def due(days: int, reason: NextDueReason = NextDueReason.PERIODIC) -> NextDue:
    return NextDue(reason=reason, due_on=TODAY + days * DAY)


def held(days: int, certificate_id: str = "fc-1", **facts: object) -> FitnessCertificate:
    """A certificate whose only date lies so many days ahead."""
    return certificate(certificate_id, next_dues=(due(days),)).but(**facts)


def morning(world: World) -> None:
    world.tick(scan_expiries)
    world.tick(send_digests)


def mails(world: World, to: str = FIRST) -> list[str]:
    return [one.text for one in world.mail.sent if one.to == to]


def test_each_threshold_is_told_once_over_the_whole_time(firm: World) -> None:
    firm.tasks_come_twice()
    firm.given(held(61))
    told: list[int] = []
    for day in range(70):
        morning(firm)
        morning(firm)
        told += [day] * (len(mails(firm)) - len(told))
        firm.advance(DAY)
    assert told == [1, 31, 47, 54, 61]


def test_a_digest_names_person_reason_and_day_and_leads_to_each_certificate(firm: World) -> None:
    firm.given(held(30))
    morning(firm)
    (mail,) = [one for one in firm.mail.sent if one.to == FIRST]
    assert "Malinowska Zofia · spawacz · badanie okresowe · do 2026-12-24 (30 dni)" in mail.text
    assert "/my-fitness-certificates/fc-1" in mail.text
    assert 'href="' in mail.html
    assert firm.log_of(firm.record(FitnessCertificate, "fc-1")) == ["date_came_nearer"]


def test_one_digest_a_day_holds_all_that_an_employer_has_to_hear_and_nothing_of_another(firm: World) -> None:
    firm.given(employer(MLYN, email="mlyn@example.org", language="en"))
    firm.given(employee("em-9", employer_id=MLYN))
    firm.given(held(14), held(7, "fc-2"), held(0, "fc-9", employer_id=MLYN, employee_id="em-9"))
    morning(firm)
    (mine,), (theirs,) = mails(firm), mails(firm, "mlyn@example.org")
    assert ("fc-1" in mine, "fc-2" in mine, "fc-9" in mine) == (True, True, False)
    assert ("fc-9" in theirs, "today" in theirs, "fc-1" in theirs) == (True, True, False)


def test_what_was_imported_late_is_told_once_and_not_three_times(firm: World) -> None:
    firm.given(held(10), held(-400, "fc-2"))
    for _ in range(3):
        morning(firm)
        firm.advance(DAY)
    (text,) = mails(firm)
    assert (text.count("fc-1"), text.count("fc-2")) == (1, 1)
    assert "po terminie od" in text


def test_days_without_a_scan_are_caught_up_with_one_message(firm: World) -> None:
    firm.given(held(61), held(32, "fc-2"))
    firm.advance(4 * DAY)
    morning(firm)
    (text,) = mails(firm)
    assert (text.count("fc-1"), text.count("fc-2")) == (1, 1)


@pytest.mark.parametrize(
    "facts", [{"renewed_by": "fc-9"}, {"status": FitnessStatus.VOID}, {"status": FitnessStatus.SUPERSEDED}]
)
def test_what_is_renewed_or_holds_no_more_is_told_never(firm: World, facts: dict[str, object]) -> None:
    firm.given(held(30).but(**facts))
    morning(firm)
    assert mails(firm) == []


def test_what_is_renewed_between_the_scan_and_the_digest_is_not_told(firm: World) -> None:
    firm.given(held(30))
    firm.tick(scan_expiries)
    firm.given(firm.record(FitnessCertificate, "fc-1").but(renewed_by="fc-9"))
    firm.tick(send_digests)
    assert mails(firm) == []


def test_who_has_left_is_nobody_to_be_examined(firm: World) -> None:
    firm.given(employee(employments=(employment(until=TODAY - DAY),)), held(30))
    morning(firm)
    assert mails(firm) == []


def test_an_employer_that_is_gone_hears_nothing(firm: World) -> None:
    firm.given(employer(active=False), held(30))
    morning(firm)
    assert mails(firm) == []


def test_each_reason_has_its_own_date(firm: World) -> None:
    both = (due(30), due(75, NextDueReason.DRIVING))
    firm.given(certificate(next_dues=both))
    morning(firm)
    firm.advance(15 * DAY)
    morning(firm)
    first, second = mails(firm)
    assert ("badanie okresowe" in first, "pojazdami" in first) == (True, False)
    assert "pojazdami" in second


def test_an_employer_hears_only_what_it_chose_in_its_language_and_at_its_address(firm: World) -> None:
    choice = ChooseReminders(thresholds=(30, 0), contacts=(SECOND,), language="en")
    firm.call(choose_reminders, choice, as_=as_employer())
    kept = firm.call(read_reminders, ReadReminders(), as_=as_employer())
    assert (kept.thresholds, kept.contacts) == ((30, 0), (SECOND,))
    firm.given(held(60), held(10, "fc-2"))
    morning(firm)
    firm.advance(30 * DAY)
    morning(firm)
    early, later = mails(firm, SECOND)
    assert ("fc-1" in early, "fc-2" in early, "Hello" in early) == (False, True, True)
    assert "fc-1" in later
    assert mails(firm) == []


def test_a_threshold_that_there_is_not_is_refused(firm: World) -> None:
    action = choose_reminders.declaration  # type: ignore[attr-defined]  # every action carries one
    answer = firm.answer(action, {"thresholds": [45]}, as_employer())
    assert answer.status == 422
    assert b"/thresholds" in answer.body


class Choosy:
    """A mail server that will not have some addresses."""

    def __init__(self, world: World, *refused: str) -> None:
        self.inner, self.refused, self.tried = world.mail, refused, list[str]()
        world.wiring.__dict__["mail"] = self

    def send(self, mail: OutboundMail) -> None:
        self.tried.append(mail.to)
        if mail.to in self.refused:
            raise MailRefused
        self.inner.send(mail)


def test_a_mail_that_bounces_goes_to_the_next_contact(firm: World) -> None:
    firm.tasks_come_twice()
    firm.call(choose_reminders, ChooseReminders(contacts=(SECOND,)), as_=as_employer())
    server = Choosy(firm, SECOND)
    firm.given(held(30))
    morning(firm)
    assert server.tried == [SECOND, FIRST]
    (text,) = mails(firm)
    assert "fc-1" in text
    morning(firm)
    assert server.tried == [SECOND, FIRST]


def test_a_digest_that_nobody_takes_waits_for_a_person(firm: World) -> None:
    Choosy(firm, FIRST)
    firm.given(held(30))
    morning(firm)
    digest = firm.record(ReminderDigest, f"{HUTA}.{TODAY}")
    assert digest.failed
    assert firm.log_of(digest) == ["sent", "undeliverable"]
    (row,) = firm.call(list_failed_digests, ListFailedDigests()).digests
    assert (row.employer_id, row.tried, row.rows) == (HUTA, 1, 1)


def test_more_than_a_mail_holds_is_told_by_one_mail_that_leads_to_the_list(firm: World) -> None:
    for number in range(450):
        firm.given(held(30, f"fc-{number:03d}"))
    morning(firm)
    firm.advance(DAY)
    morning(firm)
    (text,) = mails(firm)
    assert text.count("badanie okresowe") == 200
    assert "To nie wszystkie" in text
    assert rows(firm, digest_id=f"{HUTA}.{TODAY}") == 450


def test_a_line_of_the_ledger_that_is_there_already_keeps_nobody_from_the_others(firm: World) -> None:
    firm.given(held(30), held(14, "fc-2"))
    firm.tick(scan_expiries)
    firm.given(firm.record(FitnessCertificate, "fc-1").but(reminded_until=None))  # nobody knows how
    firm.given(held(7, "fc-3"))
    firm.advance(DAY)
    morning(firm)
    (text,) = mails(firm)
    assert [text.count(f"/fc-{number}") for number in (1, 2, 3)] == [1, 1, 1]


def test_the_29th_of_february_comes_in_no_other_year(firm: World) -> None:
    firm.given(certificate(next_dues=(NextDue(reason=NextDueReason.PERIODIC, due_on=date(2028, 2, 29)),)))
    assert firm.record(FitnessCertificate, "fc-1").look_on == date(2027, 12, 31)


def rows(world: World, **facts: Any) -> int:
    """How many reminders there are with those facts."""

    where = tuple((name, "==", one) for name, one in facts.items())
    return len(world.wiring.documents.query(Query(Reminder.kind, where, (("id", "asc"),), limit=10_000)))  # type: ignore[arg-type]  # equality
