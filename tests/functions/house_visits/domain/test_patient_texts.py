"""Every text to a patient costs one segment, in both languages, on the longest day of the calendar."""

import re
from datetime import date, time

import pytest

from functions.house_visits.domain.patient_texts import NAMES, patient_mail, patient_text
from functions.house_visits.domain.patient_times import agreed
from functions.house_visits.domain.visit import Channel, Visit, Winner
from shared.kernel.gsm import Encoding, segments
from shared.kernel.times import PreferredWindow
from tests.outside import START
from tests.people import HOME
from tests.world import TENANT

SUNDAY = PreferredWindow(day=date(2026, 11, 29), begins=time(14), ends=time(18))
CARRIERS_READ = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "start", "yes", "unstop", "help"}


def visit(**facts: object) -> Visit:
    return Visit(
        id="v1",
        tenant_id=TENANT,
        patient_id="p-1",
        address=HOME,
        window=SUNDAY,
        window_starts_at=SUNDAY.starts_at,
        specialization="internal_medicine",
        requested_at=START,
        requested_by="op-1",
    ).but(**facts)


@pytest.mark.parametrize("language", ["pl", "en", "de"])
@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_one_cheap_segment(name: str, language: str) -> None:
    length = segments(patient_text(name, language, visit()).body)
    assert (length.encoding, length.segments) == (Encoding.GSM7, 1)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_holds_a_word_that_carriers_act_upon(name: str, language: str) -> None:
    assert not set(re.findall(r"\w+", patient_text(name, language, visit()).body.lower())) & CARRIERS_READ


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_mail_says_the_same_as_text_and_as_a_page(name: str, language: str) -> None:
    mail = patient_mail(name, language, visit())
    assert mail.lead in mail.text
    page = re.sub(r"<[^>]+>", "", mail.html)
    assert mail.subject in page
    assert mail.lead.replace("'", "&#x27;") in page
    assert "{" not in page


def test_a_booked_time_is_told_on_the_patients_clock() -> None:
    starts = SUNDAY.starts_at.replace(hour=14, minute=30)
    winner = Winner(
        channel=Channel.CLINIC,
        clinic_id="c1",
        starts_at=starts,
        ends_at=starts.replace(hour=15, minute=0),
        won_at=START,
    )
    time_agreed = agreed(visit(winner=winner))
    assert (time_agreed.begins, time_agreed.ends) == (time(15, 30), time(16))
    assert "niedz. 29.11 15:30-16:00" in patient_text("booked", "pl", visit(winner=winner)).body


def test_a_time_agreed_for_another_day_is_told_with_that_day() -> None:
    monday = SUNDAY.but(day=date(2026, 11, 30), begins=time(9), ends=time(10))
    winner = Winner(channel=Channel.OUTSIDE, starts_at=monday.starts_at, ends_at=monday.ends_at, won_at=START)
    assert agreed(visit(winner=winner)) == monday
