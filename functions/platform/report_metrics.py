"""Every minute: how old the outbox is and how much lies buried, for alerts and for the status page.

Alerts also listen for silence: that this speaks shows that schedules run.
"""

from shared.kernel.ports import Query
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.backlog import CURRENT, StatusNote, outbox_age_seconds
from shared.runtime.context import Context
from shared.runtime.dead_letters import DeadLetter

LETTERS_MAX = 100


class ReportMetrics(Request):
    pass


@action(schedule("* * * * *"))
def report_metrics(req: ReportMetrics, ctx: Context) -> Done:
    """Say how old the outbox is and how many messages lie buried."""
    newest = Query(DeadLetter.kind, order=(("buried_at", "desc"), ("id", "asc")), limit=LETTERS_MAX)
    buried = sum(one.replayed_at is None for one in ctx.store.select(DeadLetter, newest))
    note = StatusNote(
        id=CURRENT,
        tenant_id=ctx.actor.tenant_id,
        at=ctx.now,
        outbox_age_seconds=outbox_age_seconds(ctx.ports, ctx.now),
        dead_letters=buried,
    )
    ctx.figures["outbox_age_seconds"] = note.outbox_age_seconds
    ctx.figures["dead_letters"] = note.dead_letters
    ctx.store.put(note)
    return Done()
