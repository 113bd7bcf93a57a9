"""Every notice there is: who is told what, when, by which ways, and whether they may say no.

What a notice says stands in its module, in `domain/*texts.py`, under the same name; `docs/texts.md` shows all
of it. Whoever tells a person anything takes a row from here: there is no other way to write a text or a mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """A notice goes by every one of its channels that reaches the reader; the first one named comes first."""

    PUSH = "push"
    SMS = "sms"
    MAIL = "mail"


class Reader(StrEnum):
    DOCTOR = "doctor"
    PATIENT = "patient"
    EMPLOYEE = "referred person"
    EMPLOYER = "employer"
    TEAM_LEAD = "team lead"
    TALKER = "who takes part in the conversation"


class Haste(StrEnum):
    AT_ONCE = "at once"  # it cannot wait for the morning
    NOT_AT_NIGHT = "not in quiet hours"
    AS_ORDERED = "as the operator chose for this search"


class Refusing(StrEnum):
    """How a reader says that they do not want it."""

    NEVER = "no"  # the law, or what happens to them otherwise, asks that they are told
    PREFERENCES = "yes, by their preferences"
    STOP = "yes, by the word STOP"
    REMINDERS = "yes, in the settings of reminders"
    DEVICE = "yes, by taking the device off"


@dataclass(frozen=True)
class Notice:
    """`when`: what has happened. `once`: of two notices with the same one, the second is not sent."""

    name: str  # module.what
    reader: Reader
    when: str
    channels: tuple[Channel, ...]
    haste: Haste
    refusing: Refusing
    once: str
    segments_max: int = 1

    @property
    def module(self) -> str:
        return self.name.partition(".")[0]


SMS, MAIL = (Channel.SMS,), (Channel.MAIL,)
BOTH: Final = (Channel.SMS, Channel.MAIL)
_OFFER: Final = Notice("", Reader.DOCTOR, "", SMS, Haste.AS_ORDERED, Refusing.STOP, "the offer")
_END: Final = replace(_OFFER, haste=Haste.AT_ONCE, once="the offer and what is said")
_ANSWER: Final = replace(_END, once="the text that is answered")
_VISIT: Final = Notice("", Reader.PATIENT, "", BOTH, Haste.AT_ONCE, Refusing.NEVER, "the turn of the visit")
_CASE: Final = replace(_VISIT, once="the turn of the case")
_PAPER: Final = replace(_VISIT, haste=Haste.NOT_AT_NIGHT, once="the certificate and the news")
_LEAD: Final = Notice("", Reader.TEAM_LEAD, "", MAIL, Haste.AT_ONCE, Refusing.NEVER, "the certificate")
_REFERRAL: Final = Notice(
    "", Reader.EMPLOYEE, "", BOTH, Haste.NOT_AT_NIGHT, Refusing.NEVER, "the turn of the referral"
)
_FITNESS: Final = replace(_REFERRAL, refusing=Refusing.PREFERENCES, once="the certificate")
_TO_EMPLOYER: Final = replace(_FITNESS, reader=Reader.EMPLOYER, channels=MAIL, haste=Haste.AT_ONCE)
_MORNING: Final = replace(_TO_EMPLOYER, haste=Haste.NOT_AT_NIGHT)
_UNREAD: Final = replace(
    _FITNESS, reader=Reader.DOCTOR, channels=SMS, once="the conversation, until they read"
)

_ROWS: Final[tuple[tuple[Notice, Mapping[str, str]], ...]] = (
    (_OFFER, {"house_visits.offer": "a search asks whether they take a visit"}),
    (
        _END,
        {
            "house_visits.won": "the visit is theirs",
            "house_visits.closed": "somebody else took the visit they were asked about",
            "house_visits.not_needed": "the visit they were asked about was called off",
            "house_visits.offer_over": "the search ended, or went on to one doctor at a time",
            "house_visits.moved": "the visit was moved to another time",
        },
    ),
    (
        _ANSWER,
        {
            "house_visits.already_yours": "they said yes to a visit that is theirs already",
            "house_visits.taken": "they said yes, and somebody else was faster",
            "house_visits.too_late": "they said yes when the visit was over",
            "house_visits.operator_calls": "a person has to read what they wrote",
            "house_visits.declined": "they said no",
            "house_visits.which": "their yes may mean several offers",
            "house_visits.say_clearly": "their answer may mean yes or no",
            "house_visits.unknown_code": "the code they named is no offer of theirs",
            "house_visits.welcome_back": "they want texts again",
        },
    ),
    (
        _VISIT,
        {
            "house_visits.booked": "a doctor comes",
            "house_visits.searching_again": "the doctor who was to come cannot",
            "house_visits.cancelled": "the visit was called off",
            "house_visits.rescheduled": "the visit was moved and a doctor is looked for",
            "house_visits.patient_moved": "the visit was moved and a doctor comes",
            "house_visits.unfilled": "no doctor was found",
            "house_visits.doctor_absent": "the doctor did not come",
            "house_visits.patient_absent": "the doctor found nobody at home",
        },
    ),
    (
        _CASE,
        {
            "certificates.appointment": "an examination has a time, or another one",
            "certificates.appointment_cancelled": "an examination was called off",
        },
    ),
    (
        replace(_PAPER, refusing=Refusing.PREFERENCES),
        {"certificates.ready": "a certificate was issued and printed"},
    ),
    (
        _PAPER,
        {
            "certificates.amended": "a certificate was corrected: the old one no longer holds",
            "certificates.void": "a certificate was withdrawn",
        },
    ),
    (
        _LEAD,
        {
            "certificates.late": "the due day of a certificate has passed",
            "certificates.incident": "a certificate was made void",
        },
    ),
    (
        _REFERRAL,
        {
            "referrals.invited": "their employer refers them to an examination",
            "referrals.scheduled": "the examination has a time, or another one",
            "referrals.called_off": "the referral does not hold any more",
            "referrals.missed": "they did not come to the examination",
        },
    ),
    (_FITNESS, {"referrals.fitness_ready": "their certificate of fitness is ready"}),
    (
        replace(_FITNESS, refusing=Refusing.NEVER),
        {"referrals.fitness_void": "the certificate they were told of was made void"},
    ),
    (
        _TO_EMPLOYER,
        {
            "referrals.fitness_to_employer": "a certificate of fitness is ready",
            "referrals.decided_to_employer": "a certificate of fitness was issued on appeal",
        },
    ),
    (
        replace(_TO_EMPLOYER, refusing=Refusing.NEVER),
        {"referrals.void_to_employer": "a certificate of fitness was made void"},
    ),
    (
        replace(_TO_EMPLOYER, once="the turn of the referral"),
        {
            "referrals.refused_to_employer": "a person they referred will not be examined",
            "referrals.missed_to_employer": "a person they referred did not come",
        },
    ),
    (
        replace(_MORNING, refusing=Refusing.REMINDERS, once="the employer and the day"),
        {"referrals.digest": "in the morning, dates on certificates come nearer"},
    ),
    (
        replace(
            _UNREAD,
            reader=Reader.TALKER,
            channels=(Channel.PUSH,),
            haste=Haste.AT_ONCE,
            refusing=Refusing.DEVICE,
            once="the message and the device",
        ),
        {"chat.message": "somebody wrote; the push names the thread and says nothing"},
    ),
    (_UNREAD, {"chat.unread": "a message was not read for some minutes"}),
)
NOTICES: Final[Mapping[str, Notice]] = {
    name: replace(row, name=name, when=when) for row, names in _ROWS for name, when in names.items()
}
