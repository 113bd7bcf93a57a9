"""What people mean by what they type into lists: days, lines of text, headings."""

from datetime import date

import pytest

from functions.referrals.domain.cells import day_of, plain, text_of, value_of
from functions.referrals.domain.people_facts import born_by_pesel
from shared.contracts.workbooks import Cell


@pytest.mark.parametrize("typed", ["2026-01-31", "31.01.2026", "31/1/2026", " 31-01-2026 ", 46053.75])
def test_a_day_is_read_however_it_is_written(typed: str | float) -> None:
    assert day_of(typed, False) == date(2026, 1, 31)


def test_an_old_mac_counts_days_from_1904() -> None:
    assert day_of(46053.0 - 1462, True) == date(2026, 1, 31)


@pytest.mark.parametrize("typed", ["31.02.2026", "jutro", "", 0.0, -5.0, 1e9, True, "01.01.1850"])
def test_what_is_no_day_of_our_time_is_said_so(typed: str | float | bool) -> None:
    with pytest.raises(ValueError, match="not_a_day"):
        day_of(typed, False)


@pytest.mark.parametrize(
    ("typed", "text"),
    [(" Ala\u00a0 ma ", "Ala ma"), ("a\n\n b ", "a\nb"), (12.0, "12"), (12.5, "12.5"), ("'0012", "0012")],
)
def test_text_is_brought_into_one_form(typed: str | float, text: str) -> None:
    assert text_of(typed, 20) == text


def test_text_that_is_none_or_too_long_breaks_a_rule() -> None:
    with pytest.raises(ValueError, match="not_text"):
        text_of(True, 10)
    with pytest.raises(ValueError, match="too_long"):
        text_of("x" * 11, 10)


@pytest.mark.parametrize("cell", [Cell(None, formula=True), Cell("x", error="#REF!"), Cell(None)])
def test_a_formula_that_says_nothing_breaks_a_rule(cell: Cell) -> None:
    with pytest.raises(ValueError, match="formula_without_value"):
        value_of(cell)


def test_headings_are_known_whatever_their_accents_and_marks() -> None:
    assert {plain(" Imię: "), plain("IMIE"), plain("imię*")} == {"imie"}
    assert plain("Zatrudniony_od") == plain("zatrudniony  od")
    assert plain("Dział") == "dzial"


@pytest.mark.parametrize(
    ("pesel", "born"),
    [
        ("88050200007", date(1988, 5, 2)),
        ("05250200007", date(2005, 5, 2)),
        ("05850200007", date(1805, 5, 2)),
        ("88053500007", None),
        ("8805020000", None),
        ("8805020000a", None),
        ("88150200007", None),
    ],
)
def test_a_birth_date_stands_in_a_pesel(pesel: str, born: date | None) -> None:
    assert born_by_pesel(pesel) == born
