"""Invented employers, employees, packages, referrals and certificates of fitness that tests start from."""

from datetime import date, datetime
from decimal import Decimal

from functions.referrals.domain.employment import Employee, Employment
from functions.referrals.domain.exposure import ExposureFactor, ExposureLevel, Exposures, Measurement
from functions.referrals.domain.fitness import (
    FitnessCertificate,
    FitnessDecision,
    NextDue,
    NextDueReason,
    PositionDecision,
)
from functions.referrals.domain.referral import ExaminationType, Referral, ReferredPerson, ReferringEmployer
from shared.contracts.directory import Employer, Granted, ServicePackage
from shared.contracts.employer_numbers import EmployerNumber
from shared.kernel.actors import Actor, Role
from tests.outside import START
from tests.world import TENANT

TODAY = START.date()
HUTA, MLYN = "e-huta", "e-mlyn"
WELDER, DRIVER = "spawacz", "kierowca wózka jezdniowego"


def as_employer(employer_id: str = HUTA) -> Actor:
    return Actor(role=Role.EMPLOYER, tenant_id=TENANT, user_id=f"hr-{employer_id}", record_id=employer_id)


def employer(employer_id: str = HUTA, **facts: object) -> Employer:
    return Employer(
        id=employer_id,
        tenant_id=TENANT,
        name="Huta Szkła Jantar sp. z o.o.",
        numbers=(EmployerNumber(system="pl-nip", value="5261040828"),),
        address="ul. Hutnicza 3, 05-800 Pruszków",
        city="Pruszków",
        email="kadry@example.org",
    ).but(**facts)


def employee(employee_id: str = "em-1", **facts: object) -> Employee:
    return Employee(
        id=employee_id,
        tenant_id=TENANT,
        employer_id=HUTA,
        patient_id="p-1",
        given_name="Zofia",
        family_name="Malinowska",
        birth_date="1950-03-14",
        address="ul. Kwiatowa 7/12, 02-539 Warszawa",
        phone="+48512000099",
        email="zofia@example.org",
        employments=(employment(),),
        added_at=START,
    ).but(**facts)


def employment(**facts: object) -> Employment:
    return Employment(since=date(2020, 1, 1), positions=(WELDER,), department="Produkcja").but(**facts)


def package(package_id: str = "pk-1", units: int = 5, **facts: object) -> ServicePackage:
    return ServicePackage(
        id=package_id,
        tenant_id=TENANT,
        employer_id=HUTA,
        name="Medycyna pracy 2026",
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 12, 31),
        granted=tuple(Granted(service=one.value, units=units) for one in ExaminationType),
    ).but(**facts)


NOISE = ExposureFactor(
    name="hałas",
    level=ExposureLevel.MEDIUM,
    measurement=Measurement(value=Decimal("82.5"), unit="dB(A)", limit=Decimal(85), measured_on=TODAY),
)
EXPOSED = Exposures(physical=(NOISE,), dust=(), chemical=(), biological=(), other=())


def referral(referral_id: str = "r-1", **facts: object) -> Referral:
    return Referral(
        id=referral_id,
        tenant_id=TENANT,
        number="S/2026/ABC",
        employer_id=HUTA,
        employee_id="em-1",
        patient_id="p-1",
        person=ReferredPerson(given_name="Zofia", family_name="Malinowska", birth_date="1950-03-14"),
        employer=ReferringEmployer(name="Huta Szkła Jantar sp. z o.o.", address="ul. Hutnicza 3"),
        standing="employed",
        examination_type=ExaminationType.PERIODIC,
        positions=(WELDER, DRIVER),
        exposures=EXPOSED,
        issued_at=START,
        issued_on=TODAY,
        valid_until=date(2027, 2, 1),
        issued_by="hr-e-huta",
    ).but(**facts)


def certificate(
    certificate_id: str = "fc-1", issued_at: datetime = START, **facts: object
) -> FitnessCertificate:
    return FitnessCertificate(
        id=certificate_id,
        tenant_id=TENANT,
        number="VM/2026/000001",
        referral_id="r-1",
        employer_id=HUTA,
        employee_id="em-1",
        patient_id="p-1",
        doctor_id="d-anna",
        examination_type=ExaminationType.PERIODIC,
        decisions=(PositionDecision(position=WELDER, decision=FitnessDecision.FIT),),
        next_dues=(NextDue(reason=NextDueReason.PERIODIC, due_on=date(2028, 11, 24)),),
        examined_on=issued_at.date(),
        issued_at=issued_at,
        issued_on=issued_at.date(),
    ).but(**facts)
