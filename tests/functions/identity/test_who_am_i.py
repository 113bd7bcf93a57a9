"""What people are told of themselves."""

import pytest

from functions.identity.who_am_i import WhoAmI, who_am_i
from shared.contracts.members import Member, member_id
from shared.kernel.actors import Actor, Role
from tests.members import member_of
from tests.people import ANNA, as_doctor
from tests.world import ADMIN, OPERATOR, World


def test_a_doctor_is_told_their_role_and_whom_they_stand_for(world: World) -> None:
    told = world.call(who_am_i, WhoAmI(), as_=as_doctor(ANNA))
    assert (told.tenant_id, told.user_id) == ("vm", "user-d-anna")
    assert (told.role, told.record_id) == (Role.DOCTOR, ANNA)


@pytest.mark.parametrize("who", [OPERATOR, ADMIN])
def test_staff_stand_for_no_record(world: World, who: Actor) -> None:
    assert world.call(who_am_i, WhoAmI(), as_=who).record_id == ""


def test_the_address_rests_sealed(world: World) -> None:
    world.given(member_of(OPERATOR, email="operator@example.org"))
    assert "operator@example.org" not in repr(world.wiring.documents.__dict__)
    key = member_id(OPERATOR.tenant_id, OPERATOR.user_id)
    assert world.record(Member, key).email == "operator@example.org"
