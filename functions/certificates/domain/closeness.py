"""By what two people on file are found to be one person, or to live together: keyed hashes, no values.

A doctor must not judge themselves or somebody of their own household. What the files show is found here: the
same personal number, the same phone, the same home. A relative who lives elsewhere is known to the doctor
alone, who says so when they give the case back.
"""

from typing import Final, Literal

from shared.contracts.directory import Doctor
from shared.contracts.homes import Home, home_text
from shared.contracts.patients import Patient
from shared.kernel.errors import Conflict
from shared.kernel.ports import Seals
from shared.kernel.records import Value

TOLD: Final = {
    "self": "The files show one person.",
    "household": "The files show one phone or one home.",
    "declared": "The doctor has said so.",
}
Relation = Literal["self", "household"]


class ConflictOfInterest(Conflict):
    """This doctor must not judge this patient: somebody else has to take the case."""


class Closeness(Value):
    """Keys of personal numbers, of phones, and of the home's address ("" where it is not known)."""

    person_keys: tuple[str, ...] = ()
    phone_keys: tuple[str, ...] = ()
    home_key: str = ""

    def to(self, other: "Closeness") -> Relation | None:
        """How close these two are; None where nothing on file joins them."""
        if set(self.person_keys) & set(other.person_keys):
            return "self"
        same_home = self.home_key == other.home_key != ""
        return "household" if same_home or set(self.phone_keys) & set(other.phone_keys) else None


def of_patient(patient: Patient, home: Home | None, seals: Seals) -> Closeness:
    """A guardian's phone counts as the patient's own: who answers it lives with them or decides for them."""
    phones = [patient.phone, *([patient.guardian.phone] if patient.guardian else [])]
    tenant = patient.tenant_id
    return Closeness(
        person_keys=tuple(one.key for one in patient.identifiers if not one.in_error),
        phone_keys=tuple(seals.lookup_key(tenant, one) for one in phones if one),
        home_key=seals.lookup_key(tenant, home_text(home)) if home is not None else "",
    )


def of_doctor(doctor: Doctor) -> Closeness:
    return Closeness(
        person_keys=doctor.person_keys,
        phone_keys=tuple(one.phone_key for one in doctor.phones),
        home_key=doctor.home_key,
    )


def refuse_conflict(patient: Closeness, excluded: tuple[str, ...], doctor: Doctor) -> None:
    """Raises ConflictOfInterest where the files, or the doctor, say that these two are too close."""
    relation = "declared" if doctor.id in excluded else patient.to(of_doctor(doctor))
    if relation is not None:
        raise ConflictOfInterest(TOLD[relation])
