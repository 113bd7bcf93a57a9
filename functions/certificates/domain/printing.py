"""The paper: printed once after the commit, kept for ever, and the news that it is there.

A task that comes twice finds the file; of two that print at once, the first one's file stays.
"""

from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.certificate import Certificate, CertificateStatus, News, Printed
from functions.certificates.domain.certificate_news import tell_patient
from shared.kernel.effects import Later, Message
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query
from shared.kernel.records import Decision

OVERDUE: Final = timedelta(minutes=5)
"""What is not printed by then has lost its task."""
SWEPT_MAX: Final = 50
PAPER_BYTES_MAX: Final = 20_000_000
CONTENT_TYPE: Final = "application/pdf"
LINK_LIFE: Final = timedelta(minutes=5)


class PaperNotReady(Conflict):
    """The paper of this certificate is being prepared: try again in a minute."""


class PrintCertificate(Message):
    certificate_id: str


def print_soon(certificate: Certificate, now: datetime) -> Later:
    message = PrintCertificate(certificate_id=certificate.id)
    return Later(key=f"print-{certificate.id}", message=message, at=now)


def needs_paper(certificate: Certificate) -> bool:
    """One that was made void before it was printed never gets a paper."""
    return certificate.printed is None and certificate.status != CertificateStatus.VOID


def printed(certificate: Certificate, paper: Printed, now: datetime) -> Decision[Certificate]:
    news = News.AMENDED if certificate.earlier else News.READY
    details = {"sha256": paper.sha256, "size": paper.size}
    after = certificate.but(printed=paper)
    return Decision(after, "printed", details, (tell_patient(after, news, now),))


def unprinted(before: datetime) -> Query:
    return Query(
        Certificate.kind,
        where=(("unprinted", "==", True), ("issued_at", "<=", before)),
        order=(("issued_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def file_to_hand_out(certificate: Certificate) -> Printed:
    """Raises PaperNotReady."""
    if certificate.printed is None:
        raise PaperNotReady
    return certificate.printed


def saved_as(certificate: Certificate) -> str:
    """The name under which a browser saves it: the number, and nothing of anybody."""
    return f"{certificate.number.replace('/', '-')}.pdf"
