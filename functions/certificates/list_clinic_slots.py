"""The free slots of a clinic's own system, from which an operator chooses with the patient on the phone."""

from datetime import datetime, timedelta

from shared.contracts.clinic_booking import ClinicRefused, ClinicUnknown
from shared.contracts.directory import Clinic
from shared.contracts.specializations import Specialization
from shared.kernel.actors import Role
from shared.kernel.errors import Conflict
from shared.kernel.records import Value
from shared.kernel.times import Instant
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context

DAYS_MAX = 14
SLOTS_MAX = 100


class ClinicSilent(Conflict):
    """The clinic's system does not answer: try again in a moment, or phone the clinic."""


class NoSlotsHere(Conflict):
    """This clinic has no system that we can look into: phone it."""


class ListClinicSlots(Request):
    """At most two weeks from `since`, which defaults to now."""

    clinic_id: str
    specialization: Specialization
    since: Instant | None = None


class FreeSlot(Value):
    slot_id: str
    starts_at: datetime
    ends_at: datetime


class ClinicSlots(Response):
    slots: tuple[FreeSlot, ...]


@action(get("/v1/clinics/{clinic_id}/slots"), role=Role.OPERATOR)
def list_clinic_slots(req: ListClinicSlots, ctx: Context) -> ClinicSlots:
    """List the free slots of a clinic that is booked in its own system, the earliest first."""
    clinic = ctx.store.get(Clinic, req.clinic_id)
    if not clinic.integrated:
        raise NoSlotsHere
    since = max(req.since or ctx.now, ctx.now)
    try:
        found = ctx.ports.clinics.find_slots(
            clinic.id, req.specialization, since, since + timedelta(days=DAYS_MAX)
        )
    except ClinicRefused as no:
        raise NoSlotsHere(f"The clinic says: {no.reason}.") from no
    except ClinicUnknown as silence:
        raise ClinicSilent from silence
    slots = sorted(found, key=lambda one: (one.starts_at, one.id))[:SLOTS_MAX]
    return ClinicSlots(
        slots=tuple(FreeSlot(slot_id=one.id, starts_at=one.starts_at, ends_at=one.ends_at) for one in slots)
    )
