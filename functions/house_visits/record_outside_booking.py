"""How the search outside the system ended: somebody comes, one of our doctors after all, or nobody."""

from typing import Annotated, Literal

from pydantic import Field

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.outside import Agreed, found_doctor, found_outside, unfilled
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Doctor
from shared.kernel.actors import Role
from shared.kernel.records import Sealed, Value
from shared.kernel.times import Instant
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class Somebody(Value):
    """Somebody the system does not know, by name and phone."""

    kind: Literal["somebody"]
    name: Sealed = Field(min_length=1, max_length=120)
    phone: Sealed = Field(min_length=3, max_length=30)
    starts_at: Instant | None = None
    ends_at: Instant | None = None


class OurDoctor(Value):
    """A doctor who was phoned, or whose late yes is taken."""

    kind: Literal["doctor"]
    doctor_id: str
    starts_at: Instant | None = None
    ends_at: Instant | None = None


class Nobody(Value):
    kind: Literal["nobody"]
    reason: str = Field("", max_length=500)


class RecordOutsideBooking(Request):
    visit_id: str
    outcome: Annotated[Somebody | OurDoctor | Nobody, Field(discriminator="kind")]


@action(post("/v1/house-visits/{visit_id}:record-outside-booking"), role=Role.OPERATOR)
def record_outside_booking(req: RecordOutsideBooking, ctx: Context) -> VisitView:
    """Record who comes, or that nobody could be found."""
    match req.outcome:
        case Somebody(name=name, phone=phone) as found:
            time = Agreed(found.starts_at, found.ends_at)
            visit = ctx.store.change(
                Visit, req.visit_id, lambda now: found_outside(now, name, phone, time, ctx.now)
            )
        case OurDoctor() as ours:
            visit = _take(ours, req.visit_id, ctx)
        case Nobody(reason=reason):
            visit = ctx.store.change(Visit, req.visit_id, lambda now: unfilled(now, reason, ctx.now))
    return staff_view(visit)


def _take(ours: OurDoctor, visit_id: str, ctx: Context) -> Visit:
    ctx.store.prefetch((Visit, visit_id), (Doctor, ours.doctor_id), (Diary, ours.doctor_id))
    doctor = ctx.store.get(Doctor, ours.doctor_id)
    diary = ctx.store.find(Diary, doctor.id) or Diary(id=doctor.id, tenant_id=doctor.tenant_id)
    time = Agreed(ours.starts_at, ours.ends_at)
    visit = ctx.store.change(Visit, visit_id, lambda now: found_doctor(now, doctor, diary, time, ctx.now))
    ctx.store.put(diary.with_visit(visit.id, visit.span, ctx.now))
    return visit
