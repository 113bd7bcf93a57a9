"""A phone wants no texts any more, or wants them again: that is kept, and every doctor who has it is marked.

It may be anybody's phone: whoever is about to text it asks what it said last (`contracts/opt_outs.py`).
Messages may come out of order; the text that was received last decides.
"""

from functions.directory.domain.opt_outs import doctors_with, heeding
from shared.contracts.directory import Doctor
from shared.contracts.messaging import InboundText, PhoneOptedOut
from shared.contracts.opt_outs import OptOut
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(PhoneOptedOut))
def note_opt_out(req: PhoneOptedOut, ctx: Context) -> Done:
    """Remember what a phone said about texts, and mark the doctors who have it."""
    text = ctx.store.find(InboundText, req.text_id) if req.text_id else None
    said = OptOut(
        id=req.phone_key,
        tenant_id=ctx.actor.tenant_id,
        opted_out=req.opted_out,
        as_of=text.received_at if text else ctx.now,
    )
    known = ctx.store.find(OptOut, req.phone_key)
    if known is not None and known.as_of > said.as_of:
        return Done()
    ctx.store.put(said)
    ids = [one.id for one in ctx.store.select(Doctor, doctors_with(req.phone_key))]
    for doctor in ctx.store.find_many(Doctor, ids):  # read again by id: a query's rows may not be replaced
        marked = doctor.but(phones=heeding(doctor.phones, {said.id: said}, doctor.phones))
        if marked != doctor:
            ctx.store.put(marked)
    return Done()
