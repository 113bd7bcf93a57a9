"""Who may see a patient's record, and that it is written down who did."""

import pytest

from functions.patients.read_my_record import ReadMyRecord, read_my_record
from functions.patients.read_patient import ReadPatient, read_patient
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.ports import Query
from tests.functions.patients.people import MARIA_PESEL, maria, passport, register
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, TENANT, World


def patient_app(patient_id: str) -> Actor:
    return Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="user-maria", record_id=patient_id)


@pytest.mark.parametrize("reader", [OPERATOR, ADMIN])
def test_staff_read_the_whole_record(world: World, reader: Actor) -> None:
    patient = register(world, maria())

    view = world.call(read_patient, ReadPatient(patient_id=patient.patient_id), as_=reader)

    assert view.family_name == "Zielińska"
    assert [one.value for one in view.identifiers] == [MARIA_PESEL]


def test_every_reading_is_written_to_the_audit(world: World) -> None:
    patient = register(world, maria())

    world.call(read_patient, ReadPatient(patient_id=patient.patient_id), as_=ADMIN)

    events = world.wiring.documents.query(Query("audit", where=(("by_user", "==", ADMIN.user_id),)))
    assert [one.fields["records"] for one in events] == [[f"patients/{patient.patient_id}"]]


def test_a_patient_reads_the_own_record_and_no_other(world: World) -> None:
    mine = register(world, maria())
    other = register(world, maria(identifiers=(passport("AB123456"),)))

    view = world.call(read_my_record, ReadMyRecord(), as_=patient_app(mine.patient_id))

    assert view.patient_id == mine.patient_id
    with pytest.raises(NotAllowed):
        world.call(read_patient, ReadPatient(patient_id=other.patient_id), as_=patient_app(mine.patient_id))


def test_missing_and_foreign_records_are_told_apart_nowhere(world: World) -> None:
    patient = register(world, maria())

    with pytest.raises(NotFound):
        world.call(read_patient, ReadPatient(patient_id="nobody"))
    with pytest.raises(NotFound):
        world.call(read_patient, ReadPatient(patient_id=patient.patient_id), as_=FOREIGN_OPERATOR)
    with pytest.raises(NotFound):
        world.call(read_my_record, ReadMyRecord(), as_=patient_app("nobody"))
