"""A page of the nightly look at the reminders: each certificate was told of each threshold once."""

from functions.referrals.domain.checking import (
    LINES_MAX,
    CheckReminders,
    all_about,
    next_reminders,
    reminders_of,
)
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.reminder_promises import tells_once
from functions.referrals.domain.reminders import Reminder
from shared.kernel.promises import FOUND, PROMISES, names_of, news, told
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_reminders(req: CheckReminders, ctx: Context) -> Done:
    """Ask the certificates that these reminders speak of whether anything was told twice."""
    page = ctx.store.select(Reminder, reminders_of(req))
    named = sorted({one.certificate_id for one in page})
    every = ctx.store.select(Reminder, all_about(named)) if named else []
    for certificate in ctx.store.find_many(FitnessCertificate, named):
        wrong = told(tells_once, (one for one in every if one.certificate_id == certificate.id))
        if wrong and (details := news(wrong, names_of(wrong), ctx.store.activity(certificate, 0, LINES_MAX))):
            ctx.store.apply(Decision(certificate, FOUND, details))
            ctx.promise_broken(certificate, details[PROMISES])
    ctx.store.send(*next_reminders(req, page, ctx.now))
    return Done()
