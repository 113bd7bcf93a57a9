"""How people are found by the beginning of a name, in the letters of Polish and without them."""

import pytest
from pydantic import TypeAdapter, ValidationError

from functions.referrals.domain.names import (
    KEY_LENGTH,
    NameBeginning,
    beginning_key,
    begins_so,
    is_decided_by_key,
    name_keys,
)
from shared.adapters.seals import AesSeals
from tests.world import TENANT

SEALS = AesSeals(("a-key-of-the-tests-with-32-letters",))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("łu", True), ("lu", True), ("ŁUK", True), ("luc", False), ("żak", True), ("zak", True),
        ("źak", False),
        ("wie", True), ("zak łu", True), ("lukasz żak", True), ("zak zak", False), ("łuk łuk", False),
        ("lukaszz", False),
    ],
)  # fmt: skip
def test_a_name_is_found_by_how_its_words_begin(asked: str, found: bool) -> None:
    assert begins_so(asked, "Żak-Wierzba", "Łukasz") is found


@pytest.mark.parametrize("asked", ["łu", "lu", "wie", "zak", "żakowska", "zakowska", "zakowskaxyz"])
def test_whoever_is_meant_has_the_key(asked: str) -> None:
    keys = name_keys(SEALS, TENANT, "Żakowska-Wierzba", "Łucja")
    assert beginning_key(SEALS, TENANT, asked) in keys


def test_a_key_tells_nothing_and_another_tenant_has_others() -> None:
    keys = name_keys(SEALS, TENANT, "Żak", "Ola")
    assert len(keys) == len({*keys}) == len({"ża", "żak", "za", "zak", "ol", "ola"})
    assert all(len(one) == KEY_LENGTH for one in keys)
    assert not {*keys} & {*name_keys(SEALS, "other", "Żak", "Ola")}


@pytest.mark.parametrize(
    ("asked", "decided"), [("lu", True), ("zakowska", True), ("zakowskax", False), ("lu za", False)]
)
def test_counting_keys_counts_people_only_while_one_short_word_is_asked(asked: str, decided: bool) -> None:
    assert is_decided_by_key(asked) is decided


@pytest.mark.parametrize("asked", ["", "a", " - ", "a kowalska", "aa bb cc dd ee"])
def test_what_says_too_little_or_too_much_is_refused(asked: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(NameBeginning).validate_python(asked)
