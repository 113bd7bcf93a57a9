"""What callers see of a referral: the employer who wrote it, staff, and the doctor who examines by it."""

from datetime import date, datetime

from functions.referrals.domain.exposure import Exposures
from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.employer_numbers import EmployerNumber
from shared.kernel.records import Value


class AppointmentView(Value):
    clinic_id: str
    starts_at: datetime
    ends_at: datetime


class EmployerReferral(Value):
    """A referral as its employer sees it: what they wrote, and what has become of it. `version` is its ETag.

    Never why a person refused, who examines, nor what the clinic was asked. `unreached`: neither text nor
    mail reached the person with the newest news: tell them yourself.
    """

    referral_id: str
    version: int
    number: str
    status: str
    employee_id: str
    given_name: str
    family_name: str
    examination_type: str
    positions: tuple[str, ...]
    department: str
    work_description: str
    exposures: Exposures
    package_id: str
    over_limit: bool | None
    appointment: AppointmentView | None
    certificate_id: str
    reissue_of: str
    reissued_as: str
    revision: int
    issued_on: date
    valid_until: date
    has_paper: bool
    unreached: bool


class ReferralView(EmployerReferral):
    """As staff see it: also whom to call about what. `attention` says why a person should look."""

    employer_id: str
    patient_id: str
    language: str
    attention: str
    end_reason: str
    missed: int
    clinic_asked: str
    issued_at: datetime


class DoctorReferral(Value):
    """As the examining doctor sees it: the version that holds, and what is stale or missing in it.

    `open_groups` were not filled in; `unmeasured` names factors whose level nobody measured lately.
    """

    referral_id: str
    version: int
    number: str
    revision: int
    status: str
    examination_type: str
    patient_id: str
    given_name: str
    family_name: str
    birth_date: date
    identifier_system: str
    identifier: str
    standing: str
    employer_name: str
    employer_numbers: tuple[EmployerNumber, ...]
    positions: tuple[str, ...]
    department: str
    work_description: str
    exposures: Exposures
    open_groups: tuple[str, ...]
    unmeasured: tuple[str, ...]
    appointment: AppointmentView | None
    issued_on: date
    valid_until: date


def employer_view(referral: Referral, over_limit: bool | None = None) -> EmployerReferral:
    """`over_limit`: whether its unit is paid beyond the package; None where nobody looked."""
    return EmployerReferral(**_shared(referral), over_limit=over_limit)


def staff_view(referral: Referral) -> ReferralView:
    ask = referral.clinic_ask
    return ReferralView(
        **_shared(referral),
        over_limit=None,
        employer_id=referral.employer_id,
        patient_id=referral.patient_id,
        language=referral.language,
        attention=referral.attention,
        end_reason=referral.end_reason,
        missed=referral.examination.missed if referral.examination else 0,
        clinic_asked=ask.slot.clinic_id if ask else "",
        issued_at=referral.issued_at,
    )


def doctor_view(referral: Referral, measured_after: date) -> DoctorReferral:
    person = referral.person
    return DoctorReferral(
        referral_id=referral.id,
        version=referral.version,
        number=referral.number,
        revision=referral.revision,
        status=referral.status.value,
        examination_type=referral.examination_type.value,
        patient_id=referral.patient_id,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=date.fromisoformat(person.birth_date),
        identifier_system=person.identifier_system,
        identifier=person.identifier,
        standing=referral.standing,
        employer_name=referral.employer.name,
        employer_numbers=referral.employer.numbers,
        positions=referral.positions,
        department=referral.department,
        work_description=referral.work_description,
        exposures=referral.exposures,
        open_groups=tuple(one.value for one in referral.exposures.open_groups),
        unmeasured=referral.exposures.unmeasured(measured_after),
        appointment=_appointment(referral),
        issued_on=referral.issued_on,
        valid_until=referral.valid_until,
    )


def _shared(referral: Referral) -> dict[str, object]:
    return {
        "referral_id": referral.id,
        "version": referral.version,
        "number": referral.number,
        "status": referral.status.value,
        "employee_id": referral.employee_id,
        "given_name": referral.person.given_name,
        "family_name": referral.person.family_name,
        "examination_type": referral.examination_type.value,
        "positions": referral.positions,
        "department": referral.department,
        "work_description": referral.work_description,
        "exposures": referral.exposures,
        "package_id": referral.package_id,
        "appointment": _appointment(referral),
        "certificate_id": referral.certificate_id,
        "reissue_of": referral.reissue_of,
        "reissued_as": referral.reissued_as,
        "revision": referral.revision,
        "issued_on": referral.issued_on,
        "valid_until": referral.valid_until,
        "has_paper": referral.paper_generation is not None,
        "unreached": referral.is_unreached,
    }


def _appointment(referral: Referral) -> AppointmentView | None:
    held = referral.examination
    if held is None or referral.status in (ReferralStatus.ISSUED, ReferralStatus.UNKNOWN_OUTCOME):
        return None
    return AppointmentView(clinic_id=held.clinic_id, starts_at=held.starts_at, ends_at=held.ends_at)
