"""A site as an admin describes it: where it lies may be left to the map."""

from collections.abc import Callable

from functions.partners.domain.institute import Institute, SiteFacts
from shared.contracts.geocoding import AddressQuery, GeocodeResult
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.places import Position


class PlaceNotSure(Invalid):
    """The map does not know this address for sure: send its position."""


class NameMissing(Invalid):
    """A new institute needs a name."""


class SiteWish(SiteFacts):
    """As `SiteFacts`; without `position` the address is looked up."""

    position: Position | None = None  # type: ignore[assignment]  # filled in by `placed`


def placed(wish: SiteWish, locate: Callable[[AddressQuery], GeocodeResult]) -> SiteFacts:
    """Raises PlaceNotSure."""
    facts = {name: getattr(wish, name) for name in SiteFacts.model_fields}
    if wish.position is None:
        result = locate(AddressQuery(street=wish.street, postcode=wish.postcode, city=wish.city))
        if result.found is None or not result.is_sure:
            raise PlaceNotSure(errors=[FieldError("/position", "is needed for this address")])
        facts["position"] = result.found.position
    return SiteFacts.model_validate(facts)


def require_name(name: str, found: Institute | None) -> str:
    """Raises NameMissing."""
    known = name.strip() or (found.name if found else "")
    if not known:
        raise NameMissing(errors=[FieldError("/institute_name", "is needed for a new institute")])
    return known
