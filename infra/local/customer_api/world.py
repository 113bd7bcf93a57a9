"""The customer's world as a seed tells it: the same seed gives the same rows, byte for byte."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from infra.local.customer_api.clinics import make_clinics
from infra.local.customer_api.doctors import make_doctors
from infra.local.customer_api.employers import make_employers, make_packages
from infra.local.customer_api.patients import make_patients
from shared.contracts.customer_rows import Collection, Row

WORLDS_MAX: Final = 4


class RawRow(NamedTuple):
    """A row as it travels; nobody changes `data` in place."""

    id: str
    data: dict[str, Any]


World = dict[Collection, tuple[RawRow, ...]]


@lru_cache(maxsize=WORLDS_MAX)
def make_world(seed: int) -> World:
    """Made once a process; half a second."""
    clinics = make_clinics(seed)
    return {
        Collection.CLINICS: _raw(clinics),
        Collection.DOCTORS: _raw(make_doctors(seed, clinics)),
        Collection.PATIENTS: _raw(make_patients(seed)),
        Collection.EMPLOYERS: _raw(make_employers(seed)),
        Collection.PACKAGES: _raw(make_packages(seed)),
    }


def _raw(rows: Iterable[Row]) -> tuple[RawRow, ...]:
    return tuple(RawRow(row.id, row.model_dump(mode="json", exclude={"id", "version"})) for row in rows)
