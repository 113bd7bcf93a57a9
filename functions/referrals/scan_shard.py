"""One page of certificates whose day has come: reminders are written, and the next page is asked for.

Certificates, reminders and the next page are one commit: who dies within it has done nothing, and the task
comes again. A certificate that was renewed meanwhile makes the commit collide, and is not found again.
"""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.reminders import Reminder, ScanShard, due_in_shard, looked_at
from shared.kernel.effects import Later
from shared.kernel.errors import AlreadyThere
from shared.runtime.action import Needs, Response, action, task
from shared.runtime.context import Context


class Looked(Response):
    certificates: int
    reminders: int


@action(task("reminders"), needs=Needs(timeout_seconds=120))
def scan_shard(req: ScanShard, ctx: Context) -> Looked:
    """Write down which employers are to be reminded of what."""
    due = ctx.store.select(FitnessCertificate, due_in_shard(req), to_change=True)
    written = 0
    for certificate in due:
        decision, reminders = looked_at(certificate, req.day)
        ctx.store.apply(decision)
        written += sum(_note(one, ctx) for one in reminders)
    if due:
        last = due[-1]
        following = req.but(after_day=str(last.look_on), after_id=last.id)
        ctx.store.send(Later(key=f"expiries-{req.day}-{req.shard}-{last.id}", message=following, at=ctx.now))
    return Looked(certificates=len(due), reminders=written)


def _note(reminder: Reminder, ctx: Context) -> bool:
    """False where the ledger has that line: nothing may keep a share from going on."""
    try:
        ctx.store.create(reminder)
    except AlreadyThere:
        return False
    return True
