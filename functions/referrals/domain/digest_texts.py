"""The words of a digest, in Polish and English."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from functions.referrals.domain.fitness import NextDueReason
from shared.contracts.notice_words import Mail, Words, WordsOf, mail_of
from shared.kernel.plurals import Form, Speech, form_of

_R = NextDueReason


class DigestRow(NamedTuple):
    name: str
    positions: tuple[str, ...]
    reason: NextDueReason
    due_on: date
    link: str


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
WORDS: Final[Mapping[str, WordsOf]] = {
    "referrals.digest": {
        "pl": Words(
            subject={
                Form.ONE: "Badania lekarskie pracowników: {count}{or_more} termin do odnowienia",
                Form.FEW: "Badania lekarskie pracowników: {count}{or_more} terminy do odnowienia",
                Form.MANY: "Badania lekarskie pracowników: {count}{or_more} terminów do odnowienia",
            },
            lead="Tym orzeczeniom lekarskim kończy się termin. Skieruj te osoby na badanie:",
            more=("{rest}",),
            closing="Kogo i kiedy przypominamy, zmienisz w ustawieniach przypomnień.",
        ),
        "en": Words(
            subject={
                Form.ONE: "Medical examinations of employees: {count}{or_more} date to renew",
                Form.OTHER: "Medical examinations of employees: {count}{or_more} dates to renew",
            },
            lead="The dates of these medical certificates are running out. Please refer these people:",
            more=("{rest}",),
            closing="You can change when and whom we remind in the settings of reminders.",
        ),
    }
}
"""`or_more`: "+" where not all of them had room, and then `rest` says where they are."""
_DUE: Final[Mapping[Speech, tuple[str, str, Mapping[Form, str]]]] = {
    "pl": (
        "po terminie od {day}",
        "dziś, {day}",
        {
            Form.ONE: "do {day} ({left} dzień)",
            Form.FEW: "do {day} ({left} dni)",
            Form.MANY: "do {day} ({left} dni)",
        },
    ),
    "en": (
        "overdue since {day}",
        "today, {day}",
        {Form.ONE: "by {day} ({left} day)", Form.OTHER: "by {day} ({left} days)"},
    ),
}
_REST: Final[Mapping[Speech, str]] = {
    "pl": "To nie wszystkie. Pełna lista: {page}",
    "en": "These are not all. The whole list: {page}",
}


def digest_mail(speech: Speech, today: date, rows: Sequence[DigestRow], page: str, more: bool) -> Mail:
    """`page`: where all certificates of the employer are; `more`: not all of them had room."""
    values = {
        "count": len(rows),
        "or_more": "+" if more else "",
        "rest": _REST[speech].format(page=page) if more else "",
    }
    said = [(row_words(row, speech, today), row.link) for row in rows]
    return mail_of("referrals.digest", WORDS["referrals.digest"], speech, values, said)


def row_words(row: DigestRow, speech: Speech, today: date) -> str:
    left = (row.due_on - today).days
    overdue, now, later = _DUE[speech]
    due = overdue if left < 0 else now if left == 0 else later[form_of(left, speech)]
    when = due.format(day=row.due_on, left=left)
    parts = (row.name, ", ".join(row.positions), _REASONS[speech][row.reason], when)
    return " · ".join(one for one in parts if one)
