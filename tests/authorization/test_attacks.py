"""Nothing forged is taken for genuine; what is genuine is; and what comes again changes nothing."""

from urllib.parse import parse_qsl

import pytest

from shared.adapters.twilio_signature import BadText, UnknownParameter, check_text, check_webhook, verify
from tests.authorization import (
    attacks,
    attacks_bridge,
    attacks_clinic,
    attacks_identity,
    attacks_services,
    attacks_twilio,
    replays,
    twilio_calls,
)
from tests.authorization.attacks import FORGED_MIN, Attack
from tests.authorization.replays import Replay
from tests.authorization.stand import Stand

KINDS = (attacks_twilio, attacks_clinic, attacks_bridge, attacks_identity, attacks_services)
FORGED = [one for kind in KINDS for one in kind.forged()]
GENUINE = [one for kind in KINDS for one in kind.genuine()]
RECUT = [one for one in FORGED if one.name.startswith("cut ")]


@pytest.mark.parametrize("attack", FORGED, ids=str)
def test_what_is_forged_is_refused(attack: Attack, stand: Stand) -> None:
    assert not attacks.wrong(attack, stand)


@pytest.mark.parametrize("attack", GENUINE, ids=str)
def test_what_is_genuine_is_taken(attack: Attack, stand: Stand) -> None:
    assert not attacks.wrong(attack, stand)


@pytest.mark.parametrize("replay", list(replays.replays()), ids=str)
def test_what_comes_a_hundred_times_has_one_effect(replay: Replay, stand: Stand) -> None:
    assert not replays.wrong(replay, stand)


def test_there_are_enough_of_them() -> None:
    assert len({str(one) for one in FORGED}) == len(FORGED) >= FORGED_MIN


@pytest.mark.parametrize("attack", RECUT, ids=str)
def test_a_text_cut_elsewhere_is_refused_although_its_signature_is_right(
    attack: Attack, stand: Stand
) -> None:
    sent = attack.make(stand)
    pairs, seal = parse_qsl(sent.body.decode(), keep_blank_values=True), sent.headers["X-Twilio-Signature"]
    tokens, account = (twilio_calls.NEW,), twilio_calls.ACCOUNT
    assert verify(twilio_calls.SMS, dict(pairs), seal, tokens)
    with pytest.raises((BadText, UnknownParameter)):
        check_text(check_webhook(twilio_calls.SMS, pairs, seal, tokens=tokens, account=account))
