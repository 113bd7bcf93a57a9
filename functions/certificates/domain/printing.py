"""The paper: printed once after the commit, kept for ever, and the news that it is there.

A task that comes twice finds the file; of two that print at once, the first one's file stays.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from functions.certificates.domain.certificate import Certificate, CertificateStatus, News, Printed
from functions.certificates.domain.certificate_news import tell_patient
from functions.certificates.domain.download import CONTENT_TYPE
from shared.contracts.ports import Papers
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Collision, Files, Query
from shared.kernel.records import Decision

OVERDUE: Final = timedelta(minutes=5)
"""What is not printed by then has lost its task."""
SWEPT_MAX: Final = 50
PAPER_BYTES_MAX: Final = 20_000_000


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
    after = certificate.but(printed=paper)
    details = {"sha256": paper.sha256, "bytes": str(paper.size)}
    return Decision(after, "printed", details, (tell_patient(after, news, now),))


def unprinted(before: datetime) -> Query:
    return Query(
        Certificate.kind,
        where=(("unprinted", "==", True), ("issued_at", "<=", before)),
        order=(("issued_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def paper_in_storage(certificate: Certificate, papers: Papers, files: Files, now: datetime) -> Printed:
    """The file as it lies in storage, made now where there is none. Raises what papers and files raise."""
    name = certificate.file_name
    there = files.stat("clean", name)
    if there is None:
        made = papers.sign(papers.certificate(certificate.paper))
        try:
            return _printed(made, files.put("clean", name, made, CONTENT_TYPE), now)
        except Collision:  # another process was first; its signature is another, and it stays
            there = files.stat("clean", name)
    assert there is not None, "what collided is there"
    return _printed(files.read("clean", name, there.generation, PAPER_BYTES_MAX), there.generation, now)


def _printed(content: bytes, generation: int, now: datetime) -> Printed:
    return Printed(sha256=sha256(content).hexdigest(), generation=generation, size=len(content), at=now)
