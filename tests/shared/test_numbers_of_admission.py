"""The numbers that stand guard at the doors: whoever changes one changes it here as well, on purpose."""

import pytest

from shared.adapters import (
    clinic_signature,
    firebase_identity,
    google_keys,
    sign_in_events,
    twilio_signature,
    user_keys,
)
from shared.runtime import membership


@pytest.mark.parametrize(
    ("number", "agreed"),
    [
        (firebase_identity.SKEW_SECONDS, 10),
        (firebase_identity.WAIT_SECONDS, 5),
        (google_keys.LIFE_SECONDS, 3600),
        (google_keys.TIMEOUT_SECONDS, 5),
        (membership.REMEMBERED.total_seconds(), 45),
        (membership.PEOPLE_MAX, 2_000),
        (sign_in_events.ATTRIBUTES_MAX, 60),
        (sign_in_events.VALUES_MAX, 300),
        (sign_in_events.VALUE_LENGTH_MAX, 256),
        (clinic_signature.HEADER_LENGTH_MAX, 1_000),
        (twilio_signature.MEDIA_MAX, 10),
    ],
)
def test_a_guard_is_as_strict_as_agreed(number: float, agreed: float) -> None:
    assert number == agreed


def test_keys_come_from_google_alone() -> None:
    host = "https://www.googleapis.com"
    agreed = f"{host}/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com"
    assert agreed == user_keys.KEYS_URL
