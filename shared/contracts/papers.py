"""Papers that we hand out: all that is printed on one, and nothing that is not.

A paper is built from a record that never changes again and holds no "now": the same paper gives the same
bytes, however often it is made. Texts are checked here (`paper_text`): what can be built can be printed.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from shared.contracts.paper_text import Line, Prose, SaidLine, Wording
from shared.kernel.records import Value
from shared.kernel.times import Day, Instant, Zoned

ADDRESS_LINES_MAX = 4
ITEMS_MAX = 40
DOCUMENTS_MAX = 40
LINK_MAX = 200


class PaperNotSigned(Exception):
    """No signature now: the timestamp service is away, or the certificate is out of date. Try again later."""


class PaperModality(StrEnum):
    STATIONARY = "stationary"  # the doctor saw the patient
    REMOTE = "remote"  # the doctor read the documents


class PaperOutcome(StrEnum):
    PERMANENT = "permanent"
    LONG_TERM = "long_term"
    CANNOT_ASSESS_YET = "cannot_assess_yet"


Link = Annotated[str, Field(min_length=8, max_length=LINK_MAX, pattern=r"^https?://[A-Za-z0-9][!-~]*$")]
"""A web address in ASCII."""

Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
"""0 to 100, at most two places; printed without idle zeros, with the comma or point of the language."""


class PaperIssuer(Value):
    """Whose paper it is: the letterhead."""

    name: SaidLine
    address_lines: tuple[SaidLine, ...] = Field(default=(), max_length=ADDRESS_LINES_MAX)


class PaperPerson(Value):
    """Whom the paper is about. `identifier_label` is in the paper's language: "PESEL", "Passport (GR)"."""

    name: SaidLine
    birth_date: Day
    identifier_label: Line = ""
    identifier: Line = ""


class PaperDoctor(Value):
    """Who is answerable for the paper. `specialization` is in the paper's language."""

    name: SaidLine
    license_number: SaidLine
    specialization: Line = ""


class PaperDamage(Value):
    """One row of the scale that the doctor applied.

    `position` is the scale's own number ("87b"), `wording` its text. `found_percent` is what the doctor
    found, `counted_percent` what is left of it in the total, after prior damage and the limb's cap. `remarks`
    say why.
    """

    position: Annotated[SaidLine, Field(max_length=12)]
    wording: Annotated[Wording, Field(min_length=1)]
    found_percent: Percent
    counted_percent: Percent
    remarks: Wording = ""


class PaperCheck(Value):
    """How a stranger checks the paper. The QR code holds `link`; `site` and `code` are for typing.

    `link` leads to the answer and may hold number and code, never anything of the patient.
    """

    link: Link
    site: Annotated[SaidLine, Field(max_length=80)]
    code: Annotated[SaidLine, Field(max_length=20)]


class CertificatePaper(Zoned):
    """A certificate ("orzeczenie") as printed. Days are days on the wall of `zone`.

    - `title` and `kind_line`: the heading and the line below it, in the paper's language.
    - `examined_on`: of a remote one, the day on which the documents were read.
    - `items` in the order of printing, 0 to 40; where there are any, `total_percent` is given, unless
      `outcome` is `cannot_assess_yet`: then there is no total, and `re_examine_on` says when to come again.
    - `outcome` is None on papers that assess no damage.
    - `description`: up to 12,000 characters; an empty line begins a paragraph.
    - `supersedes_number`, `supersedes_on`: both or neither. That a paper was superseded or made void itself
      is said by the check, never on the paper, which is written once.

    Raises ValidationError, also for characters that no font of ours holds.
    """

    language: Literal["pl", "en"]
    issuer: PaperIssuer
    number: Annotated[SaidLine, Field(max_length=40)]
    title: SaidLine
    kind_line: Line = ""
    modality: PaperModality
    scale_name: Line = ""
    scale_version: Annotated[Line, Field(max_length=40)] = ""
    patient: PaperPerson
    purpose: Wording = ""
    examined_on: Day
    issued_at: Instant
    items: tuple[PaperDamage, ...] = Field(default=(), max_length=ITEMS_MAX)
    total_percent: Percent | None = None
    outcome: PaperOutcome | None = None
    re_examine_on: Day | None = None
    description: Prose = ""
    documents: tuple[SaidLine, ...] = Field(default=(), max_length=DOCUMENTS_MAX)
    doctor: PaperDoctor
    check: PaperCheck
    supersedes_number: Annotated[Line, Field(max_length=40)] = ""
    supersedes_on: Day | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        undecided = self.outcome is PaperOutcome.CANNOT_ASSESS_YET
        if undecided and (self.total_percent is not None or self.re_examine_on is None):
            raise ValueError("what cannot be assessed yet has a day of re-examination and no total")
        if self.items and self.total_percent is None and not undecided:
            raise ValueError("items of damage need a total")
        if self.total_percent is not None and self.outcome is None:
            raise ValueError("a total is either permanent or long-term")
        if bool(self.supersedes_number) != (self.supersedes_on is not None):
            raise ValueError("a superseded certificate has a number and a date")
        return self

    @property
    def issued_on(self) -> date:
        """The day on the wall."""
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()
