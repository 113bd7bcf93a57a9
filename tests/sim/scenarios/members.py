"""Members while everything fails: one administrator always remains, and what was said holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from functions.identity.disable_member import DisableMember, disable_member
from functions.identity.enable_member import EnableMember, enable_member
from functions.identity.set_role import SetRole, set_role
from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Actor, Role
from tests.members import member_of
from tests.sim.machine import CODEC, Machine
from tests.sim.scenario import Scenario
from tests.world import ADMIN, OPERATOR

BOSS = ADMIN.but(user_id="admin-2")


@dataclass
class Office:
    """Two administrators and an operator; `told` what each was answered."""

    machine: Machine
    told: dict[str, int | None] = field(default_factory=dict)

    def member(self, who: Actor) -> Member:
        path = f"{Member.kind}/{member_of(who).id}"
        found = self.machine.store.read([path])[path]
        assert found is not None
        return CODEC.decode(Member, found.fields)

    def removes(self, by: Actor, whom: Actor) -> None:
        request = SetRole(member_id=member_of(whom).id, role=None)
        answer = self.machine.call(set_role, request, by)
        self.told[f"{by.user_id} removes {whom.user_id}"] = answer.status if answer else None

    def shuts_out(self, by: Actor, whom: Actor) -> None:
        answer = self.machine.call(disable_member, DisableMember(member_id=member_of(whom).id), by)
        self.told[f"{by.user_id} shuts {whom.user_id} out"] = answer.status if answer else None


def two_remove_each_other(office: Office) -> None:
    office.machine.timeline.start(partial(office.removes, ADMIN, BOSS), 1.0)
    office.machine.timeline.start(partial(office.removes, BOSS, ADMIN), 1.0)


def one_removes_and_one_shuts_out(office: Office) -> None:
    office.machine.timeline.start(partial(office.removes, ADMIN, BOSS), 1.0)
    office.machine.timeline.start(partial(office.shuts_out, BOSS, ADMIN), 1.0)


def out_and_in_again(office: Office) -> None:
    office.shuts_out(ADMIN, OPERATOR)
    office.machine.wait(minutes=1)
    office.machine.call(enable_member, EnableMember(member_id=member_of(OPERATOR).id), ADMIN)


def _play(act: Callable[[Office], None], machine: Machine) -> Office:
    office = Office(machine)
    machine.given(*(member_of(one) for one in (ADMIN, BOSS, OPERATOR)))
    machine.timeline.start(lambda: act(office), 5.0)
    return office


def _breaches(office: Office) -> list[str]:
    people = [office.member(one) for one in (ADMIN, BOSS, OPERATOR)]
    operator = people[-1]
    found = [] if any(one.is_active_admin for one in people) else ["no administrator is left"]
    found += [f"{one.id} has no line for each change" for one in people if not _has_lines(office, one)]
    if (operator.status, operator.role) != (MemberStatus.ACTIVE, Role.OPERATOR):
        found.append("the operator lost what nobody took away")
    for by, whom in ((ADMIN, BOSS), (BOSS, ADMIN)):
        said = office.told.get(f"{by.user_id} removes {whom.user_id}")
        if said == 200 and office.member(whom).is_active_admin:
            found.append(f"{whom.user_id} was said to be removed and is not")
    return found


def _has_lines(office: Office, member: Member) -> bool:
    paths = [f"{Member.kind}/{member.id}/activity/{number:06d}" for number in range(1, member.version + 1)]
    return all(office.machine.store.read(paths).values()) if paths else True


SCENARIOS = tuple(
    Scenario(act.__name__, partial(_play, act), _breaches, minutes=20, calm_minutes=5)
    for act in (two_remove_each_other, one_removes_and_one_shuts_out, out_and_in_again)
)
