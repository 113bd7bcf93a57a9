"""A person with a personal link takes one of the free times. The link opens once; the next one is another.

The clinic is asked right after; until it has answered the time is not certain, and the answer says so.
"""

from typing import Literal

from pydantic import Field

from functions.referrals.domain.arranging import Wish, arranged
from functions.referrals.domain.choosing import doctors_of, examiners
from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.examination import BookedBy
from functions.referrals.domain.missing import paid_again
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.slot_link import CODE_MAX, SlotLink, link_id, opened
from shared.contracts.directory import Clinic, Doctor
from shared.runtime.action import Request, Response, action, public
from shared.runtime.context import Context


class ChooseSlot(Request, Wish):
    """`code` as it stands in the link, the rest as it was proposed."""

    code: str = Field(min_length=1, max_length=CODE_MAX)


class SlotChosen(Response):
    """`asked`: the clinic is being asked; a message says what it answered."""

    outcome: Literal["asked", "scheduled"]


@action(public("/v1/examinations:choose", by_link=True, reads=False))
def choose_slot(req: ChooseSlot, ctx: Context) -> SlotChosen:
    """Choose the time of the examination that a personal link is for."""
    link = ctx.store.find(SlotLink, link_id(ctx.ports.seals, ctx.actor.tenant_id, req.code))
    named = ctx.store.find(Referral, link.referral_id) if link else None
    referral = opened(link, newest_of(ctx.store, named))
    assert link is not None
    clinic = ctx.store.get(Clinic, req.clinic_id)
    who = examiners(ctx.store.select(Doctor, doctors_of(clinic.id)))
    decision = arranged(paid_again(ctx.store, referral, ctx.now), req, clinic, who, BookedBy.LINK, ctx.now)
    ctx.store.apply(decision)
    ctx.store.put(link.but(used=True))
    return SlotChosen(outcome="asked" if decision.record.clinic_ask else "scheduled")
