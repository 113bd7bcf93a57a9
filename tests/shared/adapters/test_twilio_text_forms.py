"""A text as Twilio sends it, with all that may come with one; and each value, when it has not its form."""

import pytest

from shared.adapters.twilio_signature import BadText, check_text

SID = "SM" + "0a" * 16
WHOLE = {
    "MessageSid": SID,
    "SmsSid": SID,
    "SmsMessageSid": SID,
    "AccountSid": "AC" + "7" * 32,
    "MessagingServiceSid": "MG" + "5" * 32,
    "ApiVersion": "2010-04-01",
    "Body": "tak 7KJ",
    "From": "+48512000001",
    "To": "+48732230001",
    "NumMedia": "2",
    "NumSegments": "12",
    "OptOutType": "STOP",
    "SmsStatus": "received",
    "FromCity": "FROMBORK",
    "FromCountry": "PL",
    "FromState": "Warmia-Masuria",
    "FromZip": "14-530",
    "ToCity": "",
    "ToCountry": "PL",
    "ToState": "",
    "ToZip": "",
    "MediaUrl0": "https://api.twilio.com/2010-04-01/Accounts/AC7/Messages/MM1/Media/ME1",
    "MediaContentType0": "image/jpeg",
    "MediaUrl9": "https://api.twilio.com/2010-04-01/Accounts/AC7/Messages/MM1/Media/ME2",
    "MediaContentType9": "application/vnd.ms-excel",
}
OUT_OF_FORM = {
    "MessageSid": "SM1",
    "SmsSid": f"{SID}0",
    "SmsMessageSid": "",
    "AccountSid": "AC7",
    "MessagingServiceSid": "MG5",
    "ApiVersion": "2010-04-01From",
    "From": "48-512",
    "To": "Visita",
    "NumMedia": "22",
    "NumSegments": "123",
    "OptOutType": "stop",
    "SmsStatus": "Received",
    "FromCity": "x" * 81,
    "FromCountry": "PLNX",
    "FromState": "From Warmia",
    "FromZip": "14_530",
    "ToCity": "MessageSid",
    "ToCountry": "4",
    "ToState": "ToCity",
    "ToZip": "1" * 13,
    "MediaUrl0": "https://api.twilio.example/a",
    "MediaContentType0": "image",
    "MediaUrl9": "http://api.twilio.com/a",
    "MediaContentType9": "image/",
}


def test_a_whole_text_is_believed() -> None:
    check_text(WHOLE)


@pytest.mark.parametrize("name", OUT_OF_FORM)
def test_a_value_out_of_its_form_is_not_believed(name: str) -> None:
    with pytest.raises(BadText):
        check_text({**WHOLE, name: OUT_OF_FORM[name]})


@pytest.mark.parametrize("optional", sorted(WHOLE.keys() - {"Body", "From", "To"}))
def test_what_need_not_come_may_be_left_out(optional: str) -> None:
    left = {name: value for name, value in WHOLE.items() if name != optional}
    if optional == "NumMedia":
        left = {name: value for name, value in left.items() if not name.startswith("MediaUrl")}
    elif optional.startswith("MediaUrl"):
        left["NumMedia"] = "1"
    check_text(left)


@pytest.mark.parametrize(
    "name", ["MediaUrl10", "MediaUrl", "MediaContentType", "FromCityX", "Label", "ErrorCode"]
)
def test_what_comes_with_no_text_is_not_believed(name: str) -> None:
    with pytest.raises(BadText):
        check_text({**WHOLE, name: WHOLE["MediaUrl0"], "NumMedia": "3"})


def test_a_text_needs_no_more_than_who_wrote_what_to_whom() -> None:
    check_text({name: WHOLE[name] for name in ("From", "To", "Body")})


@pytest.mark.parametrize("word", ["START", "STOP", "HELP"])
def test_a_word_of_the_carriers_comes_with_its_name(word: str) -> None:
    check_text({**WHOLE, "OptOutType": word})
