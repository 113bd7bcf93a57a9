"""Asking where an address is, and an answer that says how sure it is. Nothing is guessed in silence."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from shared.kernel.places import Position
from shared.kernel.records import Value

CANDIDATES_MAX: Final = 20
ADDRESS_PART_LENGTH_MAX: Final = 200

AddressPart = Annotated[str, StringConstraints(strip_whitespace=True, max_length=ADDRESS_PART_LENGTH_MAX)]
CountryCode = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z]{2}$")]


class GeocodeQuality(StrEnum):
    """How exact a position is, the best first. Below STREET a person should look at the map."""

    MANUAL_PIN = "manual_pin"  # set by a person; no geocoder returns it
    ROOFTOP = "rooftop"
    STREET = "street"
    POSTCODE = "postcode"  # the middle of its area
    CITY = "city"  # the middle of the town
    NONE = "none"


class GeocodeReason(StrEnum):
    """Why there is no position, or why the one found deserves a second look."""

    SURE = ""
    NOT_FOUND = "not_found"
    SEVERAL = "several"  # towns of one name: choose among the candidates
    PARTIAL = "partial"  # the geocoder understood only a part of the address
    DISAGREE = "disagree"  # postcode and town are far apart: one of them is wrong
    INCOMPLETE = "incomplete"  # a street alone is no address: ask for the town or the postcode
    OUTAGE = "outage"  # the geocoder did not answer: pin by hand


class AddressQuery(Value):
    street: AddressPart = ""
    postcode: AddressPart = ""
    city: AddressPart = ""
    country: CountryCode = "PL"


class Place(Value):
    """A spot with the words that tell it from others of the same name; "" where unknown."""

    position: Position
    name: str
    country: CountryCode
    region: str = ""
    near: str = ""  # the next larger town
    postcode: str = ""
    time_zone: str = ""


class GeocodeResult(Value):
    """`found` with a reason is the likeliest place, to be confirmed; `candidates` are all of them."""

    found: Place | None = None
    candidates: Annotated[tuple[Place, ...], Field(max_length=CANDIDATES_MAX)] = ()
    quality: GeocodeQuality = GeocodeQuality.NONE
    source: str
    reason: GeocodeReason = GeocodeReason.SURE

    @property
    def is_sure(self) -> bool:
        """Found, and nothing speaks against it. A postcode's or a town's middle may be sure, too."""
        return self.found is not None and self.reason is GeocodeReason.SURE
