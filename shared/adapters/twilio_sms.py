"""Sends and finds texts at Twilio. A send is never repeated here: Twilio has no idempotency key.

Whoever gets SmsUnknown asks `find_sent` before sending again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from shared.contracts.sms import (
    InboundSms,
    OutboundSms,
    SmsAccepted,
    SmsRefused,
    SmsRejectedAccount,
    SmsUnknown,
)

PERMANENT: Final[Mapping[int, str]] = {
    21211: "the phone number is not valid",
    21217: "the phone number is not valid",
    21265: "the phone number is a short code",
    21266: "the phone number is our own",
    21408: "our account may not send to that country",
    21601: "our number cannot send texts",
    21602: "the text is empty",
    21603: "our own number was not named",
    21604: "no phone number was named",
    21606: "our number cannot send to this phone",
    21608: "a trial account may not send to this phone",
    21609: "our status address is not a valid URL",
    21610: "the person has opted out",
    21612: "our number cannot reach this phone",
    21614: "the phone number is not a mobile number",
    21617: "the text is too long",
    21619: "the text is empty",
    21624: "the validity period is out of range",
    21635: "the phone is a landline",
    21659: "our number does not belong to our account",
    21660: "our number does not belong to our account",
    30003: "the phone is unreachable",
    30004: "the phone or its carrier blocks us",
    30005: "the phone does not exist",
    30006: "the phone is a landline or its carrier is unreachable",
    30007: "the carrier filtered the text",
}
"""Codes after which the same text to the same phone would bring the same no: move on at once.

30003 may heal within hours; an offer cannot wait for that. twilio.com/docs/api/errors
"""

ACCOUNT_CODES: Final = frozenset({20003, 20005, 20006, 20008, 30002})
"""Account suspended, access denied: nothing can be sent until people act. Transport knows the plain 401."""

API: Final = "https://api.twilio.com/2010-04-01"
TIMEOUT_SECONDS: Final = 8.0
LOOKED_THROUGH_MAX: Final = 200
INBOUND_SCAN_MAX: Final = 5_000
PAGE_SIZE: Final = 1_000
SENDERS_MAX: Final = 200
CLOCK_SLACK: Final = timedelta(seconds=30)
"""Twilio's clock and ours may differ by so much."""


class TwilioSms:
    """`base_url` points to the local cloud; empty means Twilio itself."""

    def __init__(
        self, account: str, token: str, base_url: str = "", *, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        self._account = account
        self._token = token
        self._base_url = base_url
        self._timeout_seconds = timeout_seconds

    def send(self, sms: OutboundSms) -> SmsAccepted:
        """Raises SmsRefused, SmsThrottled, SmsUnknown, SmsRejectedAccount.

        By the library's plain request: `client.messages` would load all of Twilio's products first,
        ninety modules that cost a cold function more than everything else about a text.
        """
        fields = {
            "To": sms.to,
            "From": sms.sender,
            "Body": sms.body,
            "ValidityPeriod": sms.validity_seconds,
            "StatusCallback": sms.status_url,
        }
        uri = f"{API}/Accounts/{self._account}/Messages.json"
        with _refusals():
            answer = self._client.request("POST", uri, data=fields)
            if not 200 <= answer.status_code < 300:
                raise _in_our_words(answer.status_code, _code_in(answer.text))
            made = json.loads(answer.text)
            return SmsAccepted(made["sid"], int(made["num_segments"] or 0))

    def find_sent(self, to: str, since: datetime, containing: str) -> SmsAccepted | None:
        """The newest text to that phone since then whose body holds the marker. Raises as `send`.

        Not filtered by date at Twilio: a text that still waits in the queue has no date of sending.
        """
        with _refusals():
            found = self._client.messages.list(to=to, limit=LOOKED_THROUGH_MAX)
        for message in found:
            if containing in (message.body or "") and message.date_created >= since - CLOCK_SLACK:
                return _accepted(message)
        return None

    def inbound_since(self, since: datetime, limit: int) -> Sequence[InboundSms]:
        """What people texted to our numbers, oldest first, so that a reader can go on where it stopped.

        Of more than INBOUND_SCAN_MAX to one number the oldest are not seen. Raises as `send`.
        """
        with _refusals():
            found = [
                _inbound(message)
                for number in self._client.incoming_phone_numbers.list(limit=SENDERS_MAX)
                for message in self._client.messages.list(
                    to=number.phone_number,
                    date_sent_after=since - CLOCK_SLACK,
                    limit=INBOUND_SCAN_MAX,
                    page_size=PAGE_SIZE,
                )
                if message.direction == "inbound"
            ]
        return sorted(found, key=lambda one: (one.received_at, one.sid))[:limit]

    @cached_property
    def _client(self) -> Any:
        # Imported late: the library takes half a second, and most functions never send a text.
        from twilio.rest import Client

        from shared.adapters.twilio_http import Transport

        return Client(
            self._account, self._token, http_client=Transport(self._base_url, self._timeout_seconds)
        )


@contextmanager
def _refusals() -> Iterator[None]:
    """Twilio's errors in our words."""
    from requests import RequestException
    from twilio.base.exceptions import (
        TwilioException,
        TwilioRestException,
        TwilioServiceException,
    )

    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        raise _in_our_words(int(error.status), int(error.code or 0)) from error
    except (TwilioException, RequestException, ValueError, KeyError, TypeError) as error:
        # The last three are an answer that is cut or no JSON at all: it may have been a yes.
        raise SmsUnknown from error


def _code_in(text: str) -> int:
    """Twilio's error code; 0 where the answer tells none."""
    try:
        return int(json.loads(text)["code"])
    except (ValueError, TypeError, KeyError):
        return 0


def _in_our_words(status: int, code: int) -> Exception:
    if code in ACCOUNT_CODES:
        return SmsRejectedAccount(str(code))
    if 400 <= status < 500 and status != 408:
        return SmsRefused(code, permanent=code in PERMANENT)
    return SmsUnknown(str(status))


def _accepted(message: Any) -> SmsAccepted:
    return SmsAccepted(message.sid, int(message.num_segments or 0))


def _inbound(message: Any) -> InboundSms:
    return InboundSms(
        sid=message.sid,
        sender=message.from_,
        recipient=message.to,
        body=message.body or "",
        received_at=message.date_sent or message.date_created,
    )
