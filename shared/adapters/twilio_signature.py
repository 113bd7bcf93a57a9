"""Checks that a webhook really comes from Twilio, and means what it says.

Twilio signs names and values joined without separators, without a time: {"Body": "xTo", "Z": "1"} and
{"Body": "x", "ToZ": "1"} have one signature, and a captured call is valid for ever. So names must be
known, none may come twice, ids must have their exact form; and the reader keeps each MessageSid once.

Whoever texts us writes one of the values, and so may write names into it: "yesFrom+48512000002FromCity" can
be cut into a text, somebody else's phone, and a city that begins with "From+48...". Every cut must put the
real sender into some other value, and `check_text` lets no value be anything that it could be put into.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from twilio.request_validator import RequestValidator

MESSAGE_SID: Final = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
SID_NAMES: Final = ("MessageSid", "SmsSid", "SmsMessageSid")
MEDIA_MAX: Final = 10

_NUMBER: Final = r"\+?\d{3,15}"  # a sender in letters could be cut out of "FromCity"
_TOWN: Final = r"(?:(?!From|To(?:City|Country|State|Zip)|MessageSid)[^\d+]){0,80}"
_OF_PLACE: Final = {"City": _TOWN, "State": _TOWN, "Country": "[A-Za-z]{0,3}", "Zip": "[A-Za-z0-9 -]{0,12}"}
PARAMETERS: Final = frozenset(
    {
        *("MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "MessagingServiceSid", "ApiVersion"),
        *("From", "To", "Body", "NumMedia", "NumSegments", "SmsStatus", "MessageStatus", "OptOutType"),
        *("ErrorCode", "ErrorMessage", "ErrorUrl", "RawDlrDoneDate", "EventType"),
        *("ChannelPrefix", "ChannelInstallSid", "ChannelToAddress", "ChannelStatusMessage"),
        *(
            "ChannelStatusCode",
            "ChannelMetadata",
            "StructuredMessage",
            "MessageType",
            "MessageStatusTimestamp",
        ),
        *("ProfileName", "WaId", "Forwarded", "FrequentlyForwarded", "ButtonText", "ButtonPayload"),
        *("ButtonType", "ListId", "ListTitle", "InteractiveData", "FlowData", "MessageMetadata"),
        *("OriginalRepliedMessageSender", "OriginalRepliedMessageSid", "Latitude", "Longitude"),
        *("Address", "Label", "ReferralBody", "ReferralHeadline", "ReferralSourceId", "ReferralSourceType"),
        *("ReferralSourceUrl", "ReferralMediaId", "ReferralMediaContentType", "ReferralMediaUrl"),
        *("ReferralNumMedia", "ReferralCtwaClid", "AddOns", "ApplicationSid", "Price", "PriceUnit"),
        *(f"{side}{part}" for side in ("From", "To") for part in _OF_PLACE),
        *(f"{name}{place}" for name in ("MediaUrl", "MediaContentType") for place in range(MEDIA_MAX)),
    }
)
"""Twilio adds names without notice. A webhook with a new one is refused here and found in Twilio's log."""


INBOUND: Final = {
    "AccountSid": "AC[0-9a-f]{32}",
    "ApiVersion": r"[\d-]{0,10}",
    "Body": r"(?s:.*)",
    "MessagingServiceSid": "(?:MG[0-9a-f]{32})?",
    "NumMedia": r"\d",
    "NumSegments": r"\d{1,2}",
    "OptOutType": "START|STOP|HELP",
    "SmsStatus": "[a-z]{0,20}",
    **dict.fromkeys(SID_NAMES, MESSAGE_SID.pattern),
    **dict.fromkeys(("From", "To"), _NUMBER),
    **{side + part: form for side in ("From", "To") for part, form in _OF_PLACE.items()},
    **{f"MediaUrl{place}": r"https://api\.twilio\.com/[\w./-]{1,300}" for place in range(MEDIA_MAX)},
    **{f"MediaContentType{place}": r"[a-z]{1,20}/[\w.-]{1,80}" for place in range(MEDIA_MAX)},
}
"""What comes with a text, and the form of each value: only the text itself can hold a name and a value."""


class BadWebhook(Exception):
    """The call proves nothing; who made it is told nothing."""


class BadSignature(BadWebhook):
    """No token of ours made this signature for this URL and these parameters."""


class RepeatedParameter(BadWebhook):
    """A name comes twice: which one was meant cannot be known."""


class UnknownParameter(BadWebhook):
    """A name that Twilio does not use, as far as we know: perhaps a value cut in two."""


class ForeignAccount(BadWebhook):
    """Signed with our token, but for another account."""


class BadMessageSid(BadWebhook):
    """The id of the message is missing, malformed, or said in two ways."""


class BadText(BadWebhook):
    """A value has not its form: perhaps a text was cut, and the rest of the call hidden in this value. What
    is refused here and was real is found in Twilio's own list (messaging/reconcile_inbox)."""


def check_webhook(
    url: str, params: Sequence[tuple[str, str]], signature: str, *, tokens: Sequence[str], account: str
) -> Mapping[str, str]:
    """The parameters, once they can be believed. `params` as they came, in order, before any merging.

    `url` is the public one, letter by letter as Twilio was told, query included. Raises BadWebhook.
    """
    given = dict(params)
    if len(given) != len(params):
        raise RepeatedParameter
    if not verify(url, given, signature, tokens):
        raise BadSignature
    if not PARAMETERS.issuperset(given):
        raise UnknownParameter
    if given.get("AccountSid") != account:
        raise ForeignAccount
    _check_sids(given)
    return given


def check_text(given: Mapping[str, str]) -> None:
    """For a text that somebody sent us, once its signature holds. Raises BadText."""
    known = all(name in INBOUND and re.fullmatch(INBOUND[name], value) for name, value in given.items())
    media = sum(name.startswith("MediaUrl") for name in given)
    if not known or not {"Body", "From", "To"} <= given.keys() or given.get("NumMedia", "0") != str(media):
        raise BadText


def verify(url: str, params: Mapping[str, str], signature: str, tokens: Sequence[str]) -> bool:
    """Whether one of the tokens signed this; during a rotation there are two."""
    return any(RequestValidator(token).validate(url, dict(params), signature) for token in tokens if token)


def _check_sids(given: Mapping[str, str]) -> None:
    sids = {given[name] for name in SID_NAMES if name in given}
    if "MessageSid" not in given or len(sids) != 1 or not MESSAGE_SID.fullmatch(given["MessageSid"]):
        raise BadMessageSid
