"""The operator changes a running search: add, remove, reorder, another interval, pause, go on."""

from typing import Annotated, Literal

from pydantic import Field

from functions.house_visits.domain import changing
from functions.house_visits.domain.cascade import OFFERS_MAX
from functions.house_visits.domain.gathering import gather
from functions.house_visits.domain.plan_request import Interval, PlanRequest
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.kernel.records import Decision, Value
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context

Doctors = Annotated[tuple[str, ...], Field(min_length=1, max_length=OFFERS_MAX)]


class Add(Value):
    kind: Literal["add"]
    doctor_ids: Doctors
    interval: Interval = 10


class Remove(Value):
    kind: Literal["remove"]
    doctor_ids: Doctors


class Reorder(Value):
    kind: Literal["reorder"]
    doctor_ids: Doctors


class SetInterval(Value):
    kind: Literal["interval"]
    minutes: Interval


class Pause(Value):
    kind: Literal["pause"]


class Resume(Value):
    kind: Literal["resume"]


class ChangeCascade(Request):
    visit_id: str
    change: Annotated[Add | Remove | Reorder | SetInterval | Pause | Resume, Field(discriminator="kind")]


@action(post("/v1/house-visits/{visit_id}:change-cascade"), role=Role.OPERATOR)
def change_cascade(req: ChangeCascade, ctx: Context) -> VisitView:
    """Change a running search; what was sent stays sent."""
    visit = ctx.store.get(Visit, req.visit_id)
    return staff_view(ctx.store.apply(_decide(visit, req.change, ctx)))


def _decide(
    visit: Visit, change: Add | Remove | Reorder | SetInterval | Pause | Resume, ctx: Context
) -> Decision[Visit]:
    match change:
        case Add(doctor_ids=doctor_ids, interval=interval):
            changing.live_cascade(visit)
            wanted = PlanRequest(visit_id=visit.id, doctor_ids=doctor_ids, intervals=(interval,))
            _, offers, _ = gather(visit, wanted, ctx.store, ctx.ports.phones.can_text_back, ctx.now)
            return changing.added(visit, offers, ctx.now)
        case Remove(doctor_ids=doctor_ids):
            return changing.removed(visit, doctor_ids, ctx.now)
        case Reorder(doctor_ids=doctor_ids):
            return changing.reordered(visit, doctor_ids, ctx.now)
        case SetInterval(minutes=minutes):
            return changing.with_interval(visit, minutes, ctx.now)
        case Pause():
            return changing.paused(visit, ctx.now)
        case Resume():
            return changing.resumed(visit, ctx.now)
