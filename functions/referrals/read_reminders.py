"""When, where and in which language an employer is reminded."""

from functions.referrals.domain.reminders import ReminderChoice, ReminderSettings, choice_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ReadReminders(Request):
    pass


class MyReminders(Response, ReminderChoice):
    pass


@action(get("/v1/my-reminders"), role=Role.EMPLOYER, scope=Scope.OWN)
def read_reminders(req: ReadReminders, ctx: Context) -> MyReminders:
    """Read when and where your company is reminded of examinations."""
    me = ctx.actor.record_id
    kept = ctx.store.find(ReminderSettings, me) or ReminderSettings(id=me, tenant_id=ctx.actor.tenant_id)
    return MyReminders(**choice_of(kept).model_dump())
