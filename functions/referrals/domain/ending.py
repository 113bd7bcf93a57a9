"""A referral ends without an examination: revoked, refused or expired; its unit comes back."""

from datetime import datetime
from typing import Final, Literal

from functions.referrals.domain.coverage import Store
from functions.referrals.domain.employer_news import tell_employer
from functions.referrals.domain.letters import release_letters, tell_employee
from functions.referrals.domain.referral import Referral, ReferralEvent, ReferralStatus
from shared.kernel.records import Decision

RevokeReason = Literal["exposure_changed", "not_hired", "left", "issued_in_error", "other"]
RefuseReason = Literal["does_not_want", "works_no_more", "examined_elsewhere", "other"]

REISSUES_MAX: Final = 50

_DID: Final = {
    ReferralEvent.REVOKE: "revoked",
    ReferralEvent.REFUSE: "refused",
    ReferralEvent.EXPIRE: "expired",
}


def ended(referral: Referral, event: ReferralEvent, reason: str, now: datetime) -> Decision[Referral]:
    """Whoever was invited is told not to come, and a clinic lets the time go; of a refusal the employer is
    told. Raises NotPossibleNow."""
    told = referral.told_epoch > 0 and event != ReferralEvent.REFUSE
    after = referral.after(
        event, end_reason=reason, epoch=referral.epoch + 1, look_at=None, attention="", clinic_ask=None
    )
    notices = (tell_employee(after, "called_off", now),) if told else ()
    if event == ReferralEvent.REFUSE:
        notices = (tell_employer(after, "refused", now),)
    return Decision(after, _DID[event], {"reason": reason}, (*notices, *release_letters(referral, now)))


def replaced(old: Referral, new: Referral, now: datetime) -> Decision[Referral]:
    """Revoked because another one says it better; the person is told of that one alone. An appointment goes
    over; a clinic that is only being asked lets the time go, for the person chooses anew."""
    after = old.after(
        ReferralEvent.REVOKE,
        end_reason="reissued",
        reissued_as=new.id,
        epoch=old.epoch + 1,
        look_at=None,
        attention="",
        clinic_ask=None,
    )
    lets_go = () if new.examination else release_letters(old, now)
    return Decision(after, "reissued", {"as": new.id, "revision": new.revision}, lets_go)


def taking_over(old: Referral, new: Referral) -> Referral:
    """The new referral with what was arranged for the old one: the appointment stays, and so do the link to
    move it and its place in the person's calendar. Not yet staged."""
    facts = {"reissue_of": old.id, "revision": old.revision + 1, "link_round": old.link_round}
    if old.examination is None or old.status != ReferralStatus.SCHEDULED:
        return new.but(**facts)
    return new.but(
        **facts,
        status=ReferralStatus.SCHEDULED,
        examination=old.examination,
        epoch=old.epoch,
        told_epoch=old.told_epoch,
        arranged_for=old.arranged_for or old.id,
        ways=old.ways,
        is_unreached=old.is_unreached,
    )


def newest_of(store: Store, referral: Referral | None) -> Referral | None:
    """The one that has taken its place, where it was reissued: clinics and links know the first one only."""
    for _ in range(REISSUES_MAX):
        if referral is None or not referral.reissued_as:
            break
        referral = store.find(Referral, referral.reissued_as)
    return referral
