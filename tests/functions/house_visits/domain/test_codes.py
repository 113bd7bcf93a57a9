"""Offer codes: short, and neither mistyped nor mistaken for a word without being noticed."""

import string

import pytest

from functions.house_visits.domain.codes import (
    ALPHABET,
    CODE_LENGTH,
    ISSUABLE,
    NoCodeLeft,
    new_code,
    normalise_code,
)
from functions.house_visits.domain.reply_words.lexicon import KNOWN_WORDS

LOOK_ALIKES = ["O0DQ", "I1L", "S5", "Z2", "B8", "UV"]


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_at_most_one_of_the_signs_that_look_alike_is_ever_issued(group: str) -> None:
    assert len(set(group) & set(ALPHABET)) <= 1


def test_every_code_is_read_back_as_itself() -> None:
    assert [normalise_code(code) for code in ISSUABLE] == list(ISSUABLE)
    assert all(len(code) == CODE_LENGTH for code in ISSUABLE)


def test_there_are_codes_for_five_offers_a_day_through_the_whole_quarantine() -> None:
    assert len(set(ISSUABLE)) == len(ISSUABLE) >= 5 * 30


def test_any_single_wrong_sign_is_noticed_or_is_a_look_alike() -> None:
    for code in ISSUABLE:
        for place in range(CODE_LENGTH):
            for sign in string.ascii_uppercase + string.digits:
                typed = code[:place] + sign + code[place + 1 :]
                assert normalise_code(typed) in (None, code)
                assert sign == code[place] or sign not in ALPHABET or normalise_code(typed) is None


def test_any_swap_of_neighbours_is_noticed() -> None:
    for code in ISSUABLE:
        for swapped in (code[1] + code[0] + code[2], code[0] + code[2] + code[1]):
            assert swapped == code or normalise_code(swapped) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KJ", "7KJ"), ("7kj", "7KJ"), (" 7 k j ", "7KJ"), ("7-KJ", "7KJ"), ("7\u00a0KJ", "7KJ"),
        ("７ＫＪ", "7KJ"), ("7\u200bKJ", "7KJ"), ("Z3N", "23N"), ("BJ6", "8J6"), ("4SJ", "45J"),
        ("U4B", "V48"), ("4КК", "4KK"), ("к7n", "K7N"),
    ],
)  # fmt: skip
def test_case_spaces_and_look_alikes_are_forgiven(typed: str, code: str) -> None:
    assert normalise_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "7", "7K", "7KJJ", "7JK", "O7K", "7K1", "77", "tak", "7" * 99, "7 K J " * 9]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert normalise_code(typed) is None


def test_a_code_typed_with_much_room_is_read_up_to_sixteen_signs() -> None:
    assert normalise_code("7 K J".ljust(16)) == "7KJ"
    assert normalise_code("7 K J".ljust(17)) is None


def test_no_known_word_of_any_language_is_a_code() -> None:
    assert [word for word in KNOWN_WORDS if normalise_code(word)] == []


def test_no_code_reads_as_a_word_to_an_eye_that_takes_4_for_a_and_3_for_e() -> None:
    as_letters = str.maketrans("2345679" + "8", "zeasgtg" + "b")

    assert [code for code in ISSUABLE if code.translate(as_letters).casefold() in KNOWN_WORDS] == []


@pytest.mark.parametrize(
    "written", ["{}AM", "{}PM", "{}KM", "{}TH", "{}RD", "{}ND", "{}WK", "{}FT", "{}PC", "{}KC", "{}MM"]
)
def test_no_time_or_measure_is_a_code(written: str) -> None:
    assert [digit for digit in string.digits if normalise_code(written.format(digit))] == []


def test_no_number_of_hours_degrees_or_thousands_is_a_code() -> None:
    assert [f"{n}{unit}" for n in range(100) for unit in "HCFKXVWT" if normalise_code(f"{n}{unit}")] == []
    assert [n for n in range(1000) if normalise_code(str(n))] == []


def test_a_taken_code_is_never_given_and_every_free_one_can_be() -> None:
    taken = frozenset(ISSUABLE[::2])

    given = {new_code(taken, entropy) for entropy in range(-len(ISSUABLE), len(ISSUABLE))}

    assert given == set(ISSUABLE) - taken


def test_the_same_entropy_gives_the_same_code() -> None:
    assert new_code((), 12345678901234567890) == new_code((), 12345678901234567890)


def test_when_every_code_is_taken_that_is_said_and_nothing_is_repeated() -> None:
    with pytest.raises(NoCodeLeft):
        new_code(ISSUABLE, 7)
