"""Every mail to a patient, in Polish and English: the same words once as text and once as a page.

As little as a text holds: a mail travels open, and others may read the mailbox.
"""

from collections.abc import Mapping
from html import escape
from typing import Final, NamedTuple

from functions.house_visits.domain.patient_texts import agreed, speech_of
from functions.house_visits.domain.texts import Language
from functions.house_visits.domain.visit import Visit
from shared.kernel.times import PreferredWindow


class PatientMail(NamedTuple):
    """`lead` is the one sentence that says it: it also stands in the calendar."""

    subject: str
    lead: str
    text: str
    html: str


_MAILS: Final[Mapping[str, Mapping[Language, tuple[str, str]]]] = {
    "booked": {
        "pl": (
            "Wizyta domowa potwierdzona",
            "Lekarz przyjedzie do Ciebie w podanym czasie. Termin możesz dodać do kalendarza z załącznika.",
        ),
        "en": (
            "Your home visit is confirmed",
            "A doctor will come to you at the time below. The attached file adds it to your calendar.",
        ),
    },
    "searching_again": {
        "pl": (
            "Szukamy innego lekarza",
            "Lekarz, który miał przyjechać, niestety nie może. Szukamy innego na ten sam czas i damy znać.",
        ),
        "en": (
            "We are looking for another doctor",
            "The doctor who was to come cannot. We are looking for another one for the same time and will "
            "let you know.",
        ),
    },
    "cancelled": {
        "pl": ("Wizyta domowa odwołana", "Ta wizyta została odwołana: nikt nie przyjedzie."),
        "en": ("Your home visit has been called off", "This visit has been called off: nobody will come."),
    },
    "rescheduled": {
        "pl": (
            "Przekładamy wizytę domową",
            "Szukamy lekarza na nowy termin. Damy znać, gdy ktoś go potwierdzi.",
        ),
        "en": (
            "We are moving your home visit",
            "We are looking for a doctor for the new time and will let you know when it is confirmed.",
        ),
    },
    "moved": {
        "pl": (
            "Nowy termin wizyty domowej",
            "Lekarz przyjedzie w innym czasie, niż było ustalone. Jeśli nowy termin nie pasuje, zadzwoń.",
        ),
        "en": (
            "A new time for your home visit",
            "The doctor will come at another time than agreed. If it does not suit you, please call us.",
        ),
    },
    "unfilled": {
        "pl": (
            "Nie znaleźliśmy lekarza",
            "Mimo starań nie udało się znaleźć lekarza na ten termin. Zadzwoń do nas, poszukamy innego "
            "rozwiązania. W nagłej potrzebie dzwoń pod 112.",
        ),
        "en": (
            "We have found no doctor",
            "We tried, but found no doctor for this time. Please call us and we will look for another way. "
            "In an emergency dial 112.",
        ),
    },
    "doctor_absent": {
        "pl": (
            "Przepraszamy: lekarz nie dotarł",
            "Bardzo nam przykro. Zadzwonimy do Ciebie, żeby umówić nową wizytę.",
        ),
        "en": (
            "We are sorry: the doctor did not come",
            "We apologise. We will call you to arrange a new visit.",
        ),
    },
    "patient_absent": {
        "pl": (
            "Lekarz nikogo nie zastał",
            "Lekarz przyjechał w umówionym czasie, ale nikt nie otworzył. Zadzwoń do nas, prosimy.",
        ),
        "en": (
            "The doctor found nobody at home",
            "The doctor came at the agreed time, but nobody opened. Please call us.",
        ),
    },
}

_DAYS: Final = {
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_HELLO: Final = {"pl": "Dzień dobry,", "en": "Hello,"}
_TIME: Final = {"pl": "Termin", "en": "Time"}
_CLOSING: Final = {
    "pl": "Na tę wiadomość nie trzeba odpowiadać. W razie pytań zadzwoń do nas.",
    "en": "There is no need to answer this message. If you have questions, please call us.",
}
_SENDER: Final = {"pl": "Visita, wizyty domowe", "en": "Visita, home visits"}

_PAGE: Final = """\
<!doctype html>
<html lang="{speech}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f3f5f4;color:#1c2b2a;\
font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:520px;\
margin:0 auto;background:#ffffff;border-radius:8px">
<tr><td style="padding:28px">
<h1 style="margin:0 0 16px;font-size:21px;line-height:1.3">{subject}</h1>
<p style="margin:0 0 12px">{hello}</p>
<p style="margin:0 0 20px">{lead}</p>
<p style="margin:0 0 20px;padding:12px 16px;border-left:4px solid #1f7a6d;background:#eef5f3">
{time}:<br><strong>{when}</strong></p>
<p style="margin:0 0 4px;color:#51605e;font-size:14px">{closing}</p>
<p style="margin:0;color:#51605e;font-size:14px">{sender}</p>
</td></tr>
</table>
</body>
</html>
"""


def patient_mail(name: str, language: str, visit: Visit) -> PatientMail:
    """The mail of that name; languages other than Polish are written to in English."""
    speech = speech_of(language)
    subject, lead = _MAILS[name][speech]
    words = {
        "subject": subject,
        "hello": _HELLO[speech],
        "lead": lead,
        "time": _TIME[speech],
        "when": long_when(agreed(visit), speech),
        "closing": _CLOSING[speech],
        "sender": _SENDER[speech],
    }
    text = "{hello}\n\n{lead}\n\n{time}: {when}\n\n{closing}\n{sender}\n".format(**words)
    page = _PAGE.format(speech=speech, **{word: escape(said) for word, said in words.items()})
    return PatientMail(subject, lead, text, page)


def long_when(window: PreferredWindow, speech: Language) -> str:
    """`wtorek, 24 listopada 2026, 14:00-18:00` on the patient's clock."""
    day = window.day
    named = f"{_DAYS[speech][day.weekday()]}, {day.day} {_MONTHS[speech][day.month - 1]} {day.year}"
    return f"{named}, {window.begins:%H:%M}–{window.ends:%H:%M}"
