"""Which scale may be signed on: for this insurer, on this day, in this version."""

from datetime import date
from itertools import pairwise

import pytest
from pydantic import ValidationError

from functions.certificates.domain.scales.accident import ACCIDENT_2026
from functions.certificates.domain.scales.choosing import (
    SCALES,
    ScaleOfAnotherInsurer,
    ScaleSuperseded,
    ScaleUnknown,
    signable,
    usable,
)
from functions.certificates.domain.scales.general import GENERAL_2025, GENERAL_2027
from functions.certificates.domain.scales.scale import DamageScale, Limb, Position

TODAY = date(2026, 11, 24)
NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def test_who_names_no_scale_is_assessed_on_the_general_scale() -> None:
    assert usable("", TODAY) == (GENERAL_2025,)


def test_an_insurer_whose_scale_is_not_on_file_cannot_be_served() -> None:
    assert usable("some-other-scale", TODAY) == ()
    with pytest.raises(ScaleOfAnotherInsurer, match="some-other-scale"):
        signable("general", "2025", "some-other-scale", TODAY)


def test_an_insurer_that_names_its_scale_gets_no_other() -> None:
    assert usable("accident-insurer", TODAY) == (ACCIDENT_2026,)
    with pytest.raises(ScaleOfAnotherInsurer, match="accident-insurer 2026"):
        signable("general", "2025", "accident-insurer", TODAY)


def test_nobody_else_gets_an_insurers_scale() -> None:
    with pytest.raises(ScaleOfAnotherInsurer, match="general 2025"):
        signable("accident-insurer", "2026", "", TODAY)


def test_a_version_holds_through_its_last_day_and_not_a_day_longer() -> None:
    assert signable("general", "2025", "", NEW_YEARS_EVE) is GENERAL_2025
    with pytest.raises(ScaleSuperseded, match="general 2027"):
        signable("general", "2025", "", NEW_YEAR)
    assert signable("general", "2027", "", NEW_YEAR) is GENERAL_2027


def test_a_version_that_is_only_coming_cannot_be_signed_on_yet() -> None:
    with pytest.raises(ScaleSuperseded, match="general 2025"):
        signable("general", "2027", "", NEW_YEARS_EVE)


def test_a_scale_that_is_not_on_file_is_refused() -> None:
    with pytest.raises(ScaleUnknown):
        signable("general", "1999", "", TODAY)


def test_versions_of_one_scale_follow_each_other_without_gap_or_overlap() -> None:
    by_name: dict[str, list[DamageScale]] = {}
    for one in SCALES:
        by_name.setdefault(one.name, []).append(one)
    for versions in by_name.values():
        ordered = sorted(versions, key=lambda one: one.valid_from)
        for earlier, later in pairwise(ordered):
            assert earlier.valid_until is not None
            assert (later.valid_from - earlier.valid_until).days == 1


@pytest.mark.parametrize("scale", SCALES, ids=lambda one: f"{one.name}-{one.version}")
def test_the_loss_of_a_limb_counts_no_more_than_its_cap(scale: DamageScale) -> None:
    for one in scale.positions:
        if one.limb is not None:
            assert one.most <= scale.limb_caps[one.limb], one.code


@pytest.mark.parametrize("scale", SCALES, ids=lambda one: f"{one.name}-{one.version}")
def test_every_position_speaks_polish_and_english(scale: DamageScale) -> None:
    for one in scale.positions:
        assert one.pl.strip()
        assert one.en.strip()
        assert one.pl != one.en


KNEE = Position(code="1", function="knee", least=1, most=9, pl="Kolano", en="Knee", limb=Limb.LEG, sided=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"positions": (KNEE, KNEE)},
        {"limb_caps": {}},
        {"positions": (KNEE, KNEE.but(code="2", limb=None))},
    ],
    ids=["a code twice", "a limb without a cap", "one function of a limb and of none"],
)
def test_a_scale_that_makes_no_sense_cannot_be_written_down(wrong: dict[str, object]) -> None:
    scale = GENERAL_2025.but(positions=(KNEE,))
    with pytest.raises(ValidationError):
        scale.but(**wrong)


@pytest.mark.parametrize("wrong", [{"least": 10}, {"sided": False}, {"least": 0}, {"most": 101}])
def test_a_position_that_makes_no_sense_cannot_be_written_down(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        KNEE.but(**wrong)
