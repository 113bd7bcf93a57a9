"""A visit that waits for a doctor, and doctors who may be asked."""

import pytest

from functions.house_visits.request_visit import RequestVisit, request_visit
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PIOTR, doctor, patient
from tests.world import World


@pytest.fixture
def staffed(world: World) -> World:
    """Four doctors and a patient."""
    world.given(patient(), *(doctor(world, one) for one in (ANNA, PIOTR, EWA, JAN)))
    return world


@pytest.fixture
def visit_id(staffed: World) -> str:
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return staffed.call(request_visit, wanted).visit_id
