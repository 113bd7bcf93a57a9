"""What callers see of a patient: enough to be sure who it is, or everything."""

from datetime import date

from shared.contracts.patients import Guardian, Identifier, Patient, Sex
from shared.kernel.records import Value


class PatientSummary(Value):
    """Enough for an operator to be sure who is on the phone. `version` is the record's ETag."""

    patient_id: str
    version: int
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    phone: str
    language: str
    plan: str
    is_minor: bool
    has_guardian: bool
    is_unverified: bool
    is_deceased: bool


class PatientView(Value):
    """The whole record. An identifier's `key` names it in corrections."""

    patient_id: str
    version: int
    given_name: str
    family_name: str
    birth_date: date
    birth_date_estimated: bool
    sex: Sex
    identifiers: tuple[Identifier, ...]
    phone: str
    email: str
    language: str
    country: str
    guardian: Guardian | None
    plan: str
    is_minor: bool
    is_unverified: bool
    deceased_on: date | None
    merged_into: str


def summary_of(patient: Patient, on: date) -> PatientSummary:
    return PatientSummary(
        patient_id=patient.id,
        version=patient.version,
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        phone=patient.phone,
        language=patient.language,
        plan=patient.plan,
        is_minor=patient.is_minor_on(on),
        has_guardian=patient.guardian is not None,
        is_unverified=patient.is_unverified,
        is_deceased=patient.is_deceased,
    )


def view_of(patient: Patient, on: date) -> PatientView:
    return PatientView(
        patient_id=patient.id,
        version=patient.version,
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        birth_date_estimated=patient.birth_date_estimated,
        sex=patient.sex,
        identifiers=patient.identifiers,
        phone=patient.phone,
        email=patient.email,
        language=patient.language,
        country=patient.country,
        guardian=patient.guardian,
        plan=patient.plan,
        is_minor=patient.is_minor_on(on),
        is_unverified=patient.is_unverified,
        deceased_on=patient.deceased_on,
        merged_into=patient.merged_into,
    )
