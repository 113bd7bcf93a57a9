"""What must hold of every assessment, on every scale, whatever was damaged before and is now."""

from hypothesis import given
from hypothesis import strategies as some

from functions.certificates.domain.assessing import DamageItem, PriorDamage, combine
from functions.certificates.domain.scales.choosing import SCALES
from functions.certificates.domain.scales.scale import DamageScale, Side

SIDES = tuple(Side)


@some.composite
def cases(draw: some.DrawFn) -> tuple[DamageScale, list[DamageItem], list[PriorDamage]]:
    """Valid items of one scale, each place once, and what had been lost before."""
    scale = draw(some.sampled_from(SCALES))
    places = [(one, side) for one in scale.positions for side in (SIDES if one.sided else (None,))]
    chosen = draw(
        some.lists(some.sampled_from(places), unique_by=lambda it: (it[0].code, it[1]), max_size=12)
    )
    items = [
        DamageItem(code=one.code, side=side, percent=draw(some.integers(one.least, one.most)))
        for one, side in chosen
    ]
    functions = sorted({(one.function, side) for one, side in places}, key=str)
    before = draw(some.lists(some.sampled_from(functions), unique=True, max_size=6))
    prior = [
        PriorDamage(function=function, side=side, percent=draw(some.integers(1, 100)))
        for function, side in before
    ]
    return scale, items, prior


@given(cases())
def test_a_total_is_never_negative_and_never_more_than_a_hundred(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]],
) -> None:
    scale, items, prior = case
    assessed = combine(items, prior, scale)
    assert 0 <= assessed.total <= 100
    assert assessed.before + assessed.total == assessed.now <= 100


@given(cases(), some.randoms(use_true_random=False))
def test_the_order_in_which_damages_are_named_means_nothing(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]], chance: object
) -> None:
    scale, items, prior = case
    shuffled, mixed = list(items), list(prior)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a Random
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis hands out a Random
    one, other = combine(items, prior, scale), combine(shuffled, mixed, scale)
    assert (one.total, one.capped) == (other.total, other.capped)


@given(cases())
def test_another_damage_never_lowers_the_total(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]],
) -> None:
    scale, items, prior = case
    totals = [combine(items[:count], prior, scale).total for count in range(len(items) + 1)]
    assert totals == sorted(totals)


@given(cases())
def test_one_limb_alone_never_counts_more_than_its_cap(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]],
) -> None:
    scale, items, prior = case
    for limb, cap in scale.limb_caps.items():
        for side in SIDES:
            of_limb = [it for it in items if scale.by_code[it.code].limb == limb and it.side == side]
            before = [it for it in prior if scale.by_function[it.function].limb == limb and it.side == side]
            assert combine(of_limb, before, scale).total <= cap
            assert combine(of_limb, before, scale).now <= cap


@given(cases())
def test_what_was_before_is_subtracted_from_its_own_function(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]],
) -> None:
    """One function by itself, where no cap is near: the difference, and nothing below zero."""
    scale, items, prior = case
    for one in prior:
        same = [it for it in items if (scale.by_code[it.code].function, it.side) == (one.function, one.side)]
        limb = scale.by_function[one.function].limb
        cap = scale.limb_caps[limb] if limb else 100
        present = sum(it.percent for it in same)
        expected = max(0, min(present, cap) - min(one.percent, cap))
        assert combine(same, [one], scale).total == expected


@given(cases())
def test_more_damage_before_never_raises_what_is_new(
    case: tuple[DamageScale, list[DamageItem], list[PriorDamage]],
) -> None:
    scale, items, prior = case
    totals = [combine(items, prior[:count], scale).total for count in range(len(prior) + 1)]
    assert totals == sorted(totals, reverse=True)
