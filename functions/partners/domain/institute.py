"""A medical institute: its sites, what is done there, and what it charges; each version kept for ever."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, StringConstraints, model_validator

from functions.partners.domain.languages import LANGUAGES
from functions.partners.domain.prices import LISTS_MAX, PriceList
from functions.partners.domain.services import BY_CODE
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Conflict
from shared.kernel.places import Position
from shared.kernel.records import Record, Value
from shared.kernel.times import WallTime

SITES_MAX: Final = 30
CAPACITY_MAX: Final = 1_000_000
EVENING_MINUTE: Final = 18 * 60
"""Open after this minute of a weekday is open in the evening."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


class TooManySites(Conflict):
    """This institute has as many sites as it can have: close one first."""


class Weekday(IntEnum):
    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class Hours(Value):
    """Open on one day of the week, on the wall of the site; 24:00 is written 23:59."""

    weekday: Weekday
    opens: WallTime
    closes: WallTime

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("must close after it opens")
        return self

    @property
    def minutes(self) -> int:
        return _minute(self.closes) - _minute(self.opens)

    @property
    def is_evening(self) -> bool:
        return self.weekday < Weekday.SATURDAY and _minute(self.closes) > EVENING_MINUTE


def _minute(clock: WallTime) -> int:
    return clock.hour * 60 + clock.minute


class SiteFacts(Value):
    """`capacity`: services a month. `accessible`: without a step, for wheelchairs too."""

    name: Words
    street: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    postcode: Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)] = ""
    city: Words
    position: Position
    services: frozenset[str] = Field(min_length=1)
    languages: frozenset[str] = Field(min_length=1)
    capacity: int = Field(ge=0, le=CAPACITY_MAX)
    hours: tuple[Hours, ...] = Field(default=(), max_length=21)
    accessible: bool = False

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.services - BY_CODE.keys():
            raise ValueError("services: only codes of the catalogue")
        if self.languages - LANGUAGES.keys():
            raise ValueError("languages: only those we know")
        return self

    @property
    def weekly_minutes(self) -> int:
        return sum(one.minutes for one in self.hours)

    @property
    def saturday(self) -> bool:
        return any(one.weekday == Weekday.SATURDAY for one in self.hours)

    @property
    def evening(self) -> bool:
        return any(one.is_evening for one in self.hours)


class Site(SiteFacts):
    """`taken` of its capacity by offers that were accepted: services a month."""

    id: Code
    taken: int = Field(0, ge=0)

    @property
    def free(self) -> int:
        """None where its capacity was lowered below what is taken."""
        return max(self.capacity - self.taken, 0)


class InstituteFacts(Value):
    name: Words
    active: bool = True
    sites: tuple[Site, ...] = Field(default=(), max_length=SITES_MAX)
    price_lists: tuple[PriceList, ...] = Field(default=(), max_length=LISTS_MAX)


class Institute(InstituteFacts, Record):
    """As it is now."""

    kind: ClassVar[str] = "institutes"

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """A partner comes to it through its own recommendation, never by a given id."""
        return actor.is_staff or (scope == Scope.OWN and actor.role == Role.PARTNER)

    def having(self, site: Site) -> Self:
        """With this site, new or in place of the one of the same id; what is taken there stays taken."""
        others = [one for one in self.sites if one.id != site.id]
        if len(others) == SITES_MAX:
            raise TooManySites
        taken = sum(one.taken for one in self.sites if one.id == site.id)
        return self.but(sites=tuple(sorted([*others, site.but(taken=taken)], key=lambda one: one.id)))

    def taking(self, room: Mapping[str, int]) -> Self:
        """With so much more taken at these sites."""
        return self.but(sites=tuple(one.but(taken=one.taken + room.get(one.id, 0)) for one in self.sites))

    def giving_back(self, room: Mapping[str, int]) -> Self:
        """With so much less taken at these sites."""
        return self.but(
            sites=tuple(one.but(taken=max(one.taken - room.get(one.id, 0), 0)) for one in self.sites)
        )


class InstituteVersion(InstituteFacts, Record):
    """As it was at one version: written once, with the version it shows, and never changed."""

    kind: ClassVar[str] = "institute_versions"
    logged: ClassVar[bool] = False

    institute_id: str
    number: int = Field(ge=1)

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """A partner comes to it through its own recommendation, never by a given id."""
        return actor.is_staff or (scope == Scope.OWN and actor.role == Role.PARTNER)


def version_id(institute_id: str, number: int) -> str:
    return f"{institute_id}.{number}"


def version_of(institute: Institute) -> InstituteVersion:
    """What is written beside the record, of the version that it has in the store."""
    facts = {name: getattr(institute, name) for name in InstituteFacts.model_fields}
    return InstituteVersion(
        id=version_id(institute.id, institute.version),
        tenant_id=institute.tenant_id,
        institute_id=institute.id,
        number=institute.version,
        **facts,
    )
