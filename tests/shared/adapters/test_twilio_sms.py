"""The SMS port over a real socket: what was sent, what was not, and what nobody can know yet."""

import logging
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from infra.local.clock import MovableClock
from infra.local.phones.messages import Status
from infra.local.phones.script import (
    AcceptThenDropReply,
    Deliver,
    Hang,
    LoseInbound,
    Mode,
    Refuse,
    ServerError,
)
from infra.local.phones.twin import PhonesTwin
from shared.adapters.twilio_sms import PERMANENT, TIMEOUT_SECONDS, TwilioSms
from shared.contracts.sms import (
    OutboundSms,
    SmsAccepted,
    SmsRefused,
    SmsRejectedAccount,
    SmsThrottled,
    SmsUnknown,
)
from tests.infra.phones_world import NOON

ACCOUNT = "AC" + "7" * 32
TOKEN = "invented-token"
OUR_NUMBERS = ("+48732100001", "+48732100002")
OURS = OUR_NUMBERS[0]
ANNA = "+48600100101"
PIOTR = "+48600100102"
OFFER = OutboundSms(
    to=ANNA,
    sender=OURS,
    body="Mokotów 16:00. YES 7K?",
    validity_seconds=600,
    status_url="http://127.0.0.1:9/v1/webhooks/twilio/status?m=offer-1&a=1",
)


@pytest.fixture
def phones(clock: MovableClock) -> Iterator[PhonesTwin]:
    twin = PhonesTwin(account_sid=ACCOUNT, auth_token=TOKEN, senders=OUR_NUMBERS, clock=clock)
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def sms(phones: PhonesTwin) -> TwilioSms:
    return TwilioSms(ACCOUNT, TOKEN, phones.url)


def test_a_text_is_sent_as_it_was_ordered(sms: TwilioSms, phones: PhonesTwin) -> None:
    accepted = sms.send(OFFER)

    (made,) = phones.messages()
    assert accepted == SmsAccepted(made.sid, 1)
    assert (made.recipient, made.sender, made.body) == (ANNA, OURS, OFFER.body)
    assert (made.validity_seconds, made.status_url) == (600, OFFER.status_url)


@pytest.mark.parametrize("code", sorted(PERMANENT))
def test_a_no_that_would_be_repeated_is_permanent(sms: TwilioSms, phones: PhonesTwin, code: int) -> None:
    phones.script(ANNA, Refuse(code=code))

    with pytest.raises(SmsRefused) as refusal:
        sms.send(OFFER)
    assert (refusal.value.code, refusal.value.permanent) == (code, True)
    assert phones.messages() == []


def test_a_no_we_do_not_know_is_definite_but_not_for_ever(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.script(ANNA, Refuse(code=21611))

    with pytest.raises(SmsRefused) as refusal:
        sms.send(OFFER)
    assert (refusal.value.code, refusal.value.permanent) == (21611, False)


def test_somebody_who_said_stop_gets_nothing_and_we_are_told_why(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.text_in(ANNA, OURS, "Stop")

    with pytest.raises(SmsRefused) as refusal:
        sms.send(OFFER)
    assert PERMANENT[refusal.value.code] == "the person has opted out"


@pytest.mark.parametrize(("told", "heard"), [(7, 7), (0, 0), (999_999, 3600)])
def test_too_fast_is_told_with_how_long_to_wait(
    sms: TwilioSms, phones: PhonesTwin, told: int, heard: int
) -> None:
    phones.script(ANNA, Refuse(code=20429, retry_after=told))

    with pytest.raises(SmsThrottled) as throttled:
        sms.send(OFFER)
    assert throttled.value.retry_after_seconds == heard
    assert phones.messages() == []


def test_a_wrong_password_is_our_account_and_not_the_phone(phones: PhonesTwin) -> None:
    stranger = TwilioSms(ACCOUNT, "wrong", phones.url)

    for ask in (
        lambda: stranger.send(OFFER),
        lambda: stranger.find_sent(ANNA, NOON, "7K"),
        lambda: stranger.inbound_since(NOON, 10),
    ):
        with pytest.raises(SmsRejectedAccount):
            ask()


def test_a_suspended_account_is_our_account_too(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.script(ANNA, Refuse(code=30002))

    with pytest.raises(SmsRejectedAccount):
        sms.send(OFFER)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("made", [True, False])
def test_a_server_error_leaves_the_outcome_unknown(
    sms: TwilioSms, phones: PhonesTwin, status: int, made: bool
) -> None:
    phones.script(ANNA, ServerError(status=status, accept=made, times=1))

    with pytest.raises(SmsUnknown):
        sms.send(OFFER)
    assert (sms.find_sent(ANNA, NOON, "7K") is not None) is made


def test_a_lost_answer_is_found_in_the_log_and_nothing_is_sent_twice(
    sms: TwilioSms, phones: PhonesTwin
) -> None:
    phones.script(ANNA, AcceptThenDropReply(times=1))
    with pytest.raises(SmsUnknown):
        sms.send(OFFER)

    (made,) = phones.messages()
    assert sms.find_sent(ANNA, NOON, "YES 7K") == SmsAccepted(made.sid, 1)


def test_an_answer_that_comes_too_late_leaves_the_outcome_unknown(phones: PhonesTwin) -> None:
    phones.script(ANNA, Hang(seconds=5))

    with pytest.raises(SmsUnknown):
        TwilioSms(ACCOUNT, TOKEN, phones.url, timeout_seconds=0.2).send(OFFER)
    assert TIMEOUT_SECONDS == 8
    assert len(phones.messages()) == 1


def test_a_cut_connection_leaves_the_outcome_unknown(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.set_outage(Mode.DOWN)

    with pytest.raises(SmsUnknown):
        sms.send(OFFER)
    with pytest.raises(SmsUnknown):
        sms.find_sent(ANNA, NOON, "7K")


def test_where_nobody_listens_nothing_was_sent_for_certain() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        nobody = TwilioSms(ACCOUNT, TOKEN, f"http://127.0.0.1:{reserved.getsockname()[1]}")
        with pytest.raises(SmsThrottled):
            nobody.send(OFFER)


def test_after_an_outage_the_same_object_sends_again(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.set_outage(Mode.DOWN)
    with pytest.raises(SmsUnknown):
        sms.send(OFFER)
    phones.set_outage(Mode.NONE)

    assert sms.send(OFFER).sid


def test_the_search_looks_at_phone_time_and_marker(
    sms: TwilioSms, phones: PhonesTwin, clock: MovableClock
) -> None:
    old = sms.send(OFFER)
    clock.advance(timedelta(hours=1))
    later = clock.now()

    assert sms.find_sent(ANNA, NOON, "YES 7K") == old
    assert sms.find_sent(ANNA, NOON, "YES M3") is None
    assert sms.find_sent(PIOTR, NOON, "YES 7K") is None
    assert sms.find_sent(ANNA, later, "YES 7K") is None


def test_the_search_sees_what_still_waits_in_the_queue(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.set_outage(Mode.CARRIER_DOWN)
    accepted = sms.send(OFFER)

    assert sms.find_sent(ANNA, NOON, "7K") == accepted


def test_the_search_finds_a_text_that_was_not_delivered(
    sms: TwilioSms, phones: PhonesTwin, clock: MovableClock
) -> None:
    phones.script(ANNA, Deliver(result=Status.UNDELIVERED, error_code=30003))
    accepted = sms.send(OFFER)
    clock.advance(timedelta(seconds=5))
    assert phones.drain()

    assert sms.find_sent(ANNA, NOON, "7K") == accepted


def test_lost_webhooks_are_found_oldest_first(
    sms: TwilioSms, phones: PhonesTwin, clock: MovableClock
) -> None:
    phones.script("*", LoseInbound())
    sids = []
    for phone, line, body in ((ANNA, OURS, "YES 7K"), (PIOTR, OUR_NUMBERS[1], "nie"), (ANNA, OURS, "hello?")):
        clock.advance(timedelta(minutes=1))
        sids.append(phones.text_in(phone, line, body).sid)
    sms.send(OFFER)

    found = sms.inbound_since(NOON, 10)
    assert [one.sid for one in found] == sids
    assert (found[1].sender, found[1].recipient, found[1].body) == (PIOTR, OUR_NUMBERS[1], "nie")
    assert found[0].received_at == NOON + timedelta(minutes=1)
    assert [one.sid for one in sms.inbound_since(NOON, 2)] == sids[:2]
    assert [one.sid for one in sms.inbound_since(NOON + timedelta(minutes=2, seconds=45), 10)] == sids[2:]


def test_a_hundred_and_twenty_replies_come_over_several_pages(sms: TwilioSms, phones: PhonesTwin) -> None:
    phones.script("*", LoseInbound())
    sids = {phones.text_in(ANNA, OURS, f"reply {number}").sid for number in range(120)}

    assert {one.sid for one in sms.inbound_since(NOON, 1000)} == sids


def test_neither_phone_nor_text_is_logged(
    sms: TwilioSms, phones: PhonesTwin, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        sms.send(OFFER)
        sms.find_sent(ANNA, NOON, "7K")

    assert "600100101" not in caplog.text
    assert "7K" not in caplog.text
