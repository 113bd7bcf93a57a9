"""No text stumbles, and none is a yes that is not one. Longer: python -m tests.robustness sms."""

from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from functions.house_visits.domain.replies import IntentKind
from shared.runtime import catalog
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from tests.functions.house_visits.domain.reply_examples import Example, examples
from tests.people import ANNA, PHONES
from tests.robustness.sms import PLAIN_EVERY, TEXTED_EVERY, Heard, Phone, Taken, check_texted, hear
from tests.robustness.yes_oracle import code_in, may_be_a_yes
from tests.world import World

BODIES = 3_000
LENIENT_MAX = 10
"""Texts of the table that only a grammar can refuse: "tak děkuji" is Polish and Czech, "take it" an order."""


@pytest.fixture(scope="module")
def heard() -> Heard:
    return hear(BODIES, 0)


def test_every_text_is_read_and_none_is_taken_for_a_yes_that_is_not_one(heard: Heard) -> None:
    assert heard.bodies >= BODIES
    assert not heard.wrong


def test_the_webhook_takes_texts_and_a_plain_yes_wins(heard: Heard) -> None:
    assert heard.texted >= BODIES // TEXTED_EVERY
    assert heard.statuses[200] > heard.texted // 2
    assert heard.won >= heard.texted // (PLAIN_EVERY + 1)


def test_the_texts_are_of_every_kind(heard: Heard) -> None:
    """Or nothing would be proved."""
    assert set(heard.kinds) >= set(IntentKind) - {IntentKind.START}
    assert heard.kinds[IntentKind.ACCEPT] > BODIES // 50


@pytest.mark.parametrize("row", [one for one in examples() if one.kind == "accept"], ids=lambda row: row.text)
def test_the_oracle_allows_every_yes_of_the_table(row: Example) -> None:
    assert may_be_a_yes(row.text)
    assert code_in(row.text) == row.code


def test_the_oracle_allows_hardly_anything_else_of_it() -> None:
    allowed = [one.text for one in examples() if one.kind != "accept" and may_be_a_yes(one.text)]

    assert len(allowed) < LENIENT_MAX, allowed


def test_the_net_catches_fish() -> None:
    """A phone whose every text is taken for a yes, as one that does not ask for whole words would be."""
    heard, phone = Heard(), Phone()
    taken = phone.says("tak")
    phone.says = lambda text: taken  # type: ignore[method-assign]  # the fish

    for text in ("tak", "taksówka", "tak, ale jutro", "nie", "tak 9FW 7KJ", "tak?"):
        check_texted(heard, phone, text)

    assert heard.wrongs == 5


@pytest.mark.parametrize("taken", [Taken(403, "", False, "7KJ"), Taken(200, "ignored", False, "7KJ")])
def test_a_webhook_that_takes_nothing_is_caught(taken: Taken) -> None:
    heard, phone = Heard(), Phone()
    phone.says = lambda text: taken  # type: ignore[method-assign]  # the fish
    check_texted(heard, phone, "tak")
    assert heard.wrongs > 0


@pytest.mark.parametrize("length", [1599, 1600, 1601, 20_000])
def test_a_text_of_any_length_is_taken_or_refused(world: World, length: int) -> None:
    assert world.text_from(PHONES[ANNA], ("tak " * length)[:length]).status in (200, 422)


@pytest.mark.parametrize(
    "junk", [b"Body=%ff%fe", b"Body=tak\x00", b"\xff\xfe", b"Body=" + b"%00" * 30_000, b""]
)
def test_bytes_that_are_no_text_are_refused(world: World, junk: bytes) -> None:
    path = "/v1/webhooks/twilio/sms"
    known = urlencode({"AccountSid": world.settings.twilio_account, "From": PHONES[ANNA]}).encode()
    signature = RequestValidator(world.settings.twilio_tokens[0]).compute_signature(
        world.settings.public_url + path, {"AccountSid": world.settings.twilio_account, "From": PHONES[ANNA]}
    )
    incoming = Incoming("POST", path, "", {"X-Twilio-Signature": signature}, known + b"&" + junk)

    assert 400 <= answer_to(catalog.find("messaging__receive_sms"), incoming, world.wiring).status < 500
