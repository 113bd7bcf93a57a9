"""The workbook of an export: a line of headings, then a row for each row of the search, as it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from functions.referrals.domain.asked import What
from functions.referrals.domain.certificate_rows import CertificateRow
from functions.referrals.domain.referral_search import ReferralRow
from shared.contracts.workbook_plans import BookPlan, CellPlan, Look, SheetPlan

Line = tuple[str, ...]
Speech = Literal["pl", "en"]
WIDTH: Final = 22.0

_REFERRALS: Final[Mapping[Speech, Line]] = {
    "pl": (
        "Numer", "Nazwisko", "Imię", "Rodzaj badania", "Stanowiska", "Dział", "Status", "Wystawione",
        "Ważne do", "Termin badania", "Orzeczenie",
    ),
    "en": (
        "Number", "Last name", "First name", "Examination", "Positions", "Department", "Status", "Issued",
        "Valid until", "Appointment", "Certificate",
    ),
}  # fmt: skip
_CERTIFICATES: Final[Mapping[Speech, Line]] = {
    "pl": (
        "Numer", "Nazwisko", "Imię", "Rodzaj badania", "Stanowiska", "Dział", "Orzeczenie", "Status",
        "Badanie", "Wystawione", "Następne terminy", "Odnowione",
    ),
    "en": (
        "Number", "Last name", "First name", "Examination", "Positions", "Department", "Decisions", "Status",
        "Examined", "Issued", "Next dates", "Renewed",
    ),
}  # fmt: skip
_TITLES: Final[Mapping[What, Mapping[Speech, str]]] = {
    "referrals": {"pl": "Skierowania", "en": "Referrals"},
    "certificates": {"pl": "Orzeczenia", "en": "Certificates"},
}
_YES: Final = {"pl": "tak", "en": "yes"}


def referral_line(row: ReferralRow) -> Line:
    when = row.appointment.starts_at.isoformat(timespec="minutes") if row.appointment else ""
    return (
        row.number, row.family_name, row.given_name, row.examination_type, "; ".join(row.positions),
        row.department, row.status, str(row.issued_on), str(row.valid_until), when, row.certificate_id,
    )  # fmt: skip


def certificate_line(row: CertificateRow, speech: Speech) -> Line:
    """What the reader may not see stays empty."""
    decisions = "; ".join(f"{one.position}: {one.decision}" for one in row.decisions or ())
    dues = "; ".join(f"{one.due_on} {one.reason}" for one in row.next_dues or ())
    return (
        row.number or "", row.family_name, row.given_name, row.examination_type or "",
        "; ".join(row.positions or ()), row.department, decisions, row.status or "",
        str(row.examined_on or ""), str(row.issued_on or ""), dues, _YES[speech] if row.renewed else "",
    )  # fmt: skip


def book_of(what: What, speech: Speech, lines: Iterable[Sequence[str]]) -> BookPlan:
    heads = (_REFERRALS if what == "referrals" else _CERTIFICATES)[speech]
    cells = [CellPlan(1, column, head, Look.HEAD) for column, head in enumerate(heads, 1)]
    for row, line in enumerate(lines, 2):
        cells += [CellPlan(row, column, one) for column, one in enumerate(line, 1) if one]
    title = _TITLES[what][speech]
    sheet = SheetPlan(title, tuple(cells), (WIDTH,) * len(heads), freeze="A2", repeat_rows="1:1")
    return BookPlan(title, (sheet,), locked=False, language=speech)
