"""Genuine calls of Twilio as its documents show them, and how they are signed."""

from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.authorization.attacks import Sent
from tests.authorization.production import CLOUD, TWILIO_TOKENS

ACCOUNT = CLOUD["TWILIO_ACCOUNT_SID"]
NEW, OLD = TWILIO_TOKENS
HOST = CLOUD["VISITA_PUBLIC_URL"]
SMS, STATUS = f"{HOST}/v1/webhooks/twilio/sms", f"{HOST}/v1/webhooks/twilio/status"
SID = "SM" + "0a" * 16
QUERY = "m=letter-own&a=1"
Form = dict[str, str]

PLACES: Form = {side + one: "" for side in ("From", "To") for one in ("City", "Country", "State", "Zip")}
TEXT: Form = {
    "AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "Body": "TAK 7KJ", "From": "+48512000900",
    **PLACES, "MessageSid": SID, "NumMedia": "0", "NumSegments": "1", "SmsMessageSid": SID, "SmsSid": SID,
    "SmsStatus": "received", "To": "+48732230001",
}  # fmt: skip
REPORT: Form = {
    "AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "From": "+48732230001", "MessageSid": SID,
    "MessageStatus": "delivered", "SmsSid": SID, "SmsStatus": "delivered", "To": "+48512000900",
}  # fmt: skip


def signature(url: str, form: Form, token: str = NEW) -> str:
    made: str = RequestValidator(token).compute_signature(url, form)
    return made


def text(form: Form, seal: str, query: str = "", **headers: str) -> Sent:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return Sent(urlencode(form).encode(), {"X-Twilio-Signature": seal, **more}, query)
