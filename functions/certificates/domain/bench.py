"""A doctor's bench: the cases they have reserved, so that nobody heaps up more than they can work on.

Written with the case, so that two reservations of one doctor at the same moment collide. An entry counts as
long as its lease, whatever has become of the case.
"""

from datetime import datetime
from typing import ClassVar, Final, Protocol

from functions.certificates.domain.case import CertificateCase, Reservation
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Value

RESERVATIONS_MAX: Final = 5


class Held(Value):
    case_id: str
    lease_until: datetime


class Bench(Record):
    """Named by the doctor's id."""

    kind: ClassVar[str] = "benches"
    logged: ClassVar[bool] = False

    held: tuple[Held, ...] = ()

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or (actor.role == Role.DOCTOR and actor.record_id == self.id)

    def open_at(self, now: datetime) -> tuple[Held, ...]:
        return tuple(one for one in self.held if one.lease_until > now)

    def is_full(self, now: datetime) -> bool:
        return len(self.open_at(now)) >= RESERVATIONS_MAX

    def having(self, case_id: str, lease_until: datetime) -> "Bench":
        others = [one for one in self.held if one.case_id != case_id]
        newest = [*others, Held(case_id=case_id, lease_until=lease_until)]
        return self.but(held=tuple(newest[-2 * RESERVATIONS_MAX :]))

    def without(self, case_id: str) -> "Bench":
        return self.but(held=tuple(one for one in self.held if one.case_id != case_id))


class Benches(Protocol):
    def find(self, kind: type[Bench], key: str) -> Bench | None: ...

    def put(self, record: Bench) -> Bench: ...


def bench_of(doctor_id: str, tenant_id: str, store: Benches) -> Bench:
    return store.find(Bench, doctor_id) or Bench(id=doctor_id, tenant_id=tenant_id)


def follow_benches(before: Reservation | None, after: CertificateCase, store: Benches) -> None:
    """The benches of who has had the case and of who has it now. `before`: the reservation it had."""
    now = after.reservation
    if before is not None and (now is None or now.doctor_id != before.doctor_id):
        store.put(bench_of(before.doctor_id, after.tenant_id, store).without(after.id))
    if now is not None and now != before:
        bench = bench_of(now.doctor_id, after.tenant_id, store)
        store.put(bench.having(after.id, now.lease_until))
