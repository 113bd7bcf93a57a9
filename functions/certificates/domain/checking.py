"""Looking through certificates for broken promises, a page at a time; what is found waits at the case."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.promises import Lines, broken, case_broken
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.promises import FOUND, names_of, news
from shared.kernel.records import Decision

PAGE: Final = 25
LINES_MAX: Final = 1_000
OF_CASE: Final = "has_one_certificate_that_holds"


class CheckCertificates(Message):
    """A page of certificates signed since then, after the one named. `day` names the round."""

    since: datetime
    day: date
    after: str = ""


def page(message: CheckCertificates) -> Query:
    return Query(
        Certificate.kind,
        where=(("issued_at", ">=", message.since),),
        order=(("issued_at", "asc"), ("id", "asc")),
        after=(message.since, message.after) if message.after else (),
        limit=PAGE,
    )


def next_page(message: CheckCertificates, seen: Sequence[Certificate], now: datetime) -> tuple[Later, ...]:
    """The look at the page after this one; none where this was the last."""
    if len(seen) < PAGE:
        return ()
    last = seen[-1]
    again = message.but(since=last.issued_at, after=last.id)
    return (Later(key=f"check-certificates-{message.day}-{last.id}", message=again, at=now),)


def verdict(
    case: CertificateCase,
    its: Sequence[Certificate],
    one: Certificate,
    lines: Lines,
    case_lines: Lines,
    now: datetime,
) -> Decision[CertificateCase] | None:
    """None where `one` of the case's certificates keeps its promises, or where this is known. `its`: all that
    the case had until this one; they are judged together with the newest alone."""
    of_one = broken(one, lines, now)
    of_case = [] if one.superseded_by else list(case_broken(case, its))
    wrong = [*(f"{one.id}: {what}" for what in of_one), *of_case]
    details = news(wrong, [*names_of(of_one), *(OF_CASE for _ in of_case)], case_lines)
    return Decision(case.but(attention=case.attention or FOUND), FOUND, details) if details else None
