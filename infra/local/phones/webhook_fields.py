"""The fields of Twilio's webhooks, empty ones included.

Sources: twilio.com/docs/messaging/guides/webhook-request and .../track-outbound-message-status.
"""

from datetime import datetime

from infra.local.phones.account import API_VERSION, Account, country_of
from infra.local.phones.messages import Message, Status

FINAL = frozenset({Status.DELIVERED, Status.UNDELIVERED})


def status_fields(
    account: Account, message: Message, status: Status, error_code: int | None, now: datetime
) -> dict[str, str]:
    fields = {
        "SmsSid": message.sid,
        "SmsStatus": status.value,
        "MessageStatus": status.value,
        "To": message.recipient,
        "MessageSid": message.sid,
        "AccountSid": account.sid,
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if error_code is not None:
        fields["ErrorCode"] = str(error_code)
    if status in FINAL:
        fields["RawDlrDoneDate"] = now.strftime("%y%m%d%H%M")
    return fields


def inbound_fields(account: Account, message: Message, opt_out_type: str) -> dict[str, str]:
    fields = {
        "ToCountry": country_of(message.recipient),
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
        "FromCountry": country_of(message.sender),
        "FromState": "",
        "FromCity": "",
        "FromZip": "",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageSid": message.sid,
        "SmsStatus": Status.RECEIVED.value,
        "NumMedia": "0",
        "NumSegments": str(message.segments),
        "Body": message.body,
        "From": message.sender,
        "To": message.recipient,
        "AccountSid": account.sid,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if opt_out_type and account.advanced_opt_out:
        fields["OptOutType"] = opt_out_type
    return fields
