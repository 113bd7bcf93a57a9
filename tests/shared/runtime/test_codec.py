"""Records to fields and back: private text is sealed wherever it stands, and all comes back as it was."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import Field

from shared.adapters.seals import AesSeals
from shared.kernel.records import Record, Sealed, Value
from shared.runtime.codec import MARK, Codec

CODEC = Codec(AesSeals(("a-key-for-tests-of-32-characters",)))


class Colour(StrEnum):
    RED = "red"


class Said(Value):
    kind: Literal["said"] = "said"
    words: Sealed


class Silent(Value):
    kind: Literal["silent"] = "silent"
    minutes: int


Turn = Annotated[Said | Silent, Field(discriminator="kind")]


class Talk(Value):
    turns: tuple[Turn, ...] = ()
    before: "Talk | None" = None


class Letter(Record):
    kind: ClassVar[str] = "letters_of_this_test"

    colour: Colour = Colour.RED
    at: datetime = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    day: date = date(2026, 3, 29)
    hour: time = time(2, 30)
    pause: timedelta = timedelta(minutes=90)
    price: Decimal = Decimal("12.50")
    numbers: frozenset[int] = frozenset({3, 1, 2})
    plain: str = ""
    private: Sealed = ""
    other: Sealed = ""
    first: Said | None = None
    by_name: Mapping[str, Said] = Field(default_factory=dict)
    talk: Talk = Talk()


def letter(**given: Any) -> Letter:
    return Letter(id="l1", tenant_id="vm", **given)


FULL = letter(
    plain="plain",
    private="secret-1",
    first=Said(words="secret-2"),
    by_name={"a": Said(words="secret-3"), "b": Said(words="secret-4")},
    talk=Talk(
        turns=(Said(words="secret-5"), Silent(minutes=3)),
        before=Talk(turns=(Said(words="secret-6"),)),
    ),
)


def test_everything_comes_back_as_it_was() -> None:
    assert CODEC.decode(Letter, CODEC.encode(FULL)) == FULL
    assert CODEC.decode(Letter, CODEC.encode(letter())) == letter()


def test_no_sealed_text_is_stored_as_it_is_wherever_it_stands() -> None:
    stored = str(CODEC.encode(FULL))

    assert "plain" in stored
    assert not [number for number in range(1, 7) if f"secret-{number}" in stored]
    assert stored.count(repr(MARK)[1:-1]) == 6


def test_nothing_is_sealed_where_there_is_no_text() -> None:
    fields = CODEC.encode(letter())

    assert fields["private"] == ""


@pytest.mark.parametrize("other", ["id", "tenant_id"])
def test_a_sealed_value_does_not_open_in_another_place(other: str) -> None:
    fields = CODEC.encode(FULL)

    with pytest.raises(ValueError, match="another place"):
        CODEC.decode(Letter, {**fields, other: "l2"})


def test_a_sealed_value_does_not_open_in_another_field() -> None:
    fields = CODEC.encode(FULL)

    with pytest.raises(ValueError, match="another place"):
        CODEC.decode(Letter, {**fields, "other": fields["private"]})


def test_text_that_looks_sealed_is_refused_rather_than_stored() -> None:
    with pytest.raises(ValueError, match="mark of sealed values"):
        CODEC.encode(letter(plain=f"{MARK}of nobody"))


def test_a_field_of_the_next_version_is_passed_over() -> None:
    assert CODEC.decode(Letter, {**CODEC.encode(FULL), "of_tomorrow": {"new": True}}) == FULL


class Odd(Value):
    number: complex = 3j


class HalfSealed(Value):
    maybe: Sealed | None = None


class SealedParts(Value):
    words: tuple[Sealed, ...] = ()


def test_what_no_store_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="add it to the codec"):
        CODEC.fields(Odd(), "vm|x|1")


@pytest.mark.parametrize("value", [HalfSealed(), SealedParts()])
def test_a_field_that_would_be_sealed_only_in_part_is_refused(value: Value) -> None:
    with pytest.raises(TypeError, match="Sealed is a whole field"):
        CODEC.fields(value, "vm|x|1")


def test_what_a_newer_release_has_added_is_passed_over_at_any_depth() -> None:
    stored = CODEC.encode(
        letter(first=Said(words="a"), talk=Talk(turns=(Said(words="b"), Silent(minutes=2))))
    )
    stored["added"] = 1
    stored["first"]["added"] = 1
    for turn in stored["talk"]["turns"]:
        turn["added"] = {"deep": True}
    found = CODEC.decode(Letter, stored)
    assert found.first == Said(words="a")
    assert found.talk.turns == (Said(words="b"), Silent(minutes=2))
