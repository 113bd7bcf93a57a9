"""Who was to come wrote in the chat that they cannot: the search goes on, or a person asks them.

It may come twice, or late, when the same doctor has taken the visit anew: the instant of the words decides.
"""

from functions.house_visits.domain.backing_out import doubted, is_about
from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.reopening import withdraw_winner
from functions.house_visits.domain.visit import Visit
from shared.contracts.chat import WorkerCannot
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(WorkerCannot))
def hear_chat(req: WorkerCannot, ctx: Context) -> Done:
    """Act on a doctor's word in the chat that they cannot come."""
    ctx.store.prefetch((Visit, req.case_id), (Diary, req.doctor_id))
    visit = ctx.store.find(Visit, req.case_id)
    if visit is None or not is_about(req, visit):
        return Done()
    if not req.is_sure:
        ctx.store.change(Visit, visit.id, lambda now: doubted(now, req))
        return Done()
    ctx.store.apply(withdraw_winner(visit, ctx.now, "doctor_wrote_in_chat"))
    forget(visit, ctx.store)
    return Done()
