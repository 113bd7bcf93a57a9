"""The monthly statement of an employer: each unit that was used, what is paid beyond the package, credits.

Lines name referrals by their number; a statement goes to who pays, and says nothing of a person.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, ClassVar, Final
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.work_words import Speech, words_in
from shared.contracts.sheets import Column, Sheet
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.records import Record, Value
from shared.kernel.times import local_instant

Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""`2026-11`."""

PAGE: Final = 500
PAGES_MAX: Final = 40
EMPLOYERS_A_PAGE: Final = 200
CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MakeStatement(Message):
    employer_id: str
    month: str


class MakeStatements(Message):
    """Begin the statements of the employers after that id."""

    month: str
    after: str = ""


class Statement(Record):
    """`<employer>.<month>`. Made once; what comes to light later is a line of a later month."""

    kind: ClassVar[str] = "statements"
    logged: ClassVar[bool] = False

    employer_id: str
    month: Month
    lines: int
    over_limit: int
    credits: int
    total: Decimal
    currency: str
    generation: int
    sha256: str
    made_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        return actor.is_staff

    @property
    def file_name(self) -> str:
        return f"statements/{self.tenant_id}/{self.employer_id}/{self.month}.xlsx"


class Line(Value):
    """One unit that was used, or came back (`units` -1). `amount` is 0 for what the package holds."""

    day: date
    reference: str
    service: str
    package_id: str
    units: int
    amount: Decimal
    currency: str
    over_limit: bool


def statement_id(employer_id: str, month: str) -> str:
    return f"{employer_id}.{month}"


def month_before(day: date) -> str:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02}"


def span_of(month: str, zone: str) -> tuple[datetime, datetime]:
    """The first instant of the month, and of the next, where the employer is."""
    year, number = int(month[:4]), int(month[5:])
    following = date(year + number // 12, number % 12 + 1, 1)
    return (
        local_instant(date(year, number, 1), time(0), zone),
        local_instant(following, time(0), zone),
    )


def settled_between(employer_id: str, field: str, since: datetime, until: datetime) -> Query:
    """`field`: `consumed_at` or `credited_at`; the oldest first."""
    return Query(
        Entitlement.kind,
        where=(("employer_id", "==", employer_id), (field, ">=", since), (field, "<", until)),
        order=((field, "asc"), ("id", "asc")),
        limit=PAGE,
    )


def lines_of(
    consumed: Sequence[Entitlement], credited: Sequence[Entitlement], zone: str, currency: str
) -> list[Line]:
    found = [
        *(_line(one, one.consumed_at, 1, zone, currency) for one in consumed if one.consumed_at),
        *(_line(one, one.credited_at, -1, zone, currency) for one in credited if one.credited_at),
    ]
    return sorted(found, key=lambda one: (one.day, one.reference, -one.units))


def total_of(lines: Sequence[Line]) -> Decimal:
    return sum((one.amount for one in lines), Decimal("0.00"))


def sheet_of(employer: str, month: str, lines: Sequence[Line], currency: str, speech: Speech) -> Sheet:
    words = _WORDS[speech]
    return Sheet(
        title=month,
        notes=(employer, words["title"].format(month=month)),
        columns=(
            Column(words["day"], 12), Column(words["reference"], 24), Column(words["service"], 22),
            Column(words["package"], 24), Column(words["units"], 10, total=True),
            Column(words["over"], 16), Column(words["amount"].format(currency=currency), 18, total=True),
        ),
        rows=tuple(
            (
                one.day, one.reference, _service(one.service, speech), one.package_id, one.units,
                words["yes"] if one.over_limit else "", one.amount,
            )
            for one in lines
        ),
        total_label=words["total"],
    )  # fmt: skip


def make_letter(employer_id: str, month: str, now: datetime) -> Later:
    message = MakeStatement(employer_id=employer_id, month=month)
    return Later(key=f"statement-{statement_id(employer_id, month)}", message=message, at=now)


def next_employers(month: str, after: str, now: datetime) -> Later:
    message = MakeStatements(month=month, after=after)
    return Later(key=f"statements-{month}-{after}", message=message, at=now)


def _line(one: Entitlement, at: datetime, units: int, zone: str, currency: str) -> Line:
    price = one.price
    return Line(
        day=at.astimezone(ZoneInfo(zone)).date(),
        reference=one.reference or one.id,
        service=one.service,
        package_id=one.package_id,
        units=units,
        amount=price.amount * units if price else Decimal("0.00"),
        currency=price.currency if price else currency,
        over_limit=one.is_over_limit,
    )


def _service(service: str, speech: Speech) -> str:
    known = {one.value: said for one, said in words_in(speech).examinations.items()}
    return known.get(service, service)


_WORDS: Final[dict[Speech, dict[str, str]]] = {
    "pl": {
        "title": "Zestawienie usług za {month}", "day": "Data", "reference": "Skierowanie",
        "service": "Badanie", "package": "Pakiet", "units": "Liczba", "over": "Ponad pakiet",
        "amount": "Kwota netto ({currency})", "yes": "tak", "total": "Razem",
    },
    "en": {
        "title": "Statement of services for {month}", "day": "Date", "reference": "Referral",
        "service": "Examination", "package": "Package", "units": "Units", "over": "Over the limit",
        "amount": "Net amount ({currency})", "yes": "yes", "total": "Total",
    },
}  # fmt: skip
