"""A certificate of fitness that should never have been is made void.

Its number is never given again and nothing is opened again by it: the person's earlier certificate sets the
date once more, where there is one, and a person looks at the referral. A unit used is credited by hand.
"""

from datetime import datetime
from typing import Final, Literal

from functions.referrals.domain.fitness import FitnessCertificate, FitnessEvent, FitnessStatus
from functions.referrals.domain.fitness_letters import file_fitness, tell_fitness
from functions.referrals.domain.referral import Referral
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision

VoidReason = Literal["wrong_person", "wrong_content", "issued_by_mistake", "fraud", "other"]
ATTENTION: Final = "certificate_void"


class FitnessIsVoid(Conflict):
    """This certificate of fitness was made void: its paper is handed out no more."""


def made_void(
    it: FitnessCertificate, reason: VoidReason, note: str, now: datetime
) -> Decision[FitnessCertificate]:
    """Whom it was told hear that it does not hold; older ones count again. Raises NotPossibleNow."""
    after = it.after(FitnessEvent.MAKE_VOID, void_reason=reason, voided_at=now)
    letters = (tell_fitness(after, now, "void"), file_fitness(after, now))
    return Decision(
        after, "made_void", {"reason": reason, "number": it.number}, letters, note=note, manual=True
    )


def noted(referral: Referral, certificate: FitnessCertificate) -> Decision[Referral]:
    """The referral stays examined, and waits for a person: somebody has to phone, and perhaps refer anew."""
    details = {"certificate_id": certificate.id, "number": certificate.number}
    return Decision(referral.but(attention=ATTENTION), "certificate_made_void", details)


def refuse_void(it: FitnessCertificate) -> None:
    """Raises FitnessIsVoid."""
    if it.status == FitnessStatus.VOID:
        raise FitnessIsVoid
