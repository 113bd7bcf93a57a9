"""What patients are texted: one segment, in their language, and not a word that says why."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from functions.certificates.domain.appointment import Appointment
from functions.certificates.domain.telling import News
from functions.certificates.domain.texts import breach_mail, patient_mail, patient_text
from shared.kernel.gsm import segments
from tests.functions.certificates.domain.test_case import a_case

AT = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)  # a Sunday; the clocks have gone back in the night
ONE = Appointment(
    clinic_id="c-1", doctor_id="d-1", starts_at=AT, ends_at=AT + timedelta(minutes=30), zone="Europe/Warsaw"
)
STOP_WORDS = ("stop", "cancel", "end ", "quit", "yes", "tak ")
REVEALING = ("zaświadcz", "certificate", "uszczerb", "ubezpiecz", "insur", "damage", "c-1", "d-1")


@pytest.mark.parametrize("news", get_args(News))
@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_a_text_is_one_segment_and_says_nothing_of_why(news: News, language: str) -> None:
    text = patient_text(news, language, ONE).body
    assert segments(text).segments == 1
    assert "25.10 10:00" in text
    assert not [one for one in (*STOP_WORDS, *REVEALING) if one in text.lower()]


@pytest.mark.parametrize("news", get_args(News))
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_mail_says_the_same_and_what_to_bring(news: News, language: str) -> None:
    mail = patient_mail(news, language, ONE)
    assert "25.10 10:00" in mail.text
    assert mail.text[0].isupper()
    assert "25.10 10:00" in mail.html
    assert (("dokument" in mail.text) or ("identity card" in mail.text)) == (news == "appointment")
    assert not [one for one in REVEALING if one in (mail.subject + mail.text).lower()]


def test_the_team_lead_learns_which_case_and_which_day_and_nothing_else() -> None:
    mail = breach_mail(a_case())
    assert "case-1" in mail.subject
    assert "2026-03-27" in mail.text
    assert "patient-1" not in mail.subject + mail.text
