"""An operator orders a certificate: from the documents by some day, or by an examination at a clinic."""

from typing import Annotated, Literal

from pydantic import Field

from functions.certificates.domain.arranging import Wish, arranged
from functions.certificates.domain.case import CertificateCase, CertificateKind, Modality, Priority, Purpose
from functions.certificates.domain.case_file import keep, opened
from functions.certificates.domain.closeness import of_patient
from functions.certificates.domain.due import due_day
from functions.certificates.domain.insurer import Insurer
from functions.certificates.domain.keeping import COMMENT_LENGTH_MAX, commented
from functions.certificates.domain.requesting import Order, Place, refuse_unverified, requested
from functions.certificates.domain.views import CaseView, staff_view
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.homes import Home
from shared.contracts.patients import Patient
from shared.contracts.specializations import Specialization
from shared.kernel.actors import Role
from shared.kernel.records import Value
from shared.kernel.times import Day
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class InsurerGiven(Value):
    """`scale`: the code of the damage scale that the policy names, "" where it names none."""

    name: str = Field(min_length=1, max_length=200)
    scale: str = Field("", max_length=60, pattern=r"^[a-z0-9-]*$")
    claim_number: str = Field("", max_length=60)


class Remote(Value):
    """`on_free_day`: the day stands although nobody works on it; else the next working day is kept."""

    kind: Literal["remote"]
    due_on: Day
    on_free_day: bool = False


class Stationary(Wish):
    kind: Literal["stationary"]


class RequestCertificate(Request):
    """`home`: where the patient lives. No doctor of that household will see the case; it is not kept itself.

    `specialization`: that whoever signs must have; left out for any.
    """

    patient_id: str = Field(max_length=60)
    how: Annotated[Remote | Stationary, Field(discriminator="kind")]
    certificate_kind: CertificateKind
    purpose: Purpose
    priority: Priority = Priority.ROUTINE
    specialization: Specialization | None = None
    insurer: InsurerGiven | None = None
    home: Home | None = None
    comment: str = Field("", max_length=COMMENT_LENGTH_MAX)


@action(post("/v1/certificate-cases"), role=Role.OPERATOR)
def request_certificate(req: RequestCertificate, ctx: Context) -> CaseView:
    """Order a certificate for a patient."""
    if isinstance(req.how, Stationary):
        return _stationary(req, req.how, ctx)
    return _remote(req, req.how, ctx)


def _remote(req: RequestCertificate, how: Remote, ctx: Context) -> CaseView:
    patient = ctx.store.get(Patient, req.patient_id)
    refuse_unverified(patient, allowed=ctx.settings.remote_for_unverified)
    place = Place(country=ctx.settings.country, zone=ctx.settings.zone)
    days = ctx.ports.working_days
    due = due_day(how.due_on, place.country, place.zone, days, ctx.now, on_free_day=how.on_free_day)
    case = requested(
        ctx.new_id(),
        patient,
        of_patient(patient, req.home, ctx.ports.seals),
        _order(req),
        Modality.REMOTE,
        place,
        due.kept,
        ctx.actor.user_id,
        ctx.now,
    )
    details = {"due_asked": due.asked.isoformat(), "due_on": due.kept.isoformat(), "moved_because": due.why}
    return staff_view(_opened(case, details, req.comment, ctx), ctx.now, due)


def _stationary(req: RequestCertificate, how: Stationary, ctx: Context) -> CaseView:
    ctx.store.prefetch((Patient, req.patient_id), (Clinic, how.clinic_id), (Doctor, how.doctor_id))
    patient = ctx.store.get(Patient, req.patient_id)
    clinic = ctx.store.get(Clinic, how.clinic_id)
    place = Place(country=clinic.country, zone=clinic.zone)
    case = requested(
        ctx.new_id(),
        patient,
        of_patient(patient, req.home, ctx.ports.seals),
        _order(req),
        Modality.STATIONARY,
        place,
        place.day_of(how.starts_at),
        ctx.actor.user_id,
        ctx.now,
    )
    case = _opened(case, {"clinic_id": how.clinic_id, "doctor_id": how.doctor_id}, req.comment, ctx)
    decision = arranged(case, how, clinic, ctx.store.get(Doctor, how.doctor_id), ctx.now)
    return staff_view(keep(case, decision, ctx.store), ctx.now)


def _opened(case: CertificateCase, details: dict[str, str], comment: str, ctx: Context) -> CertificateCase:
    case = opened(case, details, ctx.store)
    return keep(case, commented(case, comment), ctx.store) if comment else case


def _order(req: RequestCertificate) -> Order:
    return Order(
        certificate_kind=req.certificate_kind,
        purpose=req.purpose,
        priority=req.priority,
        specialization=req.specialization or "",
        insurer=Insurer(**req.insurer.model_dump()) if req.insurer else None,
    )
