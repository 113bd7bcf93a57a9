"""How Twilio's library reaches Twilio: impatient, silent, never trying twice. Imported on first use only."""

from typing import Any
from urllib.parse import urlsplit

from requests import ConnectionError as NoConnection
from requests import ConnectTimeout
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from urllib3.exceptions import MaxRetryError, NewConnectionError

from shared.contracts.sms import SmsRejectedAccount, SmsThrottled

RETRY_AFTER_SECONDS_MAX = 3_600


class Transport(TwilioHttpClient):  # type: ignore[misc]  # its base is untyped
    """`base_url` replaces api.twilio.com in the local cloud; empty in production."""

    def __init__(self, base_url: str = "", timeout_seconds: float = 8.0) -> None:
        super().__init__(timeout=timeout_seconds)
        self._base_url = base_url.rstrip("/")
        if self._base_url:
            self.session.trust_env = False  # a proxy of this machine is no business of loopback calls

    def request(self, method: str, url: str, *given: Any, **named: Any) -> Response:
        """Raises SmsThrottled where it is certain that nothing was sent and that trying later may help.

        Also SmsRejectedAccount: the library hides the status of a refused list.
        """
        try:
            answer = super().request(method, self._directed(url), *given, **named)
        except (ConnectTimeout, NoConnection) as failed:
            if _never_connected(failed):
                raise SmsThrottled from failed
            raise
        if answer.status_code == 429:
            raise SmsThrottled(_seconds(answer.headers.get("Retry-After", "")))
        if answer.status_code == 401:
            raise SmsRejectedAccount("401")
        return answer

    def log_request(self, _: Any) -> None:
        """Nothing: the library would log phones and texts."""

    def log_response(self, *_: Any) -> None:
        """Nothing, for the same reason."""

    def _directed(self, url: str) -> str:
        if not self._base_url:
            return url
        parts = urlsplit(url)
        return f"{self._base_url}{parts.path}{f'?{parts.query}' if parts.query else ''}"


def _never_connected(failed: Exception) -> bool:
    """No server was reached, so none can have taken the message."""
    cause = failed.args[0] if failed.args else None
    return isinstance(failed, ConnectTimeout) or (
        isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    )


def _seconds(header: str) -> int:
    return min(int(header), RETRY_AFTER_SECONDS_MAX) if header.isdigit() else 0
