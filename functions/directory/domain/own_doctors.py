"""Which doctors stand in the index for themselves: those of no clinic that a search could find.

That changes with the doctor, and with a clinic that comes or goes: then its doctors are looked at again.
Read the head of the index before any of this: who loses the race for it looks again.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from functions.directory.domain.index import Move
from shared.contracts.clinic_entry import entry_of
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.doctor_entry import doctor_entry
from shared.kernel.ports import Query

CLINICS_A_QUERY: Final = 30
DOCTORS_A_QUERY_MAX: Final = 1_000
"""Of the clinics of one query; whoever is passed over is put right when the index is packed anew."""


class Reads(Protocol):
    def find_many(self, kind: type[Clinic], keys: Sequence[str]) -> list[Clinic]: ...

    def select(self, kind: type[Doctor], query: Query) -> list[Doctor]: ...


def moves_of_doctors(changes: Sequence[tuple[Doctor | None, Doctor]], store: Reads) -> list[Move]:
    """(before, after) of doctors who have changed, as the index sees it."""
    clinics = _findable([one for pair in changes for one in pair if one is not None], store)
    return [
        Move(doctor_entry(before, clinics) if before else None, doctor_entry(after, clinics))
        for before, after in changes
    ]


def moves_with_clinics(clinics: Sequence[Move], store: Reads) -> list[Move]:
    """What clinics that come or go mean for their doctors."""
    came = {now.clinic_id for was, now in clinics if was is None and now is not None}
    went = {was.clinic_id for was, now in clinics if was is not None and now is None}
    doctors = _doctors_of(sorted(came | went), store)
    now_there = _findable(doctors, store)
    were_there = now_there - came | went
    return [Move(doctor_entry(one, were_there), doctor_entry(one, now_there)) for one in doctors]


def _findable(doctors: Sequence[Doctor], store: Reads) -> frozenset[str]:
    """Of the clinics that these doctors name, those that a search could find."""
    named = sorted({clinic_id for one in doctors for clinic_id in one.clinic_ids})
    return frozenset(one.id for one in store.find_many(Clinic, named) if entry_of(one) is not None)


def _doctors_of(clinic_ids: Sequence[str], store: Reads) -> list[Doctor]:
    """Each of them once, whichever of the clinics they name."""
    found: dict[str, Doctor] = {}
    for start in range(0, len(clinic_ids), CLINICS_A_QUERY):
        some = list(clinic_ids[start : start + CLINICS_A_QUERY])
        wanted = Query(
            Doctor.kind,
            where=(("active", "==", True), ("clinic_ids", "array_contains_any", some)),
            order=(("id", "asc"),),
            limit=DOCTORS_A_QUERY_MAX,
        )
        found |= {one.id: one for one in store.select(Doctor, wanted)}
    return list(found.values())
