"""Keeping a visit in order once it is on its way: notes, another time, its good or bad end."""

from functions.house_visits.domain.visit import Visit
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.places import Position
from shared.kernel.records import Decision


def note(visit: Visit, text: str, *, settled: bool) -> Decision[Visit]:
    """A manual line, in any state. `settled` takes the visit off the list of those that wait for a person."""
    after = visit.but(attention="") if settled else visit
    return Decision(after, "noted", {"settled": settled}, note=text, manual=True)


def pinned(visit: Visit, position: Position) -> Decision[Visit] | None:
    """The place as a person set it, better than any geocoder's. None where it is there already."""
    address = visit.address.but(position=position, quality=GeocodeQuality.MANUAL_PIN)
    return None if address == visit.address else Decision(visit.but(address=address), "address_pinned")
