"""The words of a digest, in Polish and English."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Final, Literal, NamedTuple

from functions.referrals.domain.fitness import NextDueReason

Speech = Literal["pl", "en"]
_R = NextDueReason


class DigestRow(NamedTuple):
    name: str
    positions: tuple[str, ...]
    reason: NextDueReason
    due_on: date
    link: str


class DigestMail(NamedTuple):
    subject: str
    text: str
    html: str


_REASONS: Final[Mapping[Speech, Mapping[NextDueReason, str]]] = {
    "pl": {
        _R.PERIODIC: "badanie okresowe",
        _R.DRIVING: "kierowanie pojazdami",
        _R.NIGHT_WORK: "praca w nocy",
        _R.HEIGHTS: "praca na wysokości",
        _R.SANITARY: "badanie sanitarno-epidemiologiczne",
        _R.IONIZING_RADIATION: "promieniowanie jonizujące",
        _R.OTHER: "inny termin",
    },
    "en": {
        _R.PERIODIC: "periodic examination",
        _R.DRIVING: "driving",
        _R.NIGHT_WORK: "night work",
        _R.HEIGHTS: "work at heights",
        _R.SANITARY: "sanitary examination",
        _R.IONIZING_RADIATION: "ionizing radiation",
        _R.OTHER: "other date",
    },
}
_SUBJECT: Final = {
    "pl": "Badania lekarskie pracowników: terminy do odnowienia ({rows})",
    "en": "Medical examinations of employees: dates to renew ({rows})",
}
_LEAD: Final = {
    "pl": "tym orzeczeniom lekarskim kończy się termin. Skieruj te osoby na badanie:",
    "en": "the dates of these medical certificates are running out. Please refer these people:",
}
_WHEN: Final[Mapping[Speech, tuple[str, str, str]]] = {
    "pl": ("po terminie od {day}", "dziś, {day}", "do {day} (dni: {left})"),
    "en": ("overdue since {day}", "today, {day}", "by {day} (days: {left})"),
}
_MORE: Final = {
    "pl": "To nie wszystkie. Pełna lista: {page}",
    "en": "These are not all. The whole list: {page}",
}
_HELLO: Final = {"pl": "Dzień dobry,", "en": "Hello,"}
_CLOSING: Final = {
    "pl": "Kogo i kiedy przypominamy, zmienisz w ustawieniach przypomnień.\nVisita",
    "en": "You can change when and whom we remind in the settings of reminders.\nVisita",
}


def digest_mail(speech: Speech, today: date, rows: Sequence[DigestRow], page: str, more: bool) -> DigestMail:
    """`page`: where all certificates of the employer are; `more`: not all of them had room."""
    said = [(_words(row, speech, today), row.link) for row in rows]
    end = _MORE[speech].format(page=page) if more else ""
    plain = [_HELLO[speech], _LEAD[speech], "", *(f"- {words}\n  {link}" for words, link in said)]
    items = "".join(f'<li><a href="{escape(link)}">{escape(words)}</a></li>' for words, link in said)
    html = (
        f"<p>{escape(_HELLO[speech])}<br>{escape(_LEAD[speech])}</p><ul>{items}</ul>"
        f"<p>{escape(end)}</p><p>{escape(_CLOSING[speech]).replace(chr(10), '<br>')}</p>"
    )
    subject = _SUBJECT[speech].format(rows=f"{len(rows)}+" if more else len(rows))
    return DigestMail(subject, "\n".join([*plain, "", *([end, ""] if end else []), _CLOSING[speech]]), html)


def _words(row: DigestRow, speech: Speech, today: date) -> str:
    left = (row.due_on - today).days
    overdue, now, later = _WHEN[speech]
    when = (overdue if left < 0 else now if left == 0 else later).format(day=row.due_on, left=left)
    parts = (row.name, ", ".join(row.positions), _REASONS[speech][row.reason], when)
    return " · ".join(one for one in parts if one)
