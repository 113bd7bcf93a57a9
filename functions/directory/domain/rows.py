"""The customer's rows as records of the directory."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from shared.contracts.customer_rows import (
    AddressRow,
    ClinicRow,
    Collection,
    DoctorRow,
    EmployerRow,
    Gone,
    PackageRow,
    Row,
)
from shared.contracts.directory import (
    Clinic,
    Doctor,
    DoctorPhone,
    Employer,
    Granted,
    Hours,
    ServicePackage,
)
from shared.contracts.employer_numbers import EmployerNumber
from shared.contracts.homes import Home, home_text
from shared.contracts.ports import Identifiers, PhoneBook
from shared.kernel.ports import Seals
from shared.kernel.times import QuietHours

Listed = Clinic | Doctor | Employer | ServicePackage

KINDS: Final[Mapping[Collection, type[Listed]]] = {
    Collection.CLINICS: Clinic,
    Collection.DOCTORS: Doctor,
    Collection.EMPLOYERS: Employer,
    Collection.PACKAGES: ServicePackage,
}
"""What is synced. Patients are not: who a person is, is asked on the phone and settled by the patients
module, not overwritten by a feed."""


class DoctorKeys(NamedTuple):
    """Keyed hashes by which a doctor is found to be a patient, or to live with one."""

    person_keys: tuple[str, ...] = ()
    home_key: str = ""


NO_KEYS: Final = DoctorKeys()


def record_of(
    row: Row, tenant_id: str, phones: tuple[DoctorPhone, ...] = (), keys: DoctorKeys = NO_KEYS
) -> Listed:
    match row:
        case ClinicRow():
            return _clinic(row, tenant_id)
        case DoctorRow():
            return _doctor(row, tenant_id, phones).but(**keys._asdict())
        case EmployerRow():
            return _employer(row, tenant_id)
        case PackageRow():
            return _package(row, tenant_id)
    raise TypeError(f"the directory keeps no {type(row).__name__}")


def newer(row: Row, made: Listed | None, held: Listed | None) -> Listed | None:
    """What is to be written: None where the row is older than what we hold, or says nothing new."""
    if held is not None and row.version < held.source_version:
        return None
    if isinstance(row, Gone):
        made = held.but(active=False, source_version=row.version) if held else None
    return None if made == held else made


def phones_of(row: Row, tenant_id: str, seals: Seals, book: PhoneBook) -> tuple[DoctorPhone, ...]:
    """The phones of a doctor's row, each under its key. Raises Invalid for a number that cannot be."""
    if not isinstance(row, DoctorRow):
        return ()
    verified: dict[str, date | None] = {}
    for one in row.phones:
        verified.setdefault(book.parse(one.number, "PL"), one.verified_on)
    return tuple(
        DoctorPhone(number=number, phone_key=seals.lookup_key(tenant_id, number), verified_on=verified_on)
        for number, verified_on in verified.items()
    )


def keys_of(row: Row, tenant_id: str, seals: Seals, identifiers: Identifiers) -> DoctorKeys:
    """As the patients module keys what it knows. Raises Invalid for a number whose digits are wrong."""
    if not isinstance(row, DoctorRow):
        return NO_KEYS
    checked = [(one.system, identifiers.check(one.system, one.value, None)) for one in row.identifiers]
    return DoctorKeys(
        tuple(sorted({seals.lookup_key(tenant_id, f"{system}:{value}") for system, value in checked})),
        _home_key(row.home, tenant_id, seals),
    )


def _home_key(home: AddressRow | None, tenant_id: str, seals: Seals) -> str:
    """Only a street and a postcode tell one household from its neighbours."""
    if home is None or not home.street or not home.postcode:
        return ""
    try:
        known = Home(street=home.street, postcode=home.postcode, country=home.country)
    except ValueError:
        return ""
    return seals.lookup_key(tenant_id, home_text(known))


def _clinic(row: ClinicRow, tenant_id: str) -> Clinic:
    return Clinic(
        id=row.id,
        tenant_id=tenant_id,
        name=row.name,
        address=_line(row.address),
        city=row.address.city,
        country=row.address.country,
        position=row.position,
        zone=row.time_zone,
        specializations=tuple(sorted({one.value for one in row.specializations})),
        hours=tuple(
            Hours(weekday=one.weekday, opens=one.opens, closes=one.closes) for one in row.opening_hours
        ),
        visit_radius_km=row.home_visit_radius_km,
        integrated=row.integration == "integrated",
        phone=row.phone or "",
        plans=row.plans,
        source_version=row.version,
    )


def _doctor(row: DoctorRow, tenant_id: str, phones: tuple[DoctorPhone, ...]) -> Doctor:
    return Doctor(
        id=row.id,
        tenant_id=tenant_id,
        given_name=row.given_name,
        family_name=row.family_name,
        language=row.languages[0],
        languages=row.languages,
        specializations=tuple(sorted({one.value for one in row.specializations})),
        clinic_ids=row.clinic_ids,
        phones=phones,
        quiet_hours=row.quiet_hours or QuietHours(),
        position=row.home_position,
        license_number=row.license_number,
        license_until=row.license_until,
        source_version=row.version,
    )


def _employer(row: EmployerRow, tenant_id: str) -> Employer:
    return Employer(
        id=row.id,
        tenant_id=tenant_id,
        name=row.name,
        numbers=tuple(EmployerNumber(system=one.system, value=one.value) for one in row.identifiers),
        address=_line(row.address),
        city=row.address.city,
        country=row.address.country,
        email=row.email,
        phone=row.phone or "",
        language=row.language,
        source_version=row.version,
    )


def _package(row: PackageRow, tenant_id: str) -> ServicePackage:
    return ServicePackage(
        id=row.id,
        tenant_id=tenant_id,
        employer_id=row.employer_id,
        name=row.name,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        granted=tuple(Granted(service=one.service, units=one.granted) for one in row.allowances),
        source_version=row.version,
    )


def _line(address: AddressRow) -> str:
    town = f"{address.postcode} {address.city}".strip()
    return f"{address.street}, {town}" if address.street else town
