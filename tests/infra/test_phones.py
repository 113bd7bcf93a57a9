"""The phones can be told from Twilio by the base URL only: the real library notices nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from infra.local.clock import MovableClock
from infra.local.phones.messages import Status
from infra.local.phones.script import Deliver, Hold, Mode, Refuse
from infra.local.phones.twin import PhonesTwin
from tests.infra.phones_world import NOON, let_pass

ACCOUNT = "AC" + "7" * 32
TOKEN = "invented-token"
OUR_NUMBERS = ("+48732100001", "+48732100002")
ANNA = "+48600100101"
PIOTR = "+48600100102"
A_SECOND = timedelta(seconds=1)


class _Redirect(TwilioHttpClient):  # type: ignore[misc]  # its base is untyped
    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=5)
        self.base_url = base_url

    def request(self, method: str, url: str, *given: object, **named: object) -> object:
        there = url.replace("https://api.twilio.com", self.base_url)
        return super().request(method, there, *given, **named)


@pytest.fixture
def phones(clock: MovableClock) -> Iterator[PhonesTwin]:
    twin = PhonesTwin(account_sid=ACCOUNT, auth_token=TOKEN, senders=OUR_NUMBERS, clock=clock)
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def twilio(phones: PhonesTwin) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=_Redirect(phones.url))


def _send(twilio: Client, to: str = ANNA, body: str = "Mokotow, 16:00. YES 7K?") -> str:
    sid: str = twilio.messages.create(to=to, from_=OUR_NUMBERS[0], body=body).sid
    return sid


def test_a_message_is_made_and_can_be_fetched(twilio: Client) -> None:
    made = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[0], body="Zażółć", validity_period=600)

    fetched = twilio.messages(made.sid).fetch()

    assert (made.status, made.direction, made.num_segments) == ("queued", "outbound-api", "1")
    assert (fetched.body, fetched.to, fetched.from_) == ("Zażółć", ANNA, OUR_NUMBERS[0])
    assert (fetched.date_created, fetched.date_sent) == (NOON, None)


def test_a_message_goes_from_queued_to_sent_to_delivered(
    twilio: Client, phones: PhonesTwin, clock: MovableClock
) -> None:
    sid = _send(twilio)
    clock.advance(timedelta(seconds=0.2))
    assert phones.drain()
    assert twilio.messages(sid).fetch().status == "sent"

    clock.advance(A_SECOND)
    assert phones.drain()
    after = twilio.messages(sid).fetch()
    assert (after.status, after.error_code, after.date_sent) == ("delivered", None, NOON)


def test_nothing_moves_while_the_clock_stands_still(twilio: Client, phones: PhonesTwin) -> None:
    sid = _send(twilio)

    assert phones.drain()
    assert twilio.messages(sid).fetch().status == "queued"
    assert phones.next_due() == NOON + timedelta(seconds=0.2)


def test_segments_are_counted_as_the_network_counts_them(twilio: Client) -> None:
    plain = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[0], body="a" * 160)
    one_letter_more = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[0], body="a" * 159 + "ł")

    assert (plain.num_segments, one_letter_more.num_segments) == ("1", "3")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": "600100101"}, 21211),
        ({"to": "+0"}, 21211),
        ({"to": OUR_NUMBERS[0]}, 21266),
        ({"from_": "+48999999999"}, 21606),
        ({"from_": ""}, 21603),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"validity_period": 0}, 21624),
        ({"validity_period": 36_001}, 21624),
        ({"status_callback": "not a url"}, 21609),
        ({"from_": "", "messaging_service_sid": "MG" + "0" * 32}, 21701),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    twilio: Client, phones: PhonesTwin, changed: dict[str, object], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(**{"to": ANNA, "from_": OUR_NUMBERS[0], "body": "hello"} | changed)

    assert refusal.value.code == code
    assert 400 <= refusal.value.status < 500
    assert phones.messages() == []


def test_a_wrong_token_is_told_20003(phones: PhonesTwin) -> None:
    stranger = Client(ACCOUNT, "wrong", http_client=_Redirect(phones.url))

    with pytest.raises(TwilioRestException) as refusal:
        stranger.messages("SM" + "0" * 32).fetch()

    assert (refusal.value.status, refusal.value.code) == (401, 20003)


def test_another_account_is_not_found(phones: PhonesTwin) -> None:
    client = Client(ACCOUNT, TOKEN, account_sid="AC" + "8" * 32, http_client=_Redirect(phones.url))

    with pytest.raises(TwilioRestException) as refusal:
        client.messages("SM" + "0" * 32).fetch()

    assert (refusal.value.status, refusal.value.code) == (404, 20404)


def test_an_unknown_message_is_not_found(twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages("SM" + "0" * 32).fetch()

    assert refusal.value.code == 20404


def test_the_list_is_newest_first_and_filtered_by_both_numbers(twilio: Client) -> None:
    first, second = _send(twilio, ANNA), _send(twilio, PIOTR)
    third = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[1], body="again").sid

    assert [one.sid for one in twilio.messages.list()] == [third, second, first]
    assert [one.sid for one in twilio.messages.list(to=ANNA)] == [third, first]
    assert [one.sid for one in twilio.messages.list(to=ANNA, from_=OUR_NUMBERS[0])] == [first]


def test_the_list_is_filtered_by_the_instant_of_sending(
    twilio: Client, phones: PhonesTwin, clock: MovableClock
) -> None:
    early = _send(twilio)
    let_pass(phones, clock, timedelta(hours=1))
    late = _send(twilio)
    let_pass(phones, clock)
    queued = _send(twilio)
    half_past = NOON + timedelta(minutes=30)

    assert [one.sid for one in twilio.messages.list(date_sent_after=half_past)] == [late]
    assert [one.sid for one in twilio.messages.list(date_sent_before=half_past)] == [early]
    assert [one.sid for one in twilio.messages.list(date_sent=NOON.date())] == [late, early]
    assert queued in {one.sid for one in twilio.messages.list()}


def test_pages_show_every_message_once_even_when_more_come_meanwhile(twilio: Client) -> None:
    sids = [_send(twilio, body=f"message {number}") for number in range(7)]
    seen: list[str] = []
    for one in twilio.messages.stream(page_size=2):
        if len(seen) == 3:
            _send(twilio, body="in between")
        seen.append(one.sid)

    assert seen == sids[::-1]


def test_the_pool_of_numbers_is_listed(twilio: Client) -> None:
    assert [one.phone_number for one in twilio.incoming_phone_numbers.list()] == list(OUR_NUMBERS)


def test_a_message_can_be_redacted_and_deleted_once_it_is_done(
    twilio: Client, phones: PhonesTwin, clock: MovableClock
) -> None:
    sid = _send(twilio)
    with pytest.raises(TwilioRestException) as too_early:
        twilio.messages(sid).delete()
    let_pass(phones, clock)

    assert twilio.messages(sid).update(body="").body == ""
    assert twilio.messages(sid).delete() is True

    assert too_early.value.code == 20009
    assert twilio.messages.list() == []


def test_a_message_that_waits_longer_than_it_is_valid_is_never_sent(
    twilio: Client, phones: PhonesTwin, clock: MovableClock
) -> None:
    phones.script(ANNA, Hold(seconds=61))
    late = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[0], body="offer", validity_period=60)
    phones.script(ANNA, Hold(seconds=59))
    in_time = twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[0], body="offer", validity_period=60)

    let_pass(phones, clock, timedelta(minutes=2))

    assert (twilio.messages(late.sid).fetch().status, twilio.messages(late.sid).fetch().error_code) == (
        "failed",
        30036,
    )
    assert twilio.messages(late.sid).fetch().date_sent is None
    assert twilio.messages(in_time.sid).fetch().status == "delivered"


def test_when_the_network_is_down_messages_wait_and_then_go_out(
    twilio: Client, phones: PhonesTwin, clock: MovableClock
) -> None:
    phones.set_outage(Mode.CARRIER_DOWN)
    patient = _send(twilio)
    hasty = twilio.messages.create(to=PIOTR, from_=OUR_NUMBERS[0], body="offer", validity_period=60).sid
    let_pass(phones, clock, timedelta(minutes=5))
    assert twilio.messages(patient).fetch().status == "queued"

    phones.set_outage(Mode.NONE)
    let_pass(phones, clock)

    assert twilio.messages(patient).fetch().status == "delivered"
    assert twilio.messages(hasty).fetch().error_code == 30036
    assert phones.next_due() is None


def test_delivery_may_fail(twilio: Client, phones: PhonesTwin, clock: MovableClock) -> None:
    phones.script(ANNA, Deliver(result=Status.UNDELIVERED, error_code=30003))
    sid = _send(twilio)
    let_pass(phones, clock)

    after = twilio.messages(sid).fetch()
    assert (after.status, after.error_code) == ("undelivered", 30003)


def test_a_rule_may_be_used_up(twilio: Client, phones: PhonesTwin) -> None:
    phones.script(ANNA, Refuse(code=21614, times=2))
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refusal:
            _send(twilio)
        assert refusal.value.code == 21614

    assert _send(twilio)


def test_a_rule_may_hold_for_every_number(twilio: Client, phones: PhonesTwin) -> None:
    phones.script("*", Refuse(code=30007))

    with pytest.raises(TwilioRestException):
        _send(twilio, PIOTR)


@pytest.mark.parametrize(
    ("mode", "status", "code"),
    [(Mode.ERRORS, 503, 20503), (Mode.THROTTLED, 429, 20429), (Mode.UNAUTHORIZED, 401, 20003)],
)
def test_the_whole_account_may_suffer(
    twilio: Client, phones: PhonesTwin, mode: Mode, status: int, code: int
) -> None:
    phones.set_outage(mode)
    with pytest.raises(TwilioRestException) as refusal:
        _send(twilio)
    assert (refusal.value.status, refusal.value.code) == (status, code)

    phones.set_outage(Mode.NONE)
    assert _send(twilio)


def test_a_reset_forgets_everything(twilio: Client, phones: PhonesTwin) -> None:
    phones.script(ANNA, Refuse(code=21610))
    _send(twilio, PIOTR)
    phones.reset()

    assert phones.messages() == []
    assert phones.next_due() is None
    assert _send(twilio, ANNA)


def test_with_a_messaging_service_a_phone_always_hears_from_the_same_number(clock: MovableClock) -> None:
    service = "MG" + "1" * 32
    twin = PhonesTwin(
        account_sid=ACCOUNT, auth_token=TOKEN, senders=OUR_NUMBERS, clock=clock, service_sid=service
    )
    twin.start()
    twilio = Client(ACCOUNT, TOKEN, http_client=_Redirect(twin.url))
    made = [twilio.messages.create(to=ANNA, messaging_service_sid=service, body="x") for _ in range(3)]
    twin.stop()

    assert len({one.from_ for one in made}) == 1
    assert made[0].from_ in OUR_NUMBERS
    assert made[0].messaging_service_sid == service
