"""The seal on a clinic's webhook: `Visita-Signature: t=<unix>,v1=<hex>`, HMAC-SHA256 over "t.body".

During a change of secrets we accept both, and the sender may write one v1 for each.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from shared.kernel.errors import NotAdmitted

HEADER: Final = "Visita-Signature"
TOLERANCE: Final = timedelta(minutes=5)
SIGNATURES_MAX: Final = 5
SECONDS: Final = re.compile("[0-9]{1,12}")
HEADER_LENGTH_MAX: Final = 1000


class WrongClinicSignature(NotAdmitted):
    """The webhook is not signed with the agreed secret, or too long ago."""


def sign(secret: str, body: bytes, at: datetime) -> str:
    """The header's value for a body sent now."""
    told = int(at.timestamp())
    return f"t={told},v1={_seal(secret, told, body)}"


def verify_clinic_signature(secrets: Sequence[str], header: str, body: bytes, now: datetime) -> None:
    """Raises WrongClinicSignature unless one of the secrets signed this body within TOLERANCE of now."""
    told, seals = _parts(header)
    if abs(now.timestamp() - told) > TOLERANCE.total_seconds():
        raise WrongClinicSignature("The signature is too old, or from the future: check the clocks.")
    expected = [_seal(secret, told, body) for secret in secrets if secret]
    # No early end: how long it takes must not tell which of them came close.
    matches = [hmac.compare_digest(one.encode(), seal.encode()) for one in expected for seal in seals]
    if not any(matches):
        raise WrongClinicSignature


def _seal(secret: str, told: int, body: bytes) -> str:
    return hmac.new(secret.encode(), b"%d.%b" % (told, body), hashlib.sha256).hexdigest()


def _parts(header: str) -> tuple[int, list[str]]:
    pairs = [part.strip().partition("=") for part in header[:HEADER_LENGTH_MAX].split(",")]
    times = [value for name, _, value in pairs if name == "t"]
    seals = [value for name, _, value in pairs if name == "v1"][:SIGNATURES_MAX]
    if len(times) != 1 or not SECONDS.fullmatch(times[0]):
        raise WrongClinicSignature("The signature has no time.")
    return int(times[0]), seals
