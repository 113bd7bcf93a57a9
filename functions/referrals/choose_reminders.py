"""An employer chooses how long before a date, in which language and at which addresses it is reminded."""

from functions.referrals.domain.reminders import ReminderChoice, ReminderSettings, chosen
from shared.contracts.directory import Employer
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class ChooseReminders(Request, ReminderChoice):
    pass


class RemindersChosen(Response, ReminderChoice):
    pass


@action(post("/v1/my-reminders"), role=Role.EMPLOYER, scope=Scope.OWN)
def choose_reminders(req: ChooseReminders, ctx: Context) -> RemindersChosen:
    """Choose when and where your company is reminded of examinations."""
    me = ctx.actor.record_id
    choice = ReminderChoice(**req.model_dump())
    ctx.store.prefetch((Employer, me), (ReminderSettings, me))
    ctx.store.get(Employer, me)  # settings lie under its name: whose it is not has none
    kept = ctx.store.find(ReminderSettings, me) or ReminderSettings(id=me, tenant_id=ctx.actor.tenant_id)
    decision = chosen(kept, choice)
    if decision is not None:
        ctx.store.apply(decision)
    return RemindersChosen(**req.model_dump())
