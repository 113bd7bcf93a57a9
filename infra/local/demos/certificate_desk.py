"""The desk at which the story of a certificate is told: two doctors, their clinic, and a scale."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from functions.certificates.domain.scales.scale import DamageScale
from functions.certificates.list_scales import ListScales, list_scales
from infra.local.demos.stage import Stage
from infra.local.seed import rows_of
from shared.kernel.actors import Actor, Role


class NoDoctor(Exception):
    """The seeded world has them; another one may not."""


@dataclass
class Desk:
    """`doctors` and their clinic; `patients` by the case or certificate that is about them; the `papers`."""

    stage: Stage
    doctors: tuple[Actor, Actor]
    names: dict[str, str]
    clinic_id: str
    scale: DamageScale
    patients: dict[str, str] = field(default_factory=dict)
    papers: dict[str, Path] = field(default_factory=dict)

    def name(self, doctor: Actor) -> str:
        return self.names[doctor.record_id]


def begin(stage: Stage) -> Desk:
    """Two doctors of a clinic in whose system nothing is booked. Raises NoDoctor."""
    clinics = {one["id"]: one for one in rows_of(stage.cloud, "clinics") if one["integration"] == "none"}
    by_clinic: dict[str, list[Any]] = {}
    for one in rows_of(stage.cloud, "doctors"):
        may_sign = one.get("license_number") and str(one.get("license_until") or "9") > "2027"
        for clinic_id in one["clinic_ids"] if may_sign else ():
            if clinics.get(clinic_id, {}).get("address", {}).get("country", "PL") == "PL":
                by_clinic.setdefault(clinic_id, []).append(one)
    clinic_id = next((key for key, found in by_clinic.items() if key in clinics and len(found) > 1), "")
    if not clinic_id:
        raise NoDoctor("no clinic has two doctors who may sign: ./emulator.sh reset")
    chosen = by_clinic[clinic_id][:2]
    first, second = (_doctor(stage, one["id"]) for one in chosen)
    scales = stage.cloud.app.call(list_scales, ListScales(), first).scales
    names = {one["id"]: f"Dr {one['given_name']} {one['family_name']}" for one in chosen}
    return Desk(stage, (first, second), names, clinic_id, scales[0])


def _doctor(stage: Stage, doctor_id: str) -> Actor:
    return Actor(
        role=Role.DOCTOR, tenant_id=stage.cloud.tenant_id, user_id=f"user-{doctor_id}", record_id=doctor_id
    )
