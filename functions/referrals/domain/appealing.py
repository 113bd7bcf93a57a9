"""An appeal against a certificate of fitness: lodged in time, decided by a second examination, then final.

Until it is decided the certificate stands, flagged.
"""

from datetime import date, datetime, timedelta

from functions.referrals.domain.fitness import Appeal, AppealBy, FitnessCertificate, FitnessEvent
from functions.referrals.domain.jurisdiction import profile_of
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision


class TooLateToAppeal(Conflict):
    """The days in which one may appeal are over."""


def lodged(
    it: FitnessCertificate, by: AppealBy, reason: str, day: date, now: datetime
) -> Decision[FitnessCertificate]:
    """`day`: on which it came in, where it was issued. Raises NotPossibleNow, TooLateToAppeal."""
    law = profile_of(it.jurisdiction)
    last = it.issued_on + timedelta(days=law.appeal_days)
    if day > last:
        raise TooLateToAppeal(f"The last day was {last.isoformat()}.")
    appeal = Appeal(
        by=by,
        lodged_at=now,
        lodged_on=day,
        examine_by=day + timedelta(days=law.reexamine_days),
        reason=reason,
    )
    after = it.after(FitnessEvent.APPEAL, appeal=appeal)
    details: dict[str, str | int | float | bool] = {
        "by": by.value,
        "examine_by": appeal.examine_by.isoformat(),
    }
    return Decision(after, "appealed", details)


def confirmed(it: FitnessCertificate, now: datetime) -> Decision[FitnessCertificate]:
    """The second examination says the same: nothing more can be lodged."""
    return _decided(it, FitnessEvent.CONFIRM, "appeal_confirmed", now)


def withdrawn(it: FitnessCertificate, now: datetime) -> Decision[FitnessCertificate]:
    return _decided(it, FitnessEvent.WITHDRAW_APPEAL, "appeal_withdrawn", now)


def superseded(it: FitnessCertificate, by: FitnessCertificate, now: datetime) -> Decision[FitnessCertificate]:
    """The second examination says otherwise: what it says takes this one's place."""
    appeal = it.appeal.but(decided_at=now) if it.appeal else None
    after = it.after(FitnessEvent.SUPERSEDE, superseded_by=by.id, appeal=appeal)
    return Decision(after, "superseded", {"by": by.id})


def _decided(
    it: FitnessCertificate, event: FitnessEvent, did: str, now: datetime
) -> Decision[FitnessCertificate]:
    appeal = it.appeal.but(decided_at=now) if it.appeal else None
    return Decision(it.after(event, appeal=appeal), did)
