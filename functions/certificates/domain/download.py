"""The printed paper as a link, for whom the action has admitted."""

from datetime import timedelta
from typing import Final

from functions.certificates.domain.certificate import Certificate
from shared.kernel.errors import Conflict
from shared.kernel.ports import Files
from shared.kernel.records import Value

CONTENT_TYPE: Final = "application/pdf"
LINK_LIFE: Final = timedelta(minutes=5)


class PaperNotReady(Conflict):
    """The paper of this certificate is being prepared: try again in a minute."""


class Download(Value):
    """`url` is good for this very file and for a few minutes; `sha256` is of its bytes."""

    url: str
    file_name: str
    sha256: str
    size: int


def download(certificate: Certificate, files: Files) -> Download:
    """To be saved under the number, which says nothing of anybody. Raises PaperNotReady."""
    paper = certificate.printed
    if paper is None:
        raise PaperNotReady
    name = f"{certificate.number.replace('/', '-')}.pdf"
    url = files.download_link("clean", certificate.file_name, paper.generation, name, CONTENT_TYPE, LINK_LIFE)
    return Download(url=url, file_name=name, sha256=paper.sha256, size=paper.size)
