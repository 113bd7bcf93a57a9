"""Somebody says which notices they do not want by which way, and when they want quiet."""

from pydantic import Field

from functions.messaging.domain.preferring import NoticeChoice, choices_of, preferred, unchosen
from shared.contracts.notice_rules import REFUSED_MAX, NoticePreferences, Refused
from shared.kernel.actors import Role, Scope
from shared.kernel.times import QuietHours
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class SetNoticePreferences(Request):
    """All of it: what is not named in `refused` is wanted. `quiet_hours` null: the usual ones."""

    refused: tuple[Refused, ...] = Field(default=(), max_length=REFUSED_MAX)
    quiet_hours: QuietHours | None = None


class NoticesChosen(Response):
    notices: tuple[NoticeChoice, ...]
    quiet_hours: QuietHours | None


@action(post("/v1/me/notice-preferences"), role=(Role.DOCTOR, Role.PATIENT, Role.EMPLOYER), scope=Scope.OWN)
def set_notice_preferences(req: SetNoticePreferences, ctx: Context) -> NoticesChosen:
    """Choose which notices you do not want, and your quiet hours; what must be told cannot be refused."""
    blank = unchosen(ctx.actor)
    known = ctx.store.find(NoticePreferences, blank.id) or blank
    decision = preferred(known, req.refused, req.quiet_hours)
    after = ctx.store.apply(decision) if decision is not None else known
    return NoticesChosen(notices=choices_of(after), quiet_hours=after.quiet_hours)
