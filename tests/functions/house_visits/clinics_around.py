"""Invented clinics around the visit, and the index they are searched by."""

from datetime import time

from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.directory import Clinic, Doctor, Hours
from shared.contracts.doctor_entry import doctor_entry
from shared.kernel.places import Position
from tests.people import WARSAW
from tests.world import TENANT, World

EVERY_DAY = tuple(Hours(weekday=day, opens=time(8), closes=time(20)) for day in range(7))
A_DEGREE_KM = 111.2


def north_of_the_visit(km: float) -> Position:
    return WARSAW.but(lat=WARSAW.lat + km / A_DEGREE_KM)


def clinic(clinic_id: str, km: float, **facts: object) -> Clinic:
    return Clinic(
        id=clinic_id,
        tenant_id=TENANT,
        name=f"Przychodnia {clinic_id}",
        address="ul. Lipowa 1",
        city="Warszawa",
        position=north_of_the_visit(km),
        specializations=("internal_medicine",),
        hours=EVERY_DAY,
        integrated=True,
    ).but(**facts)


def settle_in(world: World, *settlers: Clinic | Doctor) -> None:
    """The clinics, and the doctors of none of them, are in the directory and in the index."""
    clinics = [one.id for one in settlers if isinstance(one, Clinic)]
    made = [entry_of(one) if isinstance(one, Clinic) else doctor_entry(one, clinics) for one in settlers]
    entries = [entry for entry in made if entry is not None]
    world.given(*settlers, ClinicIndexHead.first(TENANT).changed(entries))
