"""What the directory's doctors become in the index, and for whom they are not."""

from shared.contracts.clinic_entry import CLINIC_ID_MAX
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_snapshot import SPECIALIZATIONS_MAX, pack
from shared.contracts.directory import Doctor
from shared.contracts.doctor_entry import doctor_entry, doctor_id, of_doctors
from shared.contracts.specializations import Specialization
from tests.shared.contracts.a_clinic import CARDIOLOGY, SUNDAY, WARSAW, clinic, found

ANNA = Doctor(
    id="anna",
    tenant_id="vm",
    given_name="Anna",
    family_name="Lis",
    specializations=(CARDIOLOGY,),
    position=WARSAW,
)


def test_a_doctor_whom_a_clinic_stands_for_has_no_entry() -> None:
    assert doctor_entry(ANNA, ["c"]) is not None
    assert doctor_entry(ANNA.but(clinic_ids=("c", "other")), ["c"]) is None
    assert doctor_entry(ANNA.but(clinic_ids=("other",)), ["c"]) is not None
    assert doctor_entry(ANNA.but(position=None), []) is None
    assert doctor_entry(ANNA.but(active=False), []) is None


def test_who_asks_for_clinics_finds_no_doctor_and_the_other_way_round() -> None:
    entry = doctor_entry(ANNA.but(id="c"), [])
    assert entry is not None
    index = ClinicIndex(pack([clinic("c"), entry], 1))

    assert found(index) == ["c"]
    (doctor,) = found(index, of_doctors(CARDIOLOGY), SUNDAY)
    assert doctor_id(doctor) == "c" != doctor


def test_the_longest_id_and_all_specializations_have_room() -> None:
    everything = tuple(one.value for one in Specialization)
    entry = doctor_entry(ANNA.but(id="x" * 40, specializations=everything), [])

    assert entry is not None
    assert len(entry.clinic_id) == CLINIC_ID_MAX
    assert 2 * len(everything) <= SPECIALIZATIONS_MAX
    assert list(pack([entry], 1).entries()) == [entry]
