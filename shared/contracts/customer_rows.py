"""Clinics, doctors, patients, employers and packages, as the customer's own systems send them.

These are the promises of docs/customer-api/openapi.json, which is made of them. Fields that we do not
know are ignored, since an API grows.
"""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from shared.contracts.specializations import Specialization
from shared.kernel.places import Position
from shared.kernel.records import Value
from shared.kernel.times import QuietHours, WallTime

LIST_MAX: Final = 50

RowId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", description="E.164")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=200)]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError("is not a time zone we know") from unknown
    return name


Zone = Annotated[str, Field(max_length=60, description="IANA"), AfterValidator(_known_zone)]


class Collection(StrEnum):
    CLINICS = "clinics"
    DOCTORS = "doctors"
    PATIENTS = "patients"
    EMPLOYERS = "employers"
    PACKAGES = "packages"


class _Sent(Value):
    model_config = ConfigDict(extra="ignore")


class _Row(_Sent):
    """`version` grows with every change of the row; equal versions are the same row."""

    id: RowId
    version: int = Field(ge=1)


class Gone(_Row):
    """The customer deleted this row."""


class AddressRow(_Sent):
    street: Text = ""
    postcode: Text = ""
    city: Name
    country: Country = "PL"


class OpeningHours(_Sent):
    """Open on one weekday (0 = Monday), local wall time; a day off has none, a lunch break makes two.

    `closes` 00:00 is the midnight that ends the day.
    """

    weekday: int = Field(ge=0, le=6)
    opens: WallTime
    closes: WallTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes and self.closes != time(0):
            raise ValueError("must open before it closes")
        return self


class ClinicRow(_Row):
    name: Name
    address: AddressRow
    position: Position | None = None
    specializations: tuple[Specialization, ...] = Field(max_length=LIST_MAX)
    opening_hours: tuple[OpeningHours, ...] = Field(max_length=LIST_MAX)
    time_zone: Zone
    home_visit_radius_km: float | None = Field(
        default=None, ge=0, le=600, description="null: the enterprise's own radius applies"
    )
    integration: Literal["integrated", "none"]
    phone: Phone | None = None
    plans: tuple[Code, ...] = Field(default=(), max_length=LIST_MAX, description="plans it is contracted for")


class DoctorPhoneRow(_Sent):
    number: Phone
    verified_on: date | None = None


class IdentifierRow(_Sent):
    """`system`: pl-pesel, cz-rc, ...; passport-XX with the country. The checksum is not checked here."""

    system: str = Field(pattern=r"^[a-z]+-[A-Za-z]+$", max_length=40)
    value: str = Field(min_length=1, max_length=40)
    since: date | None = None
    until: date | None = None


class DoctorRow(_Row):
    given_name: Name
    family_name: Name
    clinic_ids: tuple[RowId, ...] = Field(default=(), max_length=LIST_MAX)
    specializations: tuple[Specialization, ...] = Field(max_length=LIST_MAX)
    phones: tuple[DoctorPhoneRow, ...] = Field(
        default=(), max_length=LIST_MAX, description="the preferred first"
    )
    languages: tuple[Language, ...] = Field(
        min_length=1, max_length=LIST_MAX, description="the preferred first"
    )
    license_number: Name
    license_until: date
    quiet_hours: QuietHours | None = None
    home: AddressRow | None = Field(default=None, description="where the doctor sets out from")
    home_position: Position | None = None
    identifiers: tuple[IdentifierRow, ...] = Field(
        default=(), max_length=LIST_MAX, description="personal numbers: nobody certifies their own health"
    )


class GuardianRow(_Sent):
    name: Name
    relationship: Code
    phone: Phone | None = None


class PatientRow(_Row):
    given_name: Name
    family_name: Name
    birth_date: date
    sex: Literal["female", "male", "other", "unknown"]
    identifiers: tuple[IdentifierRow, ...] = Field(default=(), max_length=LIST_MAX)
    phone: Phone | None = None
    email: Email | None = None
    language: Language = "pl"
    address: AddressRow | None = None
    guardian: GuardianRow | None = None
    deceased_on: date | None = None
    plan: Code | None = None
    employer_ids: tuple[RowId, ...] = Field(default=(), max_length=LIST_MAX)


class EmployerRow(_Row):
    name: Name
    identifiers: tuple[IdentifierRow, ...] = Field(default=(), max_length=LIST_MAX)
    address: AddressRow
    email: Email
    phone: Phone | None = None
    language: Language = "pl"


class AllowanceRow(_Sent):
    service: Code
    granted: int = Field(ge=0, le=1_000_000)


class PackageRow(_Row):
    employer_id: RowId
    name: Name
    valid_from: date
    valid_until: date
    allowances: tuple[AllowanceRow, ...] = Field(min_length=1, max_length=LIST_MAX)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from > self.valid_until:
            raise ValueError("must begin before it ends")
        return self


Row = ClinicRow | DoctorRow | PatientRow | EmployerRow | PackageRow | Gone

ROWS: Final[Mapping[Collection, type[Row]]] = {
    Collection.CLINICS: ClinicRow,
    Collection.DOCTORS: DoctorRow,
    Collection.PATIENTS: PatientRow,
    Collection.EMPLOYERS: EmployerRow,
    Collection.PACKAGES: PackageRow,
}
