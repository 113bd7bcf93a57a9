"""Recommendations by chance: what must hold whoever is there and whatever is wished for."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from functions.partners.domain.answers import Answers, Wish
from functions.partners.domain.assessment import Constraint
from functions.partners.domain.explaining import explained
from functions.partners.domain.institute import InstituteVersion
from functions.partners.domain.market import Market
from functions.partners.domain.money import Currency, gross_of
from functions.partners.domain.needs import needs_of
from functions.partners.domain.outcome import Outcome
from functions.partners.domain.packing import merged, packed
from functions.partners.domain.prices import PriceItem
from functions.partners.domain.ranking import ranked
from functions.partners.domain.weights import USUAL, Criterion, Weights
from tests.functions.partners.an_institute import (
    CODES,
    CRACOW,
    TODAY,
    answers,
    location,
    prices,
    site,
    some_answers,
    some_institutes,
    version,
)

SEEDS = range(25)


def recommend(
    versions: Sequence[InstituteVersion], wanted: Answers, weights: Weights = USUAL, *over: Market
) -> Outcome:
    layers = (packed(versions), *over)
    needs = needs_of(wanted, TODAY, weights)
    return explained(ranked(layers, needs), layers, needs, {one.institute_id: one for one in versions})


def order(outcome: Outcome) -> list[str]:
    return [one.institute_id for one in outcome.candidates]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_institutes_and_wishes_changes_nothing(seed: int) -> None:
    versions, wanted = some_institutes(60, seed), some_answers(seed)
    mixed = random.Random(seed).sample(versions, len(versions))
    backwards = wanted.but(wishes=wanted.wishes[::-1])
    assert recommend(mixed, wanted).canonical() == recommend(versions, wanted).canonical()
    assert order(recommend(versions, backwards)) == order(recommend(versions, wanted))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hopeless_institute_that_joins_changes_nobodys_place(seed: int) -> None:
    versions, wanted = some_institutes(60, seed), some_answers(seed)
    before = recommend(versions, wanted)
    if not before.candidates:
        pytest.skip("nothing fits this one")
    last = next(one for one in versions if one.institute_id == before.candidates[-1].institute_id)
    dearer = [
        each.but(items=tuple(item.but(net=item.net * 2 + 1) for item in each.items))
        for each in last.price_lists
    ]
    worse = last.but(institute_id="zzz-hopeless", price_lists=tuple(dearer))
    after = recommend([*versions, worse], wanted)
    kept = [one for one in order(after) if one != "zzz-hopeless"]
    assert kept == order(before)[: len(kept)]
    assert [one.points for one in after.candidates if one.institute_id in kept] == [
        one.points for one in before.candidates[: len(kept)]
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_money_is_what_fractions_say(seed: int) -> None:
    versions, wanted = some_institutes(40, seed), some_answers(seed)
    by_id = {one.institute_id: one for one in versions}
    for one in recommend(versions, wanted).candidates:
        total = 0
        for wish in wanted.wishes:
            items = [
                each for each in by_id[one.institute_id].price_lists[-1].items if each.service == wish.service
            ]
            fits = [
                each
                for each in items
                if each.age_from <= int(wanted.average_age) <= each.age_until
                and each.quantity_from <= wish.quantity
            ]
            item = max(fits, key=lambda each: each.quantity_from)
            exact = Fraction(item.net * wish.quantity) * (1 + Fraction(item.vat, 10_000))
            total += int(exact + Fraction(1, 2))
        assert one.quote.gross == total == sum(line.gross for line in one.quote.lines)
        assert one.quote.net + one.quote.vat == one.quote.gross


def test_half_a_grosz_goes_up_and_a_whole_line_is_rounded_once() -> None:
    assert gross_of(1_50, 1, 100) == 1_52  # 151.5
    assert gross_of(33, 3, 2300) == 122  # 121.77, where piece by piece would be 123


@pytest.mark.parametrize("seed", SEEDS)
def test_contributions_make_the_score_and_the_score_the_order(seed: int) -> None:
    outcome = recommend(some_institutes(60, seed), some_answers(seed))
    for one in outcome.candidates:
        assert one.points == sum(each.points for each in one.contributions)
        assert all(0 <= each.utility <= 10_000 for each in one.contributions)
    found = [one.points for one in outcome.candidates]
    assert found == sorted(found, reverse=True)
    for one in outcome.candidates[1:]:
        assert sum(each.points for each in one.behind) == found[0] - one.points


@pytest.mark.parametrize("seed", SEEDS)
def test_the_changes_told_would_alter_the_first_place(seed: int) -> None:
    versions, wanted = some_institutes(60, seed), some_answers(seed)
    outcome = recommend(versions, wanted)
    by_id = {one.institute_id: one for one in versions}
    for change in [each for one in outcome.candidates for each in one.changes]:
        if change.kind == "weight":
            weights = USUAL.but(**{change.criterion: USUAL.of(change.criterion) + change.amount})
            assert order(recommend(versions, wanted, weights))[0] != order(outcome)[0], change
        if change.kind == "price":
            quote = next(one.quote for one in outcome.candidates if one.institute_id == change.institute_id)
            cheaper = _at_price(by_id[change.institute_id], wanted, quote.gross - change.amount)
            changed = [cheaper if one.institute_id == change.institute_id else one for one in versions]
            assert order(recommend(changed, wanted))[0] == change.institute_id, change
    every = [each.share for one in outcome.candidates for each in one.changes]
    assert (outcome.smallest_change.share if outcome.smallest_change else 0) == min(every, default=0)


def _at_price(one: InstituteVersion, wanted: Answers, gross: int) -> InstituteVersion:
    """Whose year costs at most this: a unit price on the first wish, the others free."""
    first, *others = wanted.wishes
    items = [PriceItem(service=first.service, net=gross // first.quantity)]
    items += [PriceItem(service=each.service, net=0) for each in others]
    return one.but(price_lists=(prices(*items),))


@pytest.mark.parametrize("seed", SEEDS)
def test_changes_laid_over_an_edition_are_as_if_packed_into_it(seed: int) -> None:
    versions, newer = some_institutes(40, seed), some_institutes(20, seed + 1000)
    newer = [one.but(number=2, active=number % 4 > 0) for number, one in enumerate(newer)]
    now = {**{one.institute_id: one for one in versions}, **{one.institute_id: one for one in newer}}
    wanted = some_answers(seed)
    needs = needs_of(wanted, TODAY)
    whole = packed(one for one in now.values() if one.active)
    layered = (packed(versions), packed(newer))
    outcomes = [
        explained(ranked(layers, needs), layers, needs, now)
        for layers in ((whole,), layered, (merged(layered[0], newer),))
    ]
    assert outcomes[0].canonical() == outcomes[1].canonical() == outcomes[2].canonical()
    assert merged(layered[0], newer).to_bytes() == whole.to_bytes()
    again = Market.from_bytes(whole.to_bytes())
    assert again == whole


def test_ties_are_broken_by_price_then_nearness_then_id() -> None:
    twins = [version(key) for key in ("gamma", "alfa", "beta")]
    assert order(recommend(twins, answers())) == ["alfa", "beta", "gamma"]
    no_price = USUAL.but(price=0)
    cheaper = version(
        "zeta", price_lists=(prices(*(PriceItem(service=code, net=99_00) for code in CODES[:2])),)
    )
    assert order(recommend([*twins, cheaper], answers(), no_price))[0] == "zeta"


def test_one_alone_is_first_and_nobody_is_nobody() -> None:
    alone = recommend([version()], answers())
    assert (order(alone), alone.smallest_change, alone.near_misses) == (["alfa"], None, ())
    nobody = recommend([], answers())
    assert (nobody.considered, nobody.candidates, nobody.near_misses) == (0, (), ())


@pytest.mark.parametrize(
    ("constraint", "facts", "wanted"),
    [
        (Constraint.DISTANCE, {"sites": (site(at=CRACOW),)}, answers()),
        (Constraint.SERVICES, {}, answers(wishes=(Wish(service=CODES[20], quantity=1),))),
        (Constraint.LANGUAGES, {}, answers(locations=(location(languages=("uk",)),))),
        (Constraint.ACCESS, {}, answers(saturday=True)),
        (Constraint.CAPACITY, {"sites": (site(capacity=12),)}, answers()),
        (Constraint.PRICE, {"price_lists": ()}, answers()),
        (Constraint.PRICE, {"price_lists": (prices(begins=TODAY + timedelta(days=1)),)}, answers()),
        (Constraint.PRICE, {"price_lists": (prices(currency=Currency.EUR),)}, answers()),
        (Constraint.BUDGET, {}, answers(budget=14_999_99, budget_is_must=True)),
    ],
)
def test_what_must_hold_rules_out_and_is_named(
    constraint: Constraint, facts: dict[str, object], wanted: Answers
) -> None:
    outcome = recommend([version("alfa", **facts)], wanted)
    assert (outcome.fitting, outcome.candidates) == (0, ())
    named = [miss.constraint for miss in outcome.near_misses[0].misses]
    assert named[0] == constraint
    assert recommend([version(), version("beta", **facts)], answers()).fitting >= 1


def test_who_misses_less_comes_first_among_those_who_miss() -> None:
    one = version("one", sites=(site(capacity=12),))
    two = version("two", sites=(site(capacity=12, languages=frozenset({"en"})),))
    nearer = version("near", sites=(site(capacity=11),))
    found = recommend([two, nearer, one], answers()).near_misses
    assert [each.institute_id for each in found] == ["one", "near", "two"]
    assert found[0].misses[0].wanted == 13


def test_a_budget_that_is_no_must_rules_nobody_out_and_still_counts() -> None:
    dear = version(
        "dear", price_lists=(prices(*(PriceItem(service=code, net=300_00) for code in CODES[:10])),)
    )
    outcome = recommend([dear, version("fair")], answers(budget=10_000_00))
    assert order(outcome) == ["fair", "dear"]
    assert outcome.candidates[1].contributions[1].utility == 0


def test_an_age_of_exactly_forty_is_in_the_band_that_begins_there() -> None:
    banded = prices(
        PriceItem(service=CODES[0], net=10_00, age_until=39),
        PriceItem(service=CODES[0], net=20_00, age_from=40),
    )
    wish = (Wish(service=CODES[0], quantity=1),)
    for age, net in (("39.99", 10_00), ("40", 20_00)):
        wanted = answers(wishes=wish, average_age=age)
        assert recommend([version(price_lists=(banded,))], wanted).candidates[0].quote.net == net


def test_a_list_that_begins_later_is_not_in_force_before() -> None:
    dearer = prices(
        *(PriceItem(service=code, net=500_00) for code in CODES[:10]), begins=TODAY + timedelta(days=1)
    )
    one = version(price_lists=(prices(), dearer))
    assert recommend([one], answers()).candidates[0].quote.net == 15_000_00
    layers = (packed([one]),)
    later = replace(needs_of(answers(), TODAY), on=TODAY + timedelta(days=1))
    assert explained(ranked(layers, later), layers, later, {"alfa": one}).candidates[0].quote.net == 75_000_00


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Weights(**dict.fromkeys(Criterion, 0))
