"""Papers of occupational medicine: the referral of an employer and the certificate of fitness for work.

As all papers, each is a value that holds whatever is printed (see `papers`).
"""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from shared.contracts.paper_text import Line, Prose, SaidLine, Wording
from shared.contracts.papers import PaperCheck, PaperDoctor, PaperIssuer
from shared.kernel.records import Value
from shared.kernel.times import Day, Instant, Zoned

POSITIONS_MAX = 10
FACTORS_MAX = 30
LINES_MAX = 10

PaperLanguage = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
"""Of which the templates have the labels (`words.json`)."""
Number = Annotated[SaidLine, Field(max_length=40)]


class PaperWorker(Value):
    """Whom the paper is about; `address` and `identifier` may be missing on file."""

    name: SaidLine
    birth_date: Day
    identifier_label: Line = ""
    identifier: Line = ""
    address: Line = ""


class PaperEmployer(Value):
    """`numbers` with their names: "NIP 5261040828"."""

    name: SaidLine
    address: Line = ""
    numbers: tuple[SaidLine, ...] = Field(default=(), max_length=5)


class PaperFactor(Value):
    """One factor of the work; `level` and `measurement` in the paper's words, "" where nobody said."""

    name: SaidLine
    level: Line = ""
    measurement: Line = ""


class PaperGroup(Value):
    """One of the five groups; no factor means that there is none, unless nobody `stated` it."""

    title: SaidLine
    stated: bool = True
    factors: tuple[PaperFactor, ...] = Field(default=(), max_length=FACTORS_MAX)


class PaperChoice(Value):
    """One of several words of which the form has all but the right ones struck out."""

    words: SaidLine
    chosen: bool


class ReferralPaper(Zoned):
    """A referral ("skierowanie na badania lekarskie") as printed. Days are days on the wall of `zone`.

    - `examinations` and `standings`: all that the form offers, the right one chosen.
    - `positions` in the employer's order; `groups`: all five, in the order of the form.
    - `legal_basis`: the sentence in which the law is named.
    - `issued_by`: who wrote it for the employer, by the name of their account; "" leaves the line empty.

    Raises ValidationError, also for characters that no font of ours holds.
    """

    language: PaperLanguage
    number: Number
    title: SaidLine
    issuer: PaperIssuer
    employer: PaperEmployer
    legal_basis: Wording
    examinations: tuple[PaperChoice, ...] = Field(min_length=1, max_length=LINES_MAX)
    standings: tuple[PaperChoice, ...] = Field(min_length=1, max_length=LINES_MAX)
    worker: PaperWorker
    positions: tuple[SaidLine, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    department: Line = ""
    work_description: Prose = ""
    groups: tuple[PaperGroup, ...] = Field(min_length=5, max_length=5)
    total: int = Field(ge=0)
    issued_at: Instant
    valid_until: Day
    revision: int = Field(1, ge=1)
    replaces_number: Line = ""

    @property
    def issued_on(self) -> date:
        """The day on the wall."""
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()


class PaperDecision(Value):
    """What was decided on one position, as a whole sentence in the words of the law."""

    position: SaidLine
    decision: Wording


class PaperNextDue(Value):
    reason: SaidLine
    due_on: Day


class FitnessPaper(Zoned):
    """A certificate of fitness for work ("orzeczenie lekarskie") as printed; never a finding.

    `decisions` one for each position, `next_dues` the earliest first, `instruction` on how to appeal.
    """

    language: PaperLanguage
    number: Number
    title: SaidLine
    kind_line: Line = ""
    issuer: PaperIssuer
    employer: PaperEmployer
    legal_basis: Wording
    worker: PaperWorker
    decisions: tuple[PaperDecision, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    next_dues: tuple[PaperNextDue, ...] = Field(default=(), max_length=LINES_MAX)
    recommendation: Wording = ""
    instruction: Wording
    referral_number: Line = ""
    examined_on: Day
    issued_at: Instant
    doctor: PaperDoctor
    check: PaperCheck

    @property
    def issued_on(self) -> date:
        """The day on the wall."""
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()
