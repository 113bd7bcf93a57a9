"""Anybody who holds a certificate of fitness may ask whether it still holds, by its number and code.

Nothing else is said, and a wrong number is answered like a wrong code.
"""

from typing import Literal

from pydantic import Field

from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from shared.contracts.numbering import VerificationKey, proof_key
from shared.runtime.action import Request, Response, action, public
from shared.runtime.context import Context

RESULTS: dict[FitnessStatus, Literal["valid", "superseded", "void"]] = {
    FitnessStatus.VALID: "valid",
    FitnessStatus.APPEALED: "valid",
    FitnessStatus.FINAL: "valid",
    FitnessStatus.SUPERSEDED: "superseded",
    FitnessStatus.VOID: "void",
}


class VerifyFitness(Request):
    """As they stand on the paper; spaces, dashes and small letters do not matter."""

    number: str = Field("", max_length=60)
    code: str = Field("", max_length=40)


class FitnessVerified(Response):
    """`unknown`: there is no certificate with this number and this code."""

    result: Literal["valid", "superseded", "void", "unknown"]


@action(public("/v1/fitness-certificates:verify"))
def verify_fitness(req: VerifyFitness, ctx: Context) -> FitnessVerified:
    """Say whether a certificate of fitness is valid, superseded or void."""
    key = ctx.store.find(
        VerificationKey, proof_key(ctx.actor.tenant_id, req.number, req.code, ctx.ports.seals)
    )
    certificate = ctx.store.find(FitnessCertificate, key.certificate_id) if key else None
    return FitnessVerified(result=RESULTS[certificate.status] if certificate else "unknown")
