"""What is printed on a certificate: taken from case, opinion and files at the moment of signing, once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from functions.certificates.domain import paper_words as words
from functions.certificates.domain.assessing import shares
from functions.certificates.domain.case import CertificateCase, Modality
from functions.certificates.domain.opinion import Finding, Opinion
from functions.certificates.domain.paper_words import Speech
from shared.contracts.directory import Doctor
from shared.contracts.papers import (
    CertificatePaper,
    PaperCheck,
    PaperDamage,
    PaperDoctor,
    PaperIssuer,
    PaperModality,
    PaperOutcome,
    PaperPerson,
)
from shared.contracts.patients import NEWBORN, Patient
from shared.kernel.errors import Conflict
from shared.kernel.records import Value


class NotPrintable(Conflict):
    """This certificate cannot be printed: correct what is named, in the draft or on file, and sign again."""


class Issuer(Value):
    """Whose letterhead it is; `code` begins its numbers, `check_url` is where strangers check them."""

    code: str
    name: str
    address_lines: tuple[str, ...] = ()
    check_url: str


@dataclass(frozen=True)
class Signing:
    """Everything that lies before the doctor when they sign; the names of the documents as listed."""

    case: CertificateCase
    opinion: Opinion
    doctor: Doctor
    patient: Patient
    documents: tuple[str, ...]
    issuer: Issuer
    now: datetime

    @property
    def day(self) -> date:
        return self.case.day_of(self.now)


@dataclass(frozen=True)
class Named:
    """The number and code of a certificate, and of the one that it takes the place of."""

    number: str
    code: str
    supersedes_number: str = ""
    supersedes_on: date | None = None


def paper_of(signing: Signing, finding: Finding, named: Named) -> CertificatePaper:
    """Raises NotPrintable where a name or text holds what no paper can show."""
    speech, case = words.speech_of(signing.case.language), signing.case
    scale, assessed = finding.scale, finding.assessment
    try:
        return CertificatePaper(
            zone=case.zone,
            language=speech,
            issuer=PaperIssuer(name=signing.issuer.name, address_lines=signing.issuer.address_lines),
            number=named.number,
            title=words.title(case.certificate_kind, speech),
            modality=PaperModality(case.modality.value),
            scale_name=words.scale_name(scale, speech) if scale else "",
            scale_version=words.scale_version(scale, speech) if scale else "",
            patient=_person(signing.patient, speech),
            purpose=words.purpose(case, speech),
            examined_on=examined_on(case, signing.now),
            issued_at=signing.now,
            items=_items(finding, speech),
            total_percent=Decimal(assessed.total) if assessed else None,
            outcome=PaperOutcome(signing.opinion.kind.value) if signing.opinion.kind else None,
            re_examine_on=signing.opinion.reexamine_on,
            description=signing.opinion.description,
            documents=signing.documents,
            doctor=_doctor(signing.doctor, case, speech),
            check=_check(signing.issuer, named),
            supersedes_number=named.supersedes_number,
            supersedes_on=named.supersedes_on,
        )
    except ValidationError as error:
        raise NotPrintable("; ".join(_said(one) for one in error.errors(include_input=False))) from None


def examined_on(case: CertificateCase, now: datetime) -> date:
    """The day of the examination; of a remote one, the day on which the documents were read."""
    if case.modality == Modality.STATIONARY and case.appointment is not None:
        return case.appointment.starts_at.astimezone(ZoneInfo(case.appointment.zone)).date()
    return case.day_of(now)


def _said(error: object) -> str:
    """Where it is wrong and why, without what stands there."""
    assert isinstance(error, dict)
    return f"{'.'.join(str(one) for one in error['loc'])}: {error['msg']}"


def _person(patient: Patient, speech: Speech) -> PaperPerson:
    """Without a number where nobody has confirmed one."""
    known = [one for one in patient.identifiers if one.is_current and one.system != NEWBORN]
    shown = next((one for one in known if one.verified), next(iter(known), None))
    return PaperPerson(
        name=f"{patient.given_name} {patient.family_name}",
        birth_date=patient.birth_date,
        identifier_label=words.identifier_label(shown.system, speech) if shown else "",
        identifier=shown.value if shown else "",
    )


def _doctor(doctor: Doctor, case: CertificateCase, speech: Speech) -> PaperDoctor:
    return PaperDoctor(
        name=f"{doctor.given_name} {doctor.family_name}",
        license_number=doctor.license_number,
        specialization=words.specialization(doctor.specializations, case.specialization, speech),
    )


def _items(finding: Finding, speech: Speech) -> tuple[PaperDamage, ...]:
    if finding.assessment is None or finding.scale is None:
        return ()
    assessed, scale = finding.assessment, finding.scale
    prior = {(one.function, one.side): one.percent for one in assessed.prior}
    rows = []
    for item, counted in zip(assessed.items, shares(assessed.items, assessed.prior, scale), strict=True):
        position = scale.by_code[item.code]
        before = prior.get((position.function, item.side), 0)
        rows.append(
            PaperDamage(
                position=item.code,
                wording=words.wording(position, item.side, speech),
                found_percent=Decimal(item.percent),
                counted_percent=Decimal(counted),
                remarks=words.remarks(item.percent, counted, before, speech),
            )
        )
    return tuple(rows)


def _check(issuer: Issuer, named: Named) -> PaperCheck:
    number = named.number.replace("/", "%2F")
    return PaperCheck(
        link=f"{issuer.check_url}?number={number}&code={named.code}",
        site=issuer.check_url.partition("://")[2],
        code=named.code,
    )
