"""What certificates, their cases and their numbers must never show, whatever failed on the way.

Asked of every history in the simulator and on the emulators. Each promise looks at what is kept and says what
is wrong with it, in ids and numbers only, or nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus
from functions.certificates.domain.printing import OVERDUE
from shared.contracts.numbering import NumberSeries
from shared.kernel.records import Activity

Lines = Sequence[Activity]
SLACK: Final = OVERDUE + timedelta(minutes=10)
"""How late a paper may be while nothing has failed for good: a sweeper looks every five minutes."""


def broken(certificate: Certificate, lines: Lines, now: datetime) -> tuple[str, ...]:
    """What is wrong with one certificate, "promise: what"."""
    return tuple(f"{one.__name__}: {what}" for one in PROMISES for what in one(certificate, lines, now))


def is_what_its_status_says(it: Certificate, lines: Lines, now: datetime) -> Iterator[str]:
    if (it.status == CertificateStatus.ISSUED) != (not it.superseded_by and not it.void_reason):
        yield f"{it.status}, superseded by {it.superseded_by!r}, void for {it.void_reason!r}"
    if (it.status == CertificateStatus.VOID) != bool(it.void_reason and it.voided_at):
        yield f"{it.status}, void for {it.void_reason!r}"
    if bool(it.earlier) != bool(it.supersedes_number):
        yield f"supersedes {it.supersedes_number!r}, earlier {len(it.earlier)}"


def was_printed_once(it: Certificate, lines: Lines, now: datetime) -> Iterator[str]:
    times = sum(line.did == "printed" for line in lines)
    if times != (it.printed is not None):
        yield f"printed {times} times"
    if it.printed is None and it.status != CertificateStatus.VOID and it.issued_at < now - SLACK:
        yield "has no paper"


def has_a_whole_log(it: Certificate, lines: Lines, now: datetime) -> Iterator[str]:
    """One line for each change, numbered without a gap; signed once, in the first."""
    numbers = [line.number for line in lines]
    if numbers != list(range(1, it.version + 1)):
        yield f"version {it.version}, {len(numbers)} lines"
    if [line.number for line in lines if line.did == "issued"] != [1]:
        yield "was not signed in its first line alone"


PROMISES: Final[tuple[Callable[[Certificate, Lines, datetime], Iterator[str]], ...]] = (
    is_what_its_status_says,
    was_printed_once,
    has_a_whole_log,
)


def case_broken(case: CertificateCase, certificates: Sequence[Certificate]) -> Iterator[str]:
    """A case has one certificate that holds, or none that was not made void; `certificates` are all of it."""
    valid = [one.id for one in certificates if one.status == CertificateStatus.ISSUED]
    if len(valid) > 1:
        yield f"certificates that hold: {', '.join(valid)}"
    if bool(certificates) != (case.status == CaseStatus.ISSUED):
        yield f"{case.status} with {len(certificates)} certificates"
    if not certificates:
        return
    newest = max(certificates, key=lambda one: len(one.earlier))
    if case.certificate_id != newest.id:
        yield f"names {case.certificate_id}, the newest is {newest.id}"
    if set(newest.earlier) != {one.id for one in certificates} - {newest.id}:
        yield f"{newest.id} does not name all that were before it"


def numbers_broken(series: NumberSeries, certificates: Sequence[Certificate]) -> Iterator[str]:
    """From one to the last, each once; `certificates` are all that this issuer has signed in this year."""
    start = f"{series.issuer}/{series.year}/"
    given = Counter(one.number for one in certificates if one.number.startswith(start))
    wanted = {f"{start}{number:06d}" for number in range(1, series.last + 1)}
    yield from (f"{number} was given {times} times" for number, times in given.items() if times > 1)
    yield from (f"{number} was left out" for number in sorted(wanted - given.keys()))
    yield from (f"{number} is beyond the last" for number in sorted(given.keys() - wanted))
