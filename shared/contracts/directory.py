"""Clinics, doctors, employers and packages as the directory keeps them: read by several modules, written
by it alone. `source_version` is the customer's; a row that the customer deleted stays, not active."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from shared.contracts.employer_numbers import EmployerNumber
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.places import Position
from shared.kernel.records import Record, Sealed, Value
from shared.kernel.times import QuietHours, WallTime


class _Listed(Record):
    """Reference data: whoever belongs to the tenant may read it."""

    logged: ClassVar[bool] = False

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return True


class Hours(Value):
    """Open from..to on one weekday (0 = Monday), local wall time; `closes` 00:00 ends the day."""

    weekday: int = Field(ge=0, le=6)
    opens: WallTime
    closes: WallTime


class Clinic(_Listed):
    """A site that cares for patients; `integrated` means that we can book in its own system."""

    kind: ClassVar[str] = "clinics"

    name: str
    address: str
    city: str
    country: str = "PL"
    position: Position | None = None
    zone: str = "Europe/Warsaw"
    specializations: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    visit_radius_km: float | None = None
    integrated: bool = False
    phone: str = ""
    plans: tuple[str, ...] = ()
    source_version: int = 0
    active: bool = True


class DoctorPhone(Value):
    """`phone_key` finds the phone's desk; a number verified too long ago is not texted."""

    number: Sealed
    phone_key: str
    verified_on: date | None = None
    opted_out: bool = False


class Doctor(_Listed):
    """A practitioner, inside or outside an integrated clinic.

    `person_keys` and `home_key`: keyed hashes of personal numbers and of the home's address, by which a
    doctor is found to be a patient, or to live with one.
    """

    kind: ClassVar[str] = "doctors"

    given_name: Sealed
    family_name: Sealed
    language: str = "pl"
    languages: tuple[str, ...] = ()
    specializations: tuple[str, ...] = ()
    clinic_ids: tuple[str, ...] = ()
    phones: tuple[DoctorPhone, ...] = ()
    quiet_hours: QuietHours = QuietHours()
    position: Position | None = None
    license_number: str = ""
    license_until: date | None = None
    person_keys: tuple[str, ...] = ()
    home_key: str = ""
    source_version: int = 0
    active: bool = True

    def index_fields(self) -> Mapping[str, Any]:
        return {"phone_keys": sorted({one.phone_key for one in self.phones})}

    @property
    def texting_phone(self) -> DoctorPhone | None:
        """The first phone that has not opted out."""
        return next((one for one in self.phones if not one.opted_out), None)


class _OfEmployer(Record):
    """Staff may read it, and the employer it belongs to."""

    logged: ClassVar[bool] = False

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.owner_id
        return actor.is_staff

    @property
    def owner_id(self) -> str:
        return self.id


class Employer(_OfEmployer):
    kind: ClassVar[str] = "employers"

    name: str
    numbers: tuple[EmployerNumber, ...] = ()
    address: str
    city: str
    country: str = "PL"
    email: Sealed
    phone: Sealed = ""
    language: str = "pl"
    source_version: int = 0
    active: bool = True


class Granted(Value):
    """How often a service may be used."""

    service: str
    units: int = Field(ge=0)


class ServicePackage(_OfEmployer):
    """What an employer bought, as sold. What is left of it is not written here."""

    kind: ClassVar[str] = "service_packages"

    employer_id: str
    name: str
    valid_from: date
    valid_until: date
    granted: tuple[Granted, ...] = ()
    source_version: int = 0
    active: bool = True

    @property
    def owner_id(self) -> str:
        return self.employer_id
