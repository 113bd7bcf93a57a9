"""Partners, one thing at a time and by chance: questionnaires, offers, prices that change."""

from collections.abc import Callable
from functools import partial

from functions.partners.accept_recommendation import AcceptRecommendation, accept_recommendation
from functions.partners.decline_recommendation import DeclineRecommendation, decline_recommendation
from functions.partners.domain.recommendation import Recommendation
from functions.partners.withdraw_acceptance import WithdrawAcceptance, withdraw_acceptance
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.partners import INSTITUTES, PARTNERS, Trade, breaches, user_of
from tests.sim.scenario import Scenario
from tests.world import ADMIN

ONE = PARTNERS[0]
MODULES = ("messaging", "partners", "platform")


def takes(trade: Trade, partner_id: str, recommendation_id: str) -> None:
    wish = AcceptRecommendation(recommendation_id=recommendation_id)
    trade.machine.call(accept_recommendation, wish, user_of(partner_id))


def withdraws(trade: Trade, recommendation_id: str) -> None:
    wish = WithdrawAcceptance(recommendation_id=recommendation_id, reason="x")
    trade.machine.call(withdraw_acceptance, wish, ADMIN)


def from_question_to_offer(trade: Trade) -> None:
    upload = trade.sends(ONE)
    trade.machine.wait(minutes=2)
    found = trade.asks(ONE, upload) if upload else ""
    if found:
        takes(trade, ONE, found)


def a_correction_overtakes(trade: Trade) -> None:
    trade.sends(ONE, age=38)
    trade.sends(ONE, age=39)


def the_older_one_arrives_last(trade: Trade) -> None:
    for started, content in reversed([trade.begins(ONE, age) for age in (38, 39)]):
        if started is not None:
            trade.brings(ONE, started, content)
            trade.machine.wait(minutes=2)


def the_app_never_says_it_is_done(trade: Trade) -> None:
    trade.sends(ONE, tells=False)


def the_price_changes_while_it_is_taken(trade: Trade) -> None:
    upload = trade.sends(ONE)
    trade.machine.wait(minutes=2)
    found = trade.asks(ONE, upload) if upload else ""
    trade.machine.timeline.start(partial(trade.prices_change, INSTITUTES[0], 130_00))
    if found:
        takes(trade, ONE, found)


def two_want_the_last_room(trade: Trade) -> None:
    uploads = [trade.sends(partner_id) for partner_id in PARTNERS[:2]]
    trade.machine.wait(minutes=2)
    for partner_id, upload in zip(PARTNERS, uploads, strict=False):
        found = trade.asks(partner_id, upload) if upload else ""
        if found:
            trade.machine.timeline.start(partial(takes, trade, partner_id, found))


def what_was_taken_is_withdrawn(trade: Trade) -> None:
    upload = trade.sends(ONE)
    trade.machine.wait(minutes=2)
    found = trade.asks(ONE, upload) if upload else ""
    if found:
        takes(trade, ONE, found)
        withdraws(trade, found)


def by_chance(trade: Trade) -> None:
    for partner_id in PARTNERS:
        trade.machine.timeline.start(partial(_some_day, trade, partner_id))
    dice = trade.machine.dice
    for number in range(dice.one_of("prices that change", (1, 2, 3, 4))):
        trade.machine.wait(minutes=dice.between(f"until price {number}", 1, 9))
        net = 90_00 + dice.roll(f"price {number}") % 60_00
        trade.prices_change(dice.one_of(f"institute {number}", INSTITUTES), net)


def _some_day(trade: Trade, partner_id: str) -> None:
    dice = trade.machine.dice
    upload = ""
    for number in range(dice.one_of(f"uploads of {partner_id}", (1, 2, 3))):
        upload = trade.sends(partner_id, age=30 + number) or upload
        trade.machine.wait(minutes=dice.between(f"pause {number} of {partner_id}", 0, 4))
    found = trade.asks(partner_id, upload) if upload else ""
    answer = dice.one_of(f"answer of {partner_id}", ("yes", "yes", "no", "withdrawn")) if found else ""
    if answer in ("yes", "withdrawn"):
        takes(trade, partner_id, found)
    if answer == "withdrawn":
        withdraws(trade, found)
    if answer == "no":
        no = DeclineRecommendation(recommendation_id=found, reason="x")
        trade.machine.call(decline_recommendation, no, user_of(partner_id))


def _play(act: Callable[[Trade], None], machine: Machine) -> Trade:
    trade = Trade(machine)
    machine.timeline.start(partial(act, trade))
    return trade


SCENARIOS = tuple(
    Scenario(
        f"partners: {name}",
        partial(_play, act),
        breaches,
        minutes=20,
        calm_minutes=calm,
        subjects=3 if rolls else 1,
        ends=records(Recommendation),
        is_random=rolls,
        modules=MODULES,
    )
    for name, act, calm, rolls in (
        ("from question to offer", from_question_to_offer, 30, False),
        ("a correction overtakes", a_correction_overtakes, 30, False),
        ("the older one arrives last", the_older_one_arrives_last, 30, False),
        ("the app never says it is done", the_app_never_says_it_is_done, 80, False),
        ("the price changes while it is taken", the_price_changes_while_it_is_taken, 30, False),
        ("two want the last room", two_want_the_last_room, 30, False),
        ("what was taken is withdrawn", what_was_taken_is_withdrawn, 30, False),
        ("by chance", by_chance, 80, True),
    )
)
