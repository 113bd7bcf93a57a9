"""A webhook is believed only when Twilio signed exactly this, for us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from shared.adapters.twilio_signature import (
    BadMessageSid,
    BadSignature,
    BadText,
    BadWebhook,
    ForeignAccount,
    RepeatedParameter,
    UnknownParameter,
    check_text,
    check_webhook,
    verify,
)

URL = "https://api.visita.example/v1/webhooks/twilio/sms?m=offer-1&a=1"
ACCOUNT = "AC" + "7" * 32
SID = "SM" + "0a" * 16
NEW, OLD = "new-token", "old-token"

Pairs = tuple[tuple[str, str], ...]
REPLY: Pairs = (
    ("Body", "YES 7K"),
    ("From", "+48600100101"),
    ("To", "+48732100001"),
    ("MessageSid", SID),
    ("SmsSid", SID),
    ("AccountSid", ACCOUNT),
    ("NumMedia", "0"),
    ("FromCity", ""),
)


def _signed(pairs: Pairs, url: str = URL, token: str = NEW) -> str:
    signature: str = RequestValidator(token).compute_signature(url, dict(pairs))
    return signature


def _check(pairs: Pairs, signature: str, url: str = URL, tokens: tuple[str, ...] = (NEW,)) -> None:
    check_webhook(url, pairs, signature, tokens=tokens, account=ACCOUNT)


def _with(**changes: str) -> Pairs:
    return tuple((dict(REPLY) | changes).items())


def test_what_twilio_signed_is_believed() -> None:
    believed = check_webhook(URL, REPLY, _signed(REPLY), tokens=(NEW,), account=ACCOUNT)

    assert believed == dict(REPLY)


@pytest.mark.parametrize(
    "tampered",
    [
        _with(Body="YES M3"),
        _with(From="+48600100102"),
        _with(MessageSid="SM" + "0b" * 16, SmsSid="SM" + "0b" * 16),
        _with(OptOutType="STOP"),
        REPLY[1:],
        (),
    ],
)
def test_a_changed_body_is_not_believed(tampered: Pairs) -> None:
    with pytest.raises(BadSignature):
        _check(tampered, _signed(REPLY))


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("a=1", "a=2"),
        URL.replace("https", "http"),
        URL.replace("visita", "evil"),
        URL.replace("/sms", "/status"),
        URL.partition("?")[0],
        URL + "&x=1",
    ],
)
def test_a_changed_address_is_not_believed(url: str) -> None:
    with pytest.raises(BadSignature):
        _check(REPLY, _signed(REPLY), url=url)


@pytest.mark.parametrize("signature", ["", "x", "ł", _signed(REPLY, token="stranger"), _signed(REPLY)[:-1]])
def test_a_wrong_signature_is_not_believed(signature: str) -> None:
    with pytest.raises(BadSignature):
        _check(REPLY, signature)


def test_during_a_rotation_the_old_token_still_counts() -> None:
    _check(REPLY, _signed(REPLY, token=OLD), tokens=(NEW, OLD))
    _check(REPLY, _signed(REPLY, token=NEW), tokens=(NEW, OLD))

    with pytest.raises(BadSignature):
        _check(REPLY, _signed(REPLY, token=OLD), tokens=(NEW,))


def test_without_a_token_nobody_is_believed() -> None:
    with pytest.raises(BadSignature):
        _check(REPLY, _signed(REPLY, token=""), tokens=("",))
    with pytest.raises(BadSignature):
        _check(REPLY, _signed(REPLY), tokens=())


def test_a_text_cut_in_two_is_not_believed_although_its_signature_is_right() -> None:
    signed = _with(Body="noBodyXyes")
    cut = _with(Body="no", BodyX="yes")
    assert verify(URL, dict(cut), _signed(signed), (NEW,))

    with pytest.raises(UnknownParameter):
        _check(cut, _signed(signed))


@pytest.mark.parametrize(
    ("written", "cut"),
    [
        ("yesFrom+48600100102FromCity", {"From": "+48600100102", "FromCity": "From+48600100101FromCity"}),
        ("yesFrom+48600100101", {"Body": "yesFrom+48600100101", "From": "City"}),
        ("yesButtonTextno", {"ButtonText": "no"}),
    ],
)
def test_a_text_cut_into_known_names_is_not_believed_either(written: str, cut: dict[str, str]) -> None:
    """Found by tests/authorization: whoever may write a text could have written somebody else's answer."""
    pairs = _with(**{"Body": "yes", **cut})

    with pytest.raises(BadText):
        check_text(dict(pairs))


def test_a_text_with_every_value_in_its_form_is_believed() -> None:
    check_text(dict(_with(Body="From +48 600, To: you\nMessageSid", FromCity="FROMBORK", FromZip="14-530")))


@pytest.mark.parametrize("name", ["Body", "From", "To"])
def test_a_text_that_lacks_what_it_must_have_is_not_believed(name: str) -> None:
    with pytest.raises(BadText):
        check_text(dict(pair for pair in REPLY if pair[0] != name))


def test_pictures_are_as_many_as_announced() -> None:
    with pytest.raises(BadText):
        check_text(dict(_with(MediaUrl0="https://api.twilio.com/a")))


def test_a_name_that_comes_twice_is_not_believed_although_its_signature_is_right() -> None:
    twice = (*REPLY, ("Body", "YES 7K"))
    assert verify(URL, dict(twice), _signed(REPLY), (NEW,))

    with pytest.raises(RepeatedParameter):
        _check(twice, _signed(REPLY))


def test_a_text_that_swallowed_its_neighbour_lacks_the_neighbour() -> None:
    swallowed = tuple(pair for pair in _with(FromCity="MessageSid" + SID) if pair[0] != "MessageSid")

    with pytest.raises(BadWebhook):
        _check(swallowed, _signed(swallowed))


def test_another_account_is_not_believed_even_with_our_token() -> None:
    foreign = _with(AccountSid="AC" + "8" * 32)

    with pytest.raises(ForeignAccount):
        _check(foreign, _signed(foreign))


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageSid": "SM123", "SmsSid": "SM123"},
        {"MessageSid": SID.upper(), "SmsSid": SID.upper()},
        {"MessageSid": SID + "\n", "SmsSid": SID + "\n"},
        {"MessageSid": "CA" + "0a" * 16, "SmsSid": "CA" + "0a" * 16},
        {"SmsSid": "SM" + "0b" * 16},
        {"SmsMessageSid": "SM" + "0b" * 16},
        {"MessageSid": "../" + SID[3:], "SmsSid": "../" + SID[3:]},
    ],
)
def test_an_id_that_could_not_name_one_message_is_not_believed(changes: dict[str, str]) -> None:
    pairs = _with(**changes)

    with pytest.raises(BadMessageSid):
        _check(pairs, _signed(pairs))


def test_a_webhook_without_an_id_is_not_believed() -> None:
    pairs = tuple(pair for pair in REPLY if pair[0] != "MessageSid")

    with pytest.raises(BadMessageSid):
        _check(pairs, _signed(pairs))


def test_a_picture_message_is_believed() -> None:
    mms = "MM" + "0a" * 16
    pairs = _with(
        MessageSid=mms, SmsSid=mms, NumMedia="1", MediaUrl0="https://x", MediaContentType0="image/png"
    )

    _check(pairs, _signed(pairs))


@given(st.text(max_size=200))
def test_any_text_a_person_may_write_is_believed(body: str) -> None:
    pairs = _with(Body=body.encode("utf-8", "ignore").decode())

    _check(pairs, _signed(pairs))


@given(
    st.dictionaries(
        st.sampled_from(["Body", "From", "To", "ToZ", "B", "BodyT"]), st.text("BodyTZ+ ", max_size=8)
    )
)
def test_whoever_has_no_token_cannot_make_anything_believable(fields: dict[str, str]) -> None:
    forged = tuple((dict(REPLY) | fields).items())
    signature = _signed(REPLY)
    if dict(forged) == dict(REPLY):
        return

    with pytest.raises(BadWebhook):
        _check(forged, signature)
