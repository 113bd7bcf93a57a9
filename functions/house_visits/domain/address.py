"""Where a visit takes place, and who phoned for it."""

from pydantic import Field

from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.places import Position
from shared.kernel.records import Sealed, Value


class Caller(Value):
    """Who phones, when that is not the patient."""

    name: Sealed
    relationship: str = Field(max_length=40)
    phone: Sealed = ""
    has_consent: bool = False


class Address(Value):
    """Where the visit takes place. `district` is what doctors are told before they accept."""

    line: Sealed
    city: str = Field(max_length=80)
    district: str = Field("", max_length=80)
    postcode: str = Field("", max_length=12)
    country: str = Field("PL", pattern="^[A-Z]{2}$")
    position: Position | None = None
    quality: GeocodeQuality = GeocodeQuality.NONE
    how_to_enter: Sealed = ""
