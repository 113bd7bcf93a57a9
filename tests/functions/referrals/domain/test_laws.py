"""A country is a file: its periods, what its employers see, and in which language its papers are."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from functions.referrals.domain.appealing import TooLateToAppeal, lodged
from functions.referrals.domain.fitness import AppealBy
from functions.referrals.domain.jurisdiction import (
    PROFILES,
    JurisdictionNotKnown,
    profile_of,
    profiles_of,
)
from functions.referrals.domain.law_files import LAWS, files_in
from functions.referrals.domain.work_words import words_in
from tests.functions.referrals.people import certificate
from tests.outside import START


def a_country(folder: Path, **facts: Any) -> None:
    """An invented one, beside those that there are."""
    fields = json.loads((LAWS / "DE.json").read_text())
    (folder / "XA.json").write_text(json.dumps({**fields, "country": "XA", "language": "xa", **facts}))


def test_poland_and_germany_are_there_and_no_other_is_guessed() -> None:
    assert sorted(PROFILES) == ["DE", "PL"]
    with pytest.raises(JurisdictionNotKnown):
        profile_of("FR")


def test_a_country_is_added_by_a_file_alone(tmp_path: Path) -> None:
    a_country(tmp_path, referral_valid_days=45, employer_sees=["number", "status"])
    found = profiles_of(files_in(tmp_path))["XA"]
    assert found.referral_valid_days == 45
    assert found.employer_sees == {"number", "status"}
    assert words_in(found.language) == words_in("en")


@pytest.mark.parametrize(
    "facts",
    [{"employer_sees": ["findings"]}, {"longest_months": {"astrology": 1}}, {"zone": None}, {"tax": 1}],
)
def test_a_file_that_says_what_no_rule_knows_is_refused(tmp_path: Path, facts: dict[str, Any]) -> None:
    a_country(tmp_path, **facts)
    with pytest.raises(ValidationError):
        profiles_of(files_in(tmp_path))


@pytest.mark.parametrize("country", sorted(PROFILES))
def test_the_days_of_an_appeal_are_those_of_the_law(country: str) -> None:
    law, it = profile_of(country), certificate(jurisdiction=country)
    last = it.issued_on + timedelta(days=law.appeal_days)
    appeal = lodged(it, AppealBy.EMPLOYEE, "x", last, START).record.appeal
    assert appeal is not None
    assert appeal.examine_by == last + timedelta(days=law.reexamine_days)
    with pytest.raises(TooLateToAppeal):
        lodged(it, AppealBy.EMPLOYEE, "x", last + timedelta(days=1), START)


def test_the_words_of_a_language_say_numbers_and_days_its_way() -> None:
    day = date(2026, 3, 7)
    assert [words_in(one).calendar_day(day) for one in ("pl", "de", "en")] == [
        "7.03.2026",
        "7.3.2026",
        "2026-03-07",
    ]
