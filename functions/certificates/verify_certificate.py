"""Anybody who holds a paper may ask whether it still holds: by its number and the code on it.

Nothing else is said, and a wrong number is answered like a wrong code. Both together are hashed with a key of
ours, and the hash names the record: there is nothing to compare and nothing to try numbers on.
"""

from typing import Literal

from pydantic import Field

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.verifying import RESULTS
from shared.contracts.numbering import VerificationKey, proof_key
from shared.runtime.action import Request, Response, action, public
from shared.runtime.context import Context


class VerifyCertificate(Request):
    """As they stand on the paper; spaces, dashes and small letters do not matter."""

    number: str = Field("", max_length=60)
    code: str = Field("", max_length=40)


class Verified(Response):
    """`unknown`: there is no certificate with this number and this code."""

    result: Literal["valid", "superseded", "void", "unknown"]


@action(public("/v1/certificates:verify"))
def verify_certificate(req: VerifyCertificate, ctx: Context) -> Verified:
    """Say whether a certificate is valid, superseded or void."""
    key = ctx.store.find(
        VerificationKey, proof_key(ctx.actor.tenant_id, req.number, req.code, ctx.ports.seals)
    )
    certificate = ctx.store.find(Certificate, key.certificate_id) if key else None
    return Verified(result=RESULTS[certificate.status] if certificate else "unknown")
