"""A doctor's opinion: what they found, on which scale, and what it rests on; a draft until it is signed.

The draft belongs to its author alone and outlives the reservation. Everything in it is sealed: what somebody
lacks is as private as who they are.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field

from functions.certificates.domain.assessing import (
    ITEMS_MAX,
    Assessment,
    DamageItem,
    PriorDamage,
    combine,
)
from functions.certificates.domain.case import CertificateCase, CertificateKind
from functions.certificates.domain.scales.choosing import SCALES, signable
from functions.certificates.domain.scales.scale import DamageScale
from shared.contracts.paper_text import Prose
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import FieldError, Invalid, Stale
from shared.kernel.records import Decision, Record, Sealed, Value
from shared.kernel.times import Day

DOCUMENTS_MAX: Final = 40
REEXAMINATION_MAX: Final = timedelta(days=3 * 366)
DocumentId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class DamageKind(StrEnum):
    PERMANENT = "permanent"
    LONG_TERM = "long_term"
    CANNOT_ASSESS_YET = "cannot_assess_yet"  # the treatment has not ended: come again on a day that is named


class OpinionIncomplete(Invalid):
    """This opinion cannot be signed yet: complete or correct the fields that are named."""


class DraftMovedOn(Stale):
    """The draft was saved elsewhere, perhaps in another tab: read it again before you save or sign."""


class Opinion(Value):
    """A draft may lack anything. `kind` and the scale are for certificates of damage alone."""

    kind: DamageKind | None = None
    description: Prose = ""
    scale: str = Field("", max_length=60)
    scale_version: str = Field("", max_length=20)
    items: tuple[DamageItem, ...] = Field((), max_length=ITEMS_MAX)
    prior: tuple[PriorDamage, ...] = Field((), max_length=ITEMS_MAX)
    reexamine_on: Day | None = None
    document_ids: tuple[DocumentId, ...] = Field((), max_length=DOCUMENTS_MAX)


class Draft(Record):
    """Named by its case and its author. `version` counts how often it was saved."""

    kind: ClassVar[str] = "opinion_drafts"
    logged: ClassVar[bool] = False

    case_id: str
    doctor_id: str
    opinion_json: Sealed

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """Its author; no other doctor, and nobody of the staff."""
        if actor.role == Role.DOCTOR:
            return scope == Scope.ASSIGNED and actor.record_id == self.doctor_id
        return actor.role == Role.SYSTEM

    @property
    def opinion(self) -> Opinion:
        return Opinion.model_validate_json(self.opinion_json, extra="ignore")


def draft_id(case_id: str, doctor_id: str) -> str:
    return f"{case_id}.{doctor_id}"


def saved(draft: Draft, opinion: Opinion, version: int) -> Decision[Draft]:
    """`version`: what the author's tab has read; 0 before the first time. Raises DraftMovedOn."""
    if draft.version != version:
        raise DraftMovedOn(f"It is at version {draft.version}.")
    return Decision(draft.but(opinion_json=opinion.model_dump_json()), "draft_saved")


class Finding(Value):
    """What an opinion comes to; nothing where no damage is assessed, or not yet."""

    assessment: Assessment | None = None
    scale: DamageScale | None = None


def found(
    opinion: Opinion, case: CertificateCase, day: date, scales: tuple[DamageScale, ...] = SCALES
) -> Finding:
    """Whether the opinion may be signed on that day, and what it comes to.

    Raises OpinionIncomplete, AssessmentMakesNoSense, ScaleUnknown, ScaleOfAnotherInsurer, ScaleSuperseded.
    """
    errors = _lacking(opinion, case, day)
    if errors:
        raise OpinionIncomplete(errors=errors)
    if opinion.kind in (None, DamageKind.CANNOT_ASSESS_YET):
        return Finding()
    asked_for = case.insurer.scale if case.insurer else ""
    scale = signable(opinion.scale, opinion.scale_version, asked_for, day, scales)
    return Finding(assessment=combine(opinion.items, opinion.prior, scale), scale=scale)


def _lacking(opinion: Opinion, case: CertificateCase, day: date) -> list[FieldError]:
    errors = [] if opinion.description.strip() else [FieldError("/description", "say what was found")]
    if case.certificate_kind != CertificateKind.HEALTH_DAMAGE:
        assessed = opinion.kind or opinion.items or opinion.prior or opinion.scale
        return [*errors, *([FieldError("/kind", "no damage is assessed here")] if assessed else [])]
    if opinion.kind is None:
        return [*errors, FieldError("/kind", "say whether the damage is permanent")]
    if opinion.kind == DamageKind.CANNOT_ASSESS_YET and (opinion.items or opinion.prior):
        errors.append(FieldError("/items", "what cannot be assessed yet has no percents"))
    return [*errors, *_day_lacking(opinion, day)]


def _day_lacking(opinion: Opinion, day: date) -> list[FieldError]:
    again = opinion.reexamine_on
    if opinion.kind == DamageKind.CANNOT_ASSESS_YET and again is None:
        return [FieldError("/reexamine_on", "say when it can be assessed")]
    if opinion.kind == DamageKind.PERMANENT and again is not None:
        return [FieldError("/reexamine_on", "what is permanent is not examined again")]
    if again is not None and not day < again <= day + REEXAMINATION_MAX:
        return [FieldError("/reexamine_on", "a day to come, within three years")]
    return []
