"""Several damages become one percentage: limb caps, prior damage, and never more than a person has."""

import pytest

from functions.certificates.domain.assessing import (
    ITEMS_MAX,
    Assessment,
    AssessmentMakesNoSense,
    DamageItem,
    PriorDamage,
    combine,
)
from functions.certificates.domain.scales.accident import ACCIDENT_2026
from functions.certificates.domain.scales.general import GENERAL_2025
from functions.certificates.domain.scales.scale import Side

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def item(code: str, percent: int, side: Side | None = None) -> DamageItem:
    return DamageItem(code=code, side=side, percent=percent)


def had(function: str, percent: int, side: Side | None = None) -> PriorDamage:
    return PriorDamage(function=function, side=side, percent=percent)


def of(*items: DamageItem, prior: tuple[PriorDamage, ...] = ()) -> Assessment:
    return combine(items, prior, GENERAL_2025)


KNEE = item("61", 20, LEFT)


def test_one_damage_counts_what_it_counts() -> None:
    assert of(KNEE).total == 20


def test_no_damage_is_nothing() -> None:
    assert of().total == 0


def test_damages_of_different_places_add_up() -> None:
    assert of(KNEE, item("61", 10, RIGHT), item("31", 5)).total == 35


def test_injuries_of_one_limb_count_no_more_than_the_limb() -> None:
    """30 + 30 + 20 of one leg, whose loss is 65."""
    assessed = of(item("60", 30, LEFT), item("61", 30, LEFT), item("63", 20, LEFT))
    assert (assessed.total, assessed.capped) == (65, ("left leg",))


def test_each_limb_has_a_cap_of_its_own() -> None:
    both = [item(code, 30, side) for side in (LEFT, RIGHT) for code in ("60", "61")]
    assessed = of(*both, item("63", 10, LEFT))
    assert (assessed.total, assessed.capped) == (100, ("left leg", "whole body"))


def test_nobody_loses_more_than_a_hundred() -> None:
    assessed = of(item("45", 70, LEFT), item("3", 60))
    assert (assessed.total, assessed.capped) == (100, ("whole body",))


def test_what_was_there_before_is_subtracted_from_the_same_function() -> None:
    assert of(KNEE, prior=(had("knee", 5, LEFT),)).total == 15


def test_what_another_function_or_side_had_is_not_subtracted() -> None:
    assert of(KNEE, prior=(had("knee", 5, RIGHT), had("spine_back", 10))).total == 20


def test_what_was_worse_before_leaves_nothing_and_never_less() -> None:
    assert of(KNEE, prior=(had("knee", 25, LEFT),)).total == 0


def test_prior_damage_uses_up_the_limb_it_is_in() -> None:
    """The leg had lost 55 of its 65: another 20 can only cost what is left."""
    assessed = of(KNEE, prior=(had("hip", 30, LEFT), had("foot", 25, LEFT)))
    assert (assessed.before, assessed.now, assessed.total) == (55, 65, 10)


def test_who_had_lost_most_can_only_lose_the_rest() -> None:
    assert of(item("3", 70), prior=(had("sight", 35, LEFT), had("lungs", 40))).total == 25


def test_several_positions_of_one_function_are_one_state() -> None:
    assert of(item("1", 5), item("2", 10), prior=(had("skull", 7),)).total == 8


def test_the_insurers_scale_has_its_own_cap() -> None:
    broken = [item(code, percent, RIGHT) for code, percent in (("20", 15), ("21", 8), ("22", 11))]
    assert combine(broken, (), ACCIDENT_2026).total == 34
    assert combine([*broken, item("24", 50, RIGHT)], (), ACCIDENT_2026).total == 50


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (item("999", 5), "/items/1/code"),
        (item("60", 0, LEFT), "/items/1/percent"),
        (item("60", 31, LEFT), "/items/1/percent"),
        (item("60", 101, LEFT), "/items/1/percent"),
        (item("60", 5), "/items/1/side"),
        (item("31", 5, LEFT), "/items/1/side"),
        (KNEE, "/items/1"),
    ],
    ids=["unknown", "0 %", "too much", "more than all", "no side", "a side too many", "twice"],
)
def test_what_makes_no_sense_is_refused_and_named(wrong: DamageItem, pointer: str) -> None:
    with pytest.raises(AssessmentMakesNoSense) as refused:
        of(KNEE, wrong)
    assert [one.pointer for one in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (had("wings", 5), "/prior/0/function"),
        (had("knee", 5), "/prior/0/side"),
        (had("skull", 5, LEFT), "/prior/0/side"),
        (had("skull", 0), "/prior/0/percent"),
        (had("skull", 101), "/prior/0/percent"),
    ],
)
def test_prior_damage_that_makes_no_sense_is_refused_and_named(wrong: PriorDamage, pointer: str) -> None:
    with pytest.raises(AssessmentMakesNoSense) as refused:
        of(KNEE, prior=(wrong,))
    assert [one.pointer for one in refused.value.errors] == [pointer]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(AssessmentMakesNoSense) as refused:
        of(item("999", 5), item("60", 99, LEFT), prior=(had("wings", 5),))
    assert len(refused.value.errors) == 3


def test_an_opinion_has_an_end() -> None:
    with pytest.raises(AssessmentMakesNoSense, match="correct"):
        of(*[item("5", 1)] * (ITEMS_MAX + 1))
