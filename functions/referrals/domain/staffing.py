"""Putting people on an employer's list: their own record is looked up by the number, never shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from functions.referrals.domain.employee_import import RowFaults, Tally
from functions.referrals.domain.employee_rows import CellFault
from functions.referrals.domain.employment import Employee, employee_id
from functions.referrals.domain.importing import Portion
from functions.referrals.domain.people_facts import PersonFacts, TooManyContracts, added
from shared.contracts.patients import IdentifierKey
from shared.kernel.ports import Seals
from shared.kernel.records import Decision, Record

R = TypeVar("R", bound=Record)


class Store(Protocol):
    def find(self, kind: type[R], key: str) -> R | None: ...

    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...


class Writing(Store, Protocol):
    def apply(self, decision: Decision[R]) -> R: ...


class Desk(NamedTuple):
    tenant_id: str
    employer_id: str
    seals: Seals
    now: datetime

    def id_of(self, facts: PersonFacts) -> str:
        return employee_id(
            self.seals, self.tenant_id, self.employer_id, facts.identifier_system, facts.identifier
        )

    def number_key(self, facts: PersonFacts) -> str:
        return self.seals.lookup_key(self.tenant_id, f"{facts.identifier_system}:{facts.identifier}")


def look_up(store: Store, desk: Desk, people: Sequence[PersonFacts]) -> None:
    """All that `listed` will ask of these people, in one round trip."""
    store.prefetch(
        *((Employee, desk.id_of(one)) for one in people),
        *((IdentifierKey, desk.number_key(one)) for one in people),
    )


def listed(store: Store, desk: Desk, facts: PersonFacts) -> Decision[Employee] | None:
    """None where the list says so already. Raises TooManyContracts."""
    key = desk.id_of(facts)
    known, owner = store.find(Employee, key), store.find(IdentifierKey, desk.number_key(facts))
    return added(
        known,
        facts,
        employee_id=key,
        employer_id=desk.employer_id,
        patient_id=owner.patient_id if owner else "",
        tenant_id=desk.tenant_id,
        seals=desk.seals,
        now=desk.now,
    )


def taken_in(
    store: Writing, desk: Desk, portion: Portion, before: Tally
) -> tuple[Tally, tuple[RowFaults, ...]]:
    """Stages the people of a portion; the tally with it, and its faulty rows."""
    look_up(store, desk, [facts for _, facts in portion.people])
    added = changed = known = 0
    faulty = list(portion.faulty)
    for row, facts in portion.people:
        try:
            decision = listed(store, desk, facts)
        except TooManyContracts:
            faulty.append(RowFaults(row=row, faults=(CellFault(column=1, rule="too_many_contracts"),)))
            continue
        if decision is None:
            known += 1
            continue
        added, changed = (added + 1, changed) if decision.did == "added" else (added, changed + 1)
        store.apply(decision)
    tally = Tally(
        added=before.added + added,
        changed=before.changed + changed,
        known=before.known + known,
        faulty=before.faulty + len(faulty),
    )
    return tally, tuple(faulty)
