"""An employer hears by mail that a person it referred was not examined, and what became of the unit.

The mail names the referral by its number: whose it is, and why they did not want, stays with us.
"""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Final, Literal

from functions.referrals.domain.referral import Referral
from functions.referrals.domain.texts import Speech, speech_of
from shared.contracts.directory import Employer
from shared.kernel.effects import Effect, Later, Message, SendMail
from shared.kernel.records import Decision

EmployerNews = Literal["refused", "missed"]

_SAID: Final[Mapping[EmployerNews, Mapping[Speech, tuple[str, str]]]] = {
    "refused": {
        "pl": (
            "Odmowa badania lekarskiego",
            "Osoba ze skierowania nr {number} nie podda się badaniu. Skierowanie jest zakończone.",
        ),
        "en": (
            "A medical examination was refused",
            "The person of referral {number} will not be examined. The referral has ended.",
        ),
    },
    "missed": {
        "pl": (
            "Nikt nie przyszedł na badanie lekarskie",
            "Osoba ze skierowania nr {number} nie przyszła na badanie. Może wybrać inny termin.",
        ),
        "en": (
            "Nobody came to a medical examination",
            "The person of referral {number} did not come to the examination. They may choose another time.",
        ),
    },
}
_UNIT: Final[Mapping[EmployerNews, Mapping[Speech, str]]] = {
    "refused": {
        "pl": "Badanie wróciło do Państwa pakietu.",
        "en": "The examination is in your package again.",
    },
    "missed": {
        "pl": "Badanie wróciło do Państwa pakietu; nowy termin znów je z niego pobierze.",
        "en": "The examination is in your package again; another appointment takes one from it.",
    },
}
_FRAME: Final[Mapping[Speech, tuple[str, tuple[str, ...]]]] = {
    "pl": ("Dzień dobry,", ("Szczegóły znajdą Państwo w aplikacji.", "Visita, medycyna pracy")),
    "en": ("Hello,", ("You will find the details in the app.", "Visita, occupational medicine")),
}


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
    referral: Referral, employer: Employer | None, message: TellEmployer
) -> Decision[Referral] | None:
    """None where it has been told, or a later time has. It is told however late: it was so."""
    if referral.employer_told_epoch >= message.epoch:
        return None
    letters: tuple[Effect, ...] = ()
    if employer is not None and employer.email:
        letters = (_mail(referral, employer, message),)
    after = referral.but(employer_told_epoch=message.epoch)
    return Decision(after, "employer_told", {"news": message.news, "letters": len(letters)}, letters)


def _mail(referral: Referral, employer: Employer, message: TellEmployer) -> SendMail:
    speech = speech_of(employer.language)
    subject, lead = _SAID[message.news][speech]
    hello, closing = _FRAME[speech]
    unit = (_UNIT[message.news][speech],) if message.unit_back else ()
    told = (hello, lead.format(number=referral.number), *unit, *closing)
    return SendMail(
        key=f"referral-employer-{referral.id}-{message.epoch}",
        to=employer.email,
        subject=subject,
        text="\n\n".join(told) + "\n",
        html="".join(f"<p>{escape(one)}</p>" for one in told),
        about=referral.id,
    )
