"""A person with a personal link sees the free times near work or near home; nothing of theirs is shown."""

from datetime import timedelta

from pydantic import Field

from functions.referrals.domain.choosing import (
    DAYS_AHEAD,
    LEAD,
    FreeSlot,
    Near,
    clinics_near,
    doctors_of,
    examiners,
    free_slots,
    place_of,
)
from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.slot_link import CODE_MAX, SlotLink, link_id, opened
from shared.contracts.directory import Clinic, Doctor
from shared.runtime.action import Request, Response, action, public
from shared.runtime.context import Context


class ProposeSlots(Request):
    """`code` as it stands in the link."""

    code: str = Field(min_length=1, max_length=CODE_MAX)
    near: Near = "work"


class SlotsProposed(Response):
    """`found` is false where the place is not known: ask near the other one, or call."""

    slots: tuple[FreeSlot, ...]
    found: bool


@action(public("/v1/examinations:propose", by_link=True))
def propose_slots(req: ProposeSlots, ctx: Context) -> SlotsProposed:
    """List free times for the examination that a personal link is for."""
    link = ctx.store.find(SlotLink, link_id(ctx.ports.seals, ctx.actor.tenant_id, req.code))
    named = ctx.store.find(Referral, link.referral_id) if link else None
    referral = opened(link, newest_of(ctx.store, named))
    place = ctx.ports.geocoder.locate(place_of(referral, req.near))
    if place.found is None:
        return SlotsProposed(slots=(), found=False)
    far = clinics_near(ctx.ports.clinic_search.index(referral.tenant_id), place.found.position)
    clinics = [one for one in ctx.store.find_many(Clinic, tuple(far)) if _examines(one, ctx)]
    since = ctx.now + LEAD
    slots = free_slots(ctx.ports.clinics, clinics, far, since, ctx.now + timedelta(days=DAYS_AHEAD))
    return SlotsProposed(slots=slots, found=True)


def _examines(clinic: Clinic, ctx: Context) -> bool:
    """What is proposed can be chosen."""
    return bool(examiners(ctx.store.select(Doctor, doctors_of(clinic.id))))
