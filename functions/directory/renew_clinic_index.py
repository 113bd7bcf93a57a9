"""Every night: pack the clinic index anew, so that whatever may have crept in lives a day at most."""

from functions.directory.domain.index import rebuild_letter
from functions.directory.domain.sync import run_of
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class RenewClinicIndex(Request):
    pass


@action(schedule("40 3 * * *"))
def renew_clinic_index(req: RenewClinicIndex, ctx: Context) -> Done:
    """Have the clinic index rebuilt from the clinics themselves."""
    letter = rebuild_letter(ctx.actor.tenant_id, f"night-{run_of(ctx.now)}", ctx.now, always=True)
    ctx.store.send(letter)
    return Done()
