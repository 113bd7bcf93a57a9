"""Numbers without a gap for each issuer and year, and codes that nobody guesses or misreads."""

from datetime import date
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from shared.adapters.seals import AesSeals
from shared.contracts.numbering import (
    ALPHABET,
    CODE_LENGTH,
    NUMBER_MAX,
    NumbersUsedUp,
    code_from,
    first_series,
    proof_key,
    series_id,
)

SEALS = AesSeals(("local-seal-key-local-seal-key-32",))
DAY = date(2026, 12, 31)


@given(some.integers(1, 60))
def test_a_series_counts_from_one_without_a_gap(many: int) -> None:
    series, numbers = first_series("vm", "VM", DAY), []
    for _ in range(many):
        series = series.next
        numbers.append(series.number)
    assert numbers == [f"VM/2026/{one:06d}" for one in range(1, many + 1)]


def test_tenants_issuers_and_years_count_for_themselves() -> None:
    ids = {
        series_id(tenant, issuer, year)
        for tenant in ("vm", "other")
        for issuer in ("VM", "KL")
        for year in (2026, 2027)
    }
    assert len(ids) == 8
    assert first_series("vm", "VM", date(2027, 1, 1)).next.number == "VM/2027/000001"


def test_a_series_grows_by_a_digit_when_six_are_used_up() -> None:
    before = first_series("vm", "VM", DAY).but(last=999_999)
    after = before.next
    assert (before.number, after.number) == ("VM/2026/999999", "VM/2026/1000000")
    typed = proof_key("vm", "vm / 2026 / 1000000", "CODE", SEALS)
    assert typed == proof_key("vm", after.number, "CODE", SEALS)


def test_a_series_that_is_used_up_says_so() -> None:
    full = first_series("vm", "VM", DAY).but(last=NUMBER_MAX)
    with pytest.raises(NumbersUsedUp):
        _ = full.next
    with pytest.raises(ValidationError):
        full.but(last=NUMBER_MAX + 1)


def test_a_code_is_long_and_holds_nothing_that_looks_alike() -> None:
    assert CODE_LENGTH * log2(len(ALPHABET)) >= 60
    assert not set("01IOLAEUY") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(some.text(min_size=1))
def test_a_code_is_made_of_its_chance_alone(chance: str) -> None:
    code = code_from(chance)
    assert code == code_from(chance)
    groups = code.split("-")
    assert [len(one) for one in groups] == [5, 5, 5]
    assert set("".join(groups)) <= set(ALPHABET)


def test_codes_differ() -> None:
    assert len({code_from(str(one)) for one in range(1000)}) == 1000


def test_every_sign_comes_about_equally_often() -> None:
    signs = "".join(code_from(str(one)).replace("-", "") for one in range(3000))
    expected = len(signs) / len(ALPHABET)
    for sign in ALPHABET:
        assert 0.85 * expected < signs.count(sign) < 1.15 * expected


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("VM/2026/000123", "7KJMQ-4TXBB-29FHD"),
        ("vm/2026/000123", "7kjmq4txbb29fhd"),
        (" VM / 2026 / 000123 ", "7KJMQ 4TXBB 29FHD"),
    ],
)
def test_number_and_code_are_found_as_people_type_them(number: str, code: str) -> None:
    right = proof_key("vm", "VM/2026/000123", "7KJMQ-4TXBB-29FHD", SEALS)
    assert proof_key("vm", number, code, SEALS) == right


@pytest.mark.parametrize(
    ("tenant", "number", "code"),
    [
        ("other", "VM/2026/000123", "7KJMQ-4TXBB-29FHD"),
        ("vm", "VM/2026/000124", "7KJMQ-4TXBB-29FHD"),
        ("vm", "VM/2026/000123", "7KJMQ-4TXBB-29FHF"),
        ("vm", "VM/2026/000123:7KJMQ", "4TXBB-29FHD"),
    ],
)
def test_anything_else_leads_nowhere(tenant: str, number: str, code: str) -> None:
    right = proof_key("vm", "VM/2026/000123", "7KJMQ-4TXBB-29FHD", SEALS)
    assert proof_key(tenant, number, code, SEALS) != right
