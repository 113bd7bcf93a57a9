"""Carries webhooks to the application, signed as Twilio signs them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from twilio.request_validator import RequestValidator
from urllib3.exceptions import HTTPError

CONNECT_SECONDS_MAX = 5.0
ANSWER_SECONDS_MAX = 15.0
"""Twilio's own patience."""
ANSWER_BYTES_MAX = 64_000


@dataclass(frozen=True)
class Outcome:
    """`status` 0: no answer came, the connection failed or the patience ended."""

    status: int
    body: bytes = b""

    @property
    def is_worth_a_retry(self) -> bool:
        return self.status == 0 or self.status >= 500

    @property
    def error_code(self) -> int:
        """Twilio's name for what went wrong."""
        return 11200 if self.status else 11205

    def __str__(self) -> str:
        return f"answered {self.status}" if self.status else "no answer"


def new_token() -> str:
    """Tells attempts of one delivery from deliveries of the same message."""
    return str(uuid.uuid4())


class Postman:
    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)

    def post(self, url: str, fields: Mapping[str, str], token: str = "") -> Outcome:
        """The signature covers the URL letter by letter, and every field."""
        headers = {
            "X-Twilio-Signature": self._validator.compute_signature(url, dict(fields)),
            "I-Twilio-Idempotency-Token": token or new_token(),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        try:
            return self._send(url, fields, headers)
        except (requests.RequestException, HTTPError):  # the latter: it broke off in the middle of the answer
            return Outcome(0)

    @staticmethod
    def _send(url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Outcome:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of this machine is no business of loopback calls
            answer = session.post(
                url,
                data=fields,
                headers=headers,
                timeout=(CONNECT_SECONDS_MAX, ANSWER_SECONDS_MAX),
                allow_redirects=False,
                stream=True,
            )
            body: bytes = answer.raw.read(ANSWER_BYTES_MAX, decode_content=True)
            return Outcome(answer.status_code, body)
