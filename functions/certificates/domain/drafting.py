"""What an author sees of their draft: the text, what it comes to, and why it cannot be signed yet."""

from datetime import datetime

from functions.certificates.domain.assessing import Assessment
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.opinion import Draft, Opinion, found
from shared.kernel.errors import Refusal
from shared.kernel.records import Value


class Lack(Value):
    """`pointer` into the opinion, "" where it is about all of it."""

    pointer: str
    detail: str


class DraftView(Value):
    """`lacks` is empty when the opinion itself could be signed today; `yours` tells whether the case is."""

    case_id: str
    version: int
    opinion: Opinion
    assessment: Assessment | None
    lacks: tuple[Lack, ...]
    yours: bool


def view_of(draft: Draft, case: CertificateCase | None, now: datetime) -> DraftView:
    """`case` is None where the author does not work on it any more."""
    opinion, assessment = draft.opinion, None
    lacks: tuple[Lack, ...] = ()
    if case is not None:
        try:
            assessment = found(opinion, case, case.day_of(now)).assessment
        except Refusal as refusal:
            lacks = _lacks(refusal)
    return DraftView(
        case_id=draft.case_id,
        version=draft.version,
        opinion=opinion,
        assessment=assessment,
        lacks=lacks,
        yours=case is not None,
    )


def _lacks(refusal: Refusal) -> tuple[Lack, ...]:
    named = tuple(Lack(pointer=one.pointer, detail=one.detail) for one in refusal.errors)
    return named or (Lack(pointer="", detail=refusal.detail),)
