"""Invented clinics around the visit, and the index they are searched by."""

from datetime import time

from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.directory import Clinic, Hours
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


def settle_in(world: World, *clinics: Clinic) -> None:
    """The clinics are in the directory and in the index."""
    entries = [entry for one in clinics if (entry := entry_of(one)) is not None]
    world.given(*clinics, ClinicIndexHead.first(TENANT).changed(entries))
