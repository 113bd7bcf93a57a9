"""What the phones tell the application is signed as by Twilio, in time, and badly behaved on request."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from infra.local.clock import MovableClock
from infra.local.phones.inbound import NotOurNumber
from infra.local.phones.messages import Status
from infra.local.phones.script import AutoReply, Deliver, DuplicateInbound, LoseInbound, Mode, Rule
from infra.local.phones.twin import PhonesTwin
from infra.local.wire import Answer
from shared.adapters.twilio_http import Transport
from shared.adapters.twilio_signature import check_webhook
from tests.infra.phone_app import PhoneApp, Told
from tests.infra.phones_world import NOON, let_pass

ACCOUNT = "AC" + "7" * 32
TOKEN = "invented-token"
OUR_NUMBERS = ("+48732100001", "+48732100002")
OURS = OUR_NUMBERS[0]
ANNA = "+48600100101"


@pytest.fixture
def phones(clock: MovableClock, app: PhoneApp) -> Iterator[PhonesTwin]:
    twin = PhonesTwin(account_sid=ACCOUNT, auth_token=TOKEN, senders=OUR_NUMBERS, clock=clock)
    twin.start()
    twin.public_url = app.url
    yield twin
    twin.stop()


@pytest.fixture
def twilio(phones: PhonesTwin) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Transport(phones.url))


def _offer(twilio: Client, app: PhoneApp, body: str = "Mokotow, 16:00. Answer YES 7K") -> str:
    status_url = f"{app.url}/v1/webhooks/twilio/status?m=offer-1.anna&a=1"
    sid: str = twilio.messages.create(to=ANNA, from_=OURS, body=body, status_callback=status_url).sid
    return sid


def _is_signed(told: Told) -> bool:
    return bool(RequestValidator(TOKEN).validate(told.url, told.fields, told.signature))


def test_every_step_is_told_with_a_valid_signature(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    sid = _offer(twilio, app)
    let_pass(phones, clock)

    assert app.statuses == ["sent", "delivered"]
    assert all(_is_signed(told) for told in app.told)
    assert app.told[0].url.endswith("/v1/webhooks/twilio/status?m=offer-1.anna&a=1")
    last = app.told[1].fields
    assert (last["MessageSid"], last["AccountSid"], last["To"], last["From"]) == (sid, ACCOUNT, ANNA, OURS)
    assert last["RawDlrDoneDate"] == "2611241200"


def test_a_failure_is_told_with_its_code(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    phones.script(ANNA, Deliver(result=Status.FAILED, error_code=30006))
    _offer(twilio, app)
    let_pass(phones, clock)

    assert app.statuses == ["sent", "failed"]
    assert "ErrorCode" not in app.told[0].fields
    assert app.told[1].fields["ErrorCode"] == "30006"


@pytest.mark.parametrize(
    "callbacks",
    [
        (Status.DELIVERED, Status.SENT),
        (Status.SENT, Status.DELIVERED, Status.DELIVERED, Status.QUEUED),
        (),
    ],
)
def test_status_callbacks_may_be_reordered_doubled_or_lost(
    twilio: Client,
    phones: PhonesTwin,
    app: PhoneApp,
    clock: MovableClock,
    callbacks: tuple[Status, ...],
) -> None:
    phones.script(ANNA, Deliver(callbacks=callbacks))
    sid = _offer(twilio, app)
    let_pass(phones, clock)

    assert app.statuses == list(callbacks)
    assert twilio.messages(sid).fetch().status == "delivered"


@pytest.mark.parametrize("body", ["YES 7K", "Tak, biorę! 👍", "a=b&c=d+e %20", " \n", "xToZ1", "ﬂ '\"<>"])
def test_a_persons_text_arrives_letter_by_letter_and_signed(
    phones: PhonesTwin, app: PhoneApp, body: str
) -> None:
    received = phones.text_in(ANNA, OURS, body)

    (told,) = app.told
    assert told.url == f"{app.url}/v1/webhooks/twilio/sms"
    assert _is_signed(told)
    fields = told.fields
    assert (fields["Body"], fields["From"], fields["To"]) == (body, ANNA, OURS)
    assert fields["MessageSid"] == fields["SmsSid"] == received.sid
    assert (fields["FromCountry"], fields["NumMedia"], fields["NumSegments"]) == ("PL", "0", "1")
    assert received.statuses == (200,)


def test_the_real_check_of_the_application_believes_every_webhook(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    failing = iter([500, 200])
    app.answer = lambda _: Answer(next(failing, 200))
    phones.text_in(ANNA, OURS, "YES 7K")
    _offer(twilio, app)
    let_pass(phones, clock)

    assert len(app.told) == 4
    for told in app.told:
        check_webhook(told.url, told.pairs, told.signature, tokens=(TOKEN,), account=ACCOUNT)


def test_the_text_is_in_the_log_whether_or_not_the_application_heard(
    twilio: Client, phones: PhonesTwin, app: PhoneApp
) -> None:
    phones.script(ANNA, LoseInbound(times=1))
    lost = phones.text_in(ANNA, OURS, "YES 7K")
    heard = phones.text_in(ANNA, OURS, "hello?")

    assert app.texts == ["hello?"]
    assert lost.webhook == "lost on purpose"
    found = twilio.messages.list(to=OURS, date_sent_after=NOON)
    assert [one.sid for one in found] == [heard.sid, lost.sid]
    assert [one.direction for one in found] == ["inbound", "inbound"]


def test_a_webhook_may_be_brought_twice_with_one_sid(phones: PhonesTwin, app: PhoneApp) -> None:
    phones.script(ANNA, DuplicateInbound(copies=3, times=1))
    phones.text_in(ANNA, OURS, "YES 7K")

    assert len(app.told) == 3
    assert len({told.fields["MessageSid"] for told in app.told}) == 1
    assert len({told.token for told in app.told}) == 3


@pytest.mark.parametrize("failure", [500, 503])
def test_a_failed_webhook_is_brought_once_more_and_says_why(
    phones: PhonesTwin, app: PhoneApp, failure: int
) -> None:
    answers = iter([Answer(failure), Answer(204)])
    app.answer = lambda _: next(answers)
    received = phones.text_in(ANNA, OURS, "YES 7K")

    first, second = app.told
    assert received.statuses == (204,)
    assert first.token == second.token
    assert second.fields["ErrorCode"] == "11200"
    assert _is_signed(second)


def test_a_refused_webhook_is_not_repeated(phones: PhonesTwin, app: PhoneApp) -> None:
    app.answer = lambda _: Answer(403)

    assert phones.text_in(ANNA, OURS, "YES 7K").statuses == (403,)
    assert len(app.told) == 1


def test_without_an_application_the_text_is_kept(phones: PhonesTwin, app: PhoneApp) -> None:
    app.stop()

    assert phones.text_in(ANNA, OURS, "YES 7K").webhook == "no answer"
    assert [one.body for one in phones.messages(ANNA)] == ["YES 7K"]


def test_what_the_application_answers_is_texted_back(
    phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    twiml = "<Response><Message><Body>Zażółć &amp; co</Body></Message><Message>two</Message></Response>"
    app.answer = lambda _: Answer(200, twiml.encode(), "text/xml")
    phones.text_in(ANNA, OURS, "YES")
    let_pass(phones, clock)

    back = phones.messages(ANNA)[1:]
    assert [(one.body, one.direction, one.status) for one in back] == [
        ("Zażółć & co", "outbound-reply", "delivered"),
        ("two", "outbound-reply", "delivered"),
    ]


@pytest.mark.parametrize("nonsense", [b"<Response>", b"<html/>", b"{}", b"\xff"])
def test_an_answer_that_is_no_twiml_sends_nothing_and_is_noted(
    phones: PhonesTwin, app: PhoneApp, nonsense: bytes
) -> None:
    app.answer = lambda _: Answer(200, nonsense, "text/xml")

    assert "no TwiML" in phones.text_in(ANNA, OURS, "YES").webhook
    assert len(phones.messages()) == 1


@pytest.mark.parametrize(
    "word", ["STOP", "StopAll", " unsubscribe ", "cancel", "End", "QUIT", "revoke", "OPTOUT"]
)
def test_a_stop_word_alone_stops_that_number_and_still_reaches_the_application(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, word: str
) -> None:
    phones.text_in(ANNA, OURS, word)

    with pytest.raises(TwilioRestException) as refusal:
        _offer(twilio, app)
    assert refusal.value.code == 21610
    assert twilio.messages.create(to=ANNA, from_=OUR_NUMBERS[1], body="from another number").sid
    assert app.texts == [word]
    assert "OptOutType" not in app.told[0].fields
    assert "unsubscribed" in phones.messages(ANNA)[1].body


@pytest.mark.parametrize("words", ["stop it", "please cancel", "the end", "STOP!", "stopp", "koniec"])
def test_more_than_the_word_stops_nothing(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, words: str
) -> None:
    phones.text_in(ANNA, OURS, words)

    assert _offer(twilio, app)


@pytest.mark.parametrize("word", ["start", "Yes", "UNSTOP"])
def test_a_start_word_opts_in_again(twilio: Client, phones: PhonesTwin, app: PhoneApp, word: str) -> None:
    phones.text_in(ANNA, OURS, "stop")
    phones.text_in(ANNA, OURS, word)

    assert _offer(twilio, app)
    assert "re-subscribed" in phones.messages(ANNA)[3].body


def test_a_yes_of_somebody_who_never_stopped_is_not_answered_by_twilio(
    phones: PhonesTwin, app: PhoneApp
) -> None:
    phones.text_in(ANNA, OURS, "YES")

    assert len(phones.messages(ANNA)) == 1
    assert app.texts == ["YES"]


def test_with_advanced_opt_out_the_webhook_names_it_and_the_whole_service_stops(
    app: PhoneApp, clock: MovableClock
) -> None:
    service = "MG" + "1" * 32
    twin = PhonesTwin(
        public_url=app.url,
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        senders=OUR_NUMBERS,
        clock=clock,
        service_sid=service,
        advanced_opt_out=True,
    )
    twin.start()
    twilio = Client(ACCOUNT, TOKEN, http_client=Transport(twin.url))
    for word in ("stop", "help", "start", "stop", "hello"):
        twin.text_in(ANNA, OURS, word)

    types = [told.fields.get("OptOutType", "") for told in app.told]
    assert types == ["STOP", "HELP", "START", "STOP", ""]
    assert app.told[0].fields["MessagingServiceSid"] == service
    for sender in OUR_NUMBERS:
        with pytest.raises(TwilioRestException) as refusal:
            twilio.messages.create(to=ANNA, from_=sender, body="x")
        assert refusal.value.code == 21610
    twin.stop()


def test_a_phone_answers_by_itself_when_told_and_once_only(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    phones.script(ANNA, AutoReply(body=r"yes \1", pattern=r"YES (\w+)", after_seconds=60))
    for text in ("no code here", "Answer YES 7K", "Answer YES M3"):
        _offer(twilio, app, text)
        let_pass(phones, clock)
    assert app.texts == []

    let_pass(phones, clock, timedelta(minutes=2))
    assert app.texts == ["yes 7K"]


def test_when_webhooks_are_lost_nothing_reaches_the_application(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    phones.set_outage(Mode.WEBHOOKS_LOST)
    _offer(twilio, app)
    phones.text_in(ANNA, OURS, "YES")
    let_pass(phones, clock)

    assert app.told == []
    assert [one.status for one in phones.messages(ANNA)] == ["delivered", "received"]


def test_only_our_own_numbers_can_be_texted(phones: PhonesTwin) -> None:
    with pytest.raises(NotOurNumber):
        phones.text_in(ANNA, "+48999999999", "hello")


def test_twenty_people_answer_at_once(phones: PhonesTwin, app: PhoneApp) -> None:
    all_here = threading.Barrier(20, timeout=10)

    def together(_: Told) -> Answer:
        all_here.wait()
        return Answer(204)

    app.answer = together
    people = [f"+486001002{number:02}" for number in range(20)]
    with ThreadPoolExecutor(20) as crowd:
        received = list(crowd.map(lambda person: phones.text_in(person, OURS, "YES"), people))

    assert all(one.statuses == (204,) for one in received)
    assert sorted(told.fields["From"] for told in app.told) == people


def test_a_drain_waits_for_webhooks_that_are_on_their_way(
    twilio: Client, phones: PhonesTwin, app: PhoneApp, clock: MovableClock
) -> None:
    rules: tuple[Rule, ...] = (Deliver(after_seconds=0),)
    phones.script(ANNA, *rules)
    for _ in range(10):
        _offer(twilio, app)
    clock.advance(timedelta(seconds=1))

    assert phones.drain()
    assert len(app.statuses) == 20
    assert phones.drain(seconds=0)
