"""The forms of words with numbers, against the tables of CLDR."""

import pytest

from shared.kernel.plurals import FORMS, Form, form_of

ONE = (1,)
FEW = (2, 3, 4, 22, 23, 24, 32, 102, 104, 122, 1003, 1234)
MANY = (0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 25, 31, 100, 101, 111, 112, 114, 121, 1000, 1012)


@pytest.mark.parametrize(
    ("form", "counts"), [(Form.ONE, ONE), (Form.FEW, FEW), (Form.MANY, MANY)], ids=["one", "few", "many"]
)
def test_polish_has_one_few_and_many(form: Form, counts: tuple[int, ...]) -> None:
    assert {form_of(one, "pl") for one in counts} == {form}


def test_english_has_one_and_other() -> None:
    assert form_of(1, "en") == Form.ONE
    assert {form_of(one, "en") for one in (0, *FEW, *MANY)} == {Form.OTHER}


def test_no_number_asks_for_a_form_that_is_not_listed() -> None:
    for speech in FORMS:
        assert {form_of(one, speech) for one in range(2000)} == set(FORMS[speech])
