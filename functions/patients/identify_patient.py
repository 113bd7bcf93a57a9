"""Find out who is on the phone, by their numbers and their birth date.

It only reads, and it is a POST, because what people say must not stand in a URL. The answer says what to
ask next; it never decides which of two contradicting facts is right.
"""

from datetime import date

from pydantic import Field

from functions.patients.domain.identification import MERGES_MAX, Ask, Outcome, identified
from functions.patients.domain.identity import GIVEN_MAX, Checks, GivenIdentifier, Newborn
from functions.patients.domain.particulars import check_dates, today
from functions.patients.domain.texts import QUESTIONS, Spoken
from functions.patients.domain.views import PatientSummary, summary_of
from shared.contracts.patients import IdentifierKey, Patient
from shared.kernel.actors import Role
from shared.runtime.action import Request, Response, action, look_up
from shared.runtime.context import Context


class IdentifyPatient(Request):
    """`language`: of the question that the operator reads."""

    identifiers: tuple[GivenIdentifier, ...] = Field(default=(), max_length=GIVEN_MAX)
    newborn: Newborn | None = None
    birth_date: date
    language: Spoken = "pl"


class Identified(Response):
    """`ask` is what to do next, `question` the same in words; `see` names records that may settle it."""

    outcome: Outcome
    patient: PatientSummary | None
    ask: Ask
    question: str
    see: tuple[str, ...]


@action(look_up("/v1/patients:identify"), role=Role.OPERATOR, audited=True)
def identify_patient(req: IdentifyPatient, ctx: Context) -> Identified:
    """Find a patient by identifiers and birth date, or learn what to ask."""
    day = today(ctx.now)
    check_dates(req.birth_date, None, day)
    checks = Checks(ctx.ports.identifiers, ctx.ports.seals, ctx.actor.tenant_id)
    checked = checks.all_given(req.identifiers, req.newborn, req.birth_date)
    found = identified(checked, _owners([one.key for one in checked], ctx), req.birth_date)
    return Identified(
        outcome=found.outcome,
        patient=summary_of(found.patient, day) if found.patient else None,
        ask=found.ask,
        question=QUESTIONS[found.ask][req.language],
        see=found.see,
    )


def _owners(keys: list[str], ctx: Context) -> list[Patient]:
    """Whoever holds the keys; of a merged record, the one that holds its history."""
    ids = [one.patient_id for one in ctx.store.find_many(IdentifierKey, keys)]
    owners = ctx.store.find_many(Patient, ids)
    for _ in range(MERGES_MAX):
        if not any(one.merged_into for one in owners):
            break
        owners = ctx.store.find_many(Patient, [one.merged_into or one.id for one in owners])
    return owners
