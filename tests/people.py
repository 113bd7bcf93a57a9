"""Invented people, clinics and visits that tests start from. Numbers are valid and belong to nobody."""

from datetime import date, time

from functions.house_visits.domain.address import Address
from shared.contracts.directory import Doctor, DoctorPhone
from shared.contracts.geocoding import GeocodeQuality
from shared.contracts.patients import Patient
from shared.kernel.actors import Actor, Role
from shared.kernel.places import Position
from shared.kernel.times import PreferredWindow, QuietHours
from tests.outside import START
from tests.world import TENANT, World

ANNA, PIOTR, EWA, JAN = "d-anna", "d-piotr", "d-ewa", "d-jan"
PHONES = {ANNA: "+48512000001", PIOTR: "+48512000002", EWA: "+48512000003", JAN: "+48512000004"}
NAMES = {ANNA: ("Anna", "Zielińska"), PIOTR: ("Piotr", "Wrona"), EWA: ("Ewa", "Lis"), JAN: ("Jan", "Sowa")}

WARSAW = Position(lat=52.2297, lon=21.0122)
AFTERNOON = PreferredWindow(day=START.date(), begins=time(14), ends=time(18))
HOME = Address(
    line="ul. Kwiatowa 7/12", city="Warszawa", district="Mokotów", postcode="02-539", position=WARSAW,
    quality=GeocodeQuality.ROOFTOP,
)  # fmt: skip


def as_doctor(doctor_id: str) -> Actor:
    return Actor(role=Role.DOCTOR, tenant_id=TENANT, user_id=f"user-{doctor_id}", record_id=doctor_id)


def phone_key(world: World, phone: str) -> str:
    return world.wiring.seals.lookup_key(TENANT, phone)


def doctor(world: World, doctor_id: str, *, phone: str = "", language: str = "pl", **facts: object) -> Doctor:
    number = phone or PHONES[doctor_id]
    given, family = NAMES.get(doctor_id, ("Ola", "Nowak"))
    return Doctor(
        id=doctor_id,
        tenant_id=TENANT,
        given_name=given,
        family_name=family,
        language=language,
        specializations=("internal_medicine",),
        phones=(
            DoctorPhone(number=number, phone_key=phone_key(world, number), verified_on=date(2026, 10, 1)),
        ),
        quiet_hours=QuietHours(),
    ).but(**facts)


def patient(patient_id: str = "p-1", **facts: object) -> Patient:
    return Patient(
        id=patient_id,
        tenant_id=TENANT,
        given_name="Zofia",
        family_name="Malinowska",
        birth_date=date(1950, 3, 14),
        phone="+48512000099",
        email="zofia@example.org",
        created_at=START,
    ).but(**facts)
