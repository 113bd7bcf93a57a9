"""Clinics and doctors as the directory keeps them: read by several modules, written by it alone."""

from datetime import date, time
from typing import ClassVar

from pydantic import Field

from shared.kernel.actors import Actor, Scope
from shared.kernel.places import Position
from shared.kernel.records import Record, Sealed, Value
from shared.kernel.times import QuietHours


class _Listed(Record):
    """Reference data: whoever belongs to the tenant may read it."""

    logged: ClassVar[bool] = False

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return True


class Hours(Value):
    """Open from..to on one weekday (0 = Monday), local wall time."""

    weekday: int = Field(ge=0, le=6)
    opens: time
    closes: time


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
    """A practitioner, inside or outside an integrated clinic."""

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
    source_version: int = 0
    active: bool = True

    @property
    def texting_phone(self) -> DoctorPhone | None:
        """The first phone that has not opted out."""
        return next((one for one in self.phones if not one.opted_out), None)
