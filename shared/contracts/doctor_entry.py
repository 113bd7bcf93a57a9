"""A doctor whom no clinic stands for, in the same index as the clinics: a place from where somebody may come.

Their specializations are entries of their own ("doctor/cardiology"): who searches for clinics passes no
doctor and who searches for doctors no clinic, so that neither takes the other's room in an answer.
"""

from collections.abc import Container
from typing import Final

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.directory import Doctor

_MARK: Final = "d/"  # no id of a clinic holds a slash
_EVERY_DAY: Final = frozenset(range(7))


def of_doctors(specialization: str) -> str:
    """What to search for, to find doctors instead of clinics."""
    return f"doctor/{specialization}"


def doctor_entry(doctor: Doctor, clinics: Container[str]) -> ClinicEntry | None:
    """None for a doctor who is not to be found here: one of these clinics stands for them, or they have
    no position, or are not active."""
    if doctor.position is None or not doctor.active or any(one in clinics for one in doctor.clinic_ids):
        return None
    return ClinicEntry(
        clinic_id=f"{_MARK}{doctor.id}",
        position=doctor.position,
        specializations=frozenset(map(of_doctors, doctor.specializations)),
        open_weekdays=_EVERY_DAY,
    )


def doctor_id(entry_id: str) -> str:
    """The id of the doctor whose entry this is."""
    return entry_id.removeprefix(_MARK)
