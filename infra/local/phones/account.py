"""The account that the twin plays: who may ask, which numbers it owns, how it treats STOP."""

from dataclasses import dataclass

import phonenumbers

API_VERSION = "2010-04-01"


@dataclass(frozen=True)
class Account:
    """With a messaging service, STOP to one number stops all of them, as at Twilio."""

    sid: str
    token: str
    senders: tuple[str, ...]
    service_sid: str = ""
    advanced_opt_out: bool = False

    def scope_of(self, sender: str) -> str:
        """What a phone opts out of when it says STOP to this number."""
        return self.service_sid or sender


def country_of(number: str) -> str:
    """Two letters, or nothing for a number of no country (short codes, nonsense)."""
    try:
        return str(phonenumbers.region_code_for_number(phonenumbers.parse(number)) or "")
    except phonenumbers.NumberParseException:
        return ""
