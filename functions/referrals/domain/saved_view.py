"""A search that somebody gave a name, to ask it again tomorrow."""

from datetime import datetime
from typing import ClassVar, Final

from functions.referrals.domain.asked import Asked
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query
from shared.kernel.records import Record, Sealed, Value

VIEWS_MAX: Final = 50


class TooManyViews(Conflict):
    """There are as many saved searches as one can have: remove one first."""


class SavedView(Record):
    """`owner_id`: the employer, whose people share it, or the member of staff.
    `filters_json` holds an `Asked`; sealed, because a name may stand in it."""

    kind: ClassVar[str] = "saved_views"
    logged: ClassVar[bool] = False

    owner_id: str
    name: Sealed
    filters_json: Sealed
    saved_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.owner_id
        return actor.is_staff


class ViewShown(Value):
    view_id: str
    name: str
    asked: Asked


def owner_of(actor: Actor) -> str:
    return actor.record_id or actor.user_id


def views_of(owner_id: str) -> Query:
    order = (("saved_at", "asc"), ("id", "asc"))
    return Query(SavedView.kind, (("owner_id", "==", owner_id),), order, limit=VIEWS_MAX)  # type: ignore[arg-type]  # asc


def shown(view: SavedView) -> ViewShown:
    asked = Asked.model_validate_json(view.filters_json, extra="ignore")
    return ViewShown(view_id=view.id, name=view.name, asked=asked)
