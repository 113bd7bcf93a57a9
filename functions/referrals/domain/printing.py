"""Papers of this module: printed once after the commit, kept for ever, downloaded by a link of minutes.

A task that comes twice finds the file; of two that print at once, the first one's file stays.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import tell_fitness
from functions.referrals.domain.referral import Referral
from shared.contracts.work_papers import FitnessPaper
from shared.kernel.errors import Conflict
from shared.kernel.ports import Collision, Files, Query
from shared.kernel.records import Decision, Value

OVERDUE: Final = timedelta(minutes=5)
"""What is not printed by then has lost its task."""
SWEPT_MAX: Final = 50
PAPER_BYTES_MAX: Final = 20_000_000
CONTENT_TYPE: Final = "application/pdf"
LINK_LIFE: Final = timedelta(minutes=5)


class WorkPaperNotReady(Conflict):
    """This paper is being prepared, or there is none: try again in a minute."""


class Filed(Value):
    generation: int
    sha256: str


class WorkPaper(Value):
    """`url` is good for this very file and for a few minutes; `sha256` is of its bytes."""

    url: str
    file_name: str
    sha256: str


def in_storage(files: Files, name: str, make: Callable[[], bytes], content_type: str = CONTENT_TYPE) -> Filed:
    """The file as it lies in storage, made now where there is none. Raises what `make` and files raise."""
    there = files.stat("clean", name)
    if there is None:
        made = make()
        try:
            return Filed(generation=files.put("clean", name, made, content_type), sha256=_hash(made))
        except Collision:  # another process was first; its signature is another, and it stays
            there = files.stat("clean", name)
    assert there is not None, "what collided is there"
    content = files.read("clean", name, there.generation, PAPER_BYTES_MAX)
    return Filed(generation=there.generation, sha256=_hash(content))


def referral_printed(referral: Referral, filed: Filed) -> Decision[Referral]:
    after = referral.but(paper_generation=filed.generation, paper_sha256=filed.sha256)
    return Decision(after, "printed", {"sha256": filed.sha256})


def paper_of(certificate: FitnessCertificate) -> FitnessPaper:
    """All that is printed, as it was when the doctor signed."""
    return FitnessPaper.model_validate_json(certificate.paper_json, extra="ignore")


def fitness_printed(
    certificate: FitnessCertificate, filed: Filed, now: datetime
) -> Decision[FitnessCertificate]:
    after = certificate.but(paper_generation=filed.generation, paper_sha256=filed.sha256)
    return Decision(after, "printed", {"sha256": filed.sha256}, (tell_fitness(after, now),))


def unprinted(kind: str, before: datetime) -> Query:
    return Query(
        kind,
        where=(("unprinted", "==", True), ("issued_at", "<=", before)),
        order=(("issued_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def link_to(files: Files, name: str, generation: int | None, digest: str, number: str) -> WorkPaper:
    """To be saved under the number, which says nothing of anybody. Raises WorkPaperNotReady."""
    if generation is None:
        raise WorkPaperNotReady
    shown = f"{number.replace('/', '-')}.pdf"
    url = files.download_link("clean", name, generation, shown, CONTENT_TYPE, LINK_LIFE)
    return WorkPaper(url=url, file_name=shown, sha256=digest)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
