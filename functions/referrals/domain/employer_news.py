"""An employer hears by mail that a person it referred was not examined, and what became of the unit.

The mail names the referral by its number: whose it is, and why they did not want, stays with us.
"""

from datetime import datetime
from typing import Literal

from functions.referrals.domain.employer_texts import employer_mail
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer
from shared.contracts.notice_letters import mail_letter
from shared.contracts.notice_rules import NoticePreferences, decide, ways_of
from shared.contracts.notice_words import speech_of
from shared.contracts.notices import NOTICES
from shared.kernel.effects import Effect, Later, Message, SendMail
from shared.kernel.records import Decision

EmployerNews = Literal["refused", "missed"]


class TellEmployer(Message):
    """`epoch`: of the referral when it happened. `unit_back`: whether a package had paid for it."""

    referral_id: str
    epoch: int
    news: EmployerNews
    unit_back: bool


def tell_employer(referral: Referral, news: EmployerNews, now: datetime) -> Later:
    """`referral` as it is after it happened."""
    message = TellEmployer(
        referral_id=referral.id, epoch=referral.epoch, news=news, unit_back=referral.entitlement_id != ""
    )
    return Later(key=f"tell-employer-{referral.id}-{referral.epoch}", message=message, at=now)


def employer_told(
    referral: Referral,
    employer: Employer | None,
    wants: NoticePreferences | None,
    message: TellEmployer,
    now: datetime,
) -> Decision[Referral] | None:
    """None where it has been told, or a later time has. It is told however late: it was so."""
    if referral.employer_told_epoch >= message.epoch:
        return None
    letters: list[Effect] = []
    full = f"referrals.{message.news}_to_employer"
    if employer is not None and decide(NOTICES[full], ways_of("", employer.email), now, preferences=wants).by:
        letters.append(_mail(full, referral, employer, message))
    after = referral.but(employer_told_epoch=message.epoch)
    told = {"news": message.news, "letters": len(letters)}
    return Decision(after, "employer_told", told, tuple(letters))


def _mail(full: str, referral: Referral, employer: Employer, message: TellEmployer) -> SendMail:
    speech = speech_of(employer.language)
    said = employer_mail(full, speech, "", referral.number, unit_back=message.unit_back)
    key = f"referral-employer-{referral.id}-{message.epoch}"
    return mail_letter(said, key=key, to=employer.email, about=referral.id)
