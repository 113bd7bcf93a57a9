"""What a person wants to be told: every notice that may reach them, and which of them they may refuse."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from shared.contracts.notice_rules import NoticePreferences, Refused, preferences_id, told_to
from shared.contracts.notices import Channel, Haste, Refusing
from shared.kernel.actors import Actor
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Decision, Value
from shared.kernel.times import QuietHours

QUIET_MAX: Final = timedelta(hours=14)
_ANY_DAY: Final = date(2026, 6, 1)


class NoSuchNotice(Invalid):
    """There is no such notice, or it does not come by that way: read your preferences to see all of them."""


class MustBeTold(Invalid):
    """This cannot be refused: the law, or what may happen otherwise, asks that you are told."""


class QuietTooLong(Invalid):
    """Quiet hours may last fourteen hours at most, or nothing would reach you in time."""


class NoticeChoice(Value):
    """`when`: what has happened. `may_refuse`: how, or "no". `waits`: whether quiet hours hold it back."""

    notice: str
    when: str
    channel: Channel
    wanted: bool
    may_refuse: Refusing
    waits: bool


def unchosen(actor: Actor) -> NoticePreferences:
    """Of who has chosen nothing yet: everything is wanted."""
    mine = preferences_id(actor.tenant_id, actor.role, actor.record_id)
    return NoticePreferences(id=mine, tenant_id=actor.tenant_id, role=actor.role, record_id=actor.record_id)


def choices_of(kept: NoticePreferences) -> tuple[NoticeChoice, ...]:
    return tuple(
        NoticeChoice(
            notice=one.name,
            when=one.when,
            channel=channel,
            wanted=not kept.refuses(one, channel),
            may_refuse=one.refusing,
            waits=one.haste == Haste.NOT_AT_NIGHT,
        )
        for one in told_to(kept.role)
        for channel in one.channels
    )


def preferred(
    kept: NoticePreferences, refused: Sequence[Refused], quiet: QuietHours | None
) -> Decision[NoticePreferences] | None:
    """None where that was chosen before. Raises NoSuchNotice, MustBeTold, QuietTooLong."""
    known = {one.name: one for one in told_to(kept.role)}
    for place, one in enumerate(refused):
        notice = known.get(one.notice)
        at = f"/refused/{place}/notice"
        if notice is None or one.channel not in notice.channels:
            raise NoSuchNotice(errors=[FieldError(at, "no notice of yours by that way")])
        if notice.refusing != Refusing.PREFERENCES:
            raise MustBeTold(errors=[FieldError(at, f"may be refused: {notice.refusing}")])
    if quiet is not None and _length(quiet) > QUIET_MAX:
        raise QuietTooLong(errors=[FieldError("/quiet_hours", "at most fourteen hours")])
    after = kept.but(refused=tuple(dict.fromkeys(refused)), quiet_hours=quiet)
    if after == kept:
        return None
    return Decision(after, "chosen", {"refused": len(after.refused), "own_quiet_hours": quiet is not None})


def _length(quiet: QuietHours) -> timedelta:
    begins, ends = (datetime.combine(_ANY_DAY, one) for one in (quiet.begins, quiet.ends))
    return ends - begins if begins <= ends else ends + timedelta(days=1) - begins
