"""What somebody may be told, by which ways, and what of it they have refused."""

from functions.messaging.domain.preferring import NoticeChoice, choices_of, unchosen
from shared.contracts.notice_rules import NoticePreferences
from shared.kernel.actors import Role, Scope
from shared.kernel.times import QuietHours
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class GetNoticePreferences(Request):
    pass


class MyNotices(Response):
    """`quiet_hours` null: 21:00 to 7:00 where your case is; a doctor's are those of the directory."""

    notices: tuple[NoticeChoice, ...]
    quiet_hours: QuietHours | None


@action(get("/v1/me/notice-preferences"), role=(Role.DOCTOR, Role.PATIENT, Role.EMPLOYER), scope=Scope.OWN)
def get_notice_preferences(req: GetNoticePreferences, ctx: Context) -> MyNotices:
    """List every notice that may reach you, what of it you may refuse, and your quiet hours."""
    blank = unchosen(ctx.actor)
    known = ctx.store.find(NoticePreferences, blank.id) or blank
    return MyNotices(notices=choices_of(known), quiet_hours=known.quiet_hours)
