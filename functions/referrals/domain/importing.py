"""How an import goes on: it arrives, is read a portion at a time, and ends."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.referrals.domain import employee_import as imports
from functions.referrals.domain.employee_import import (
    LOOK_AGAIN,
    PORTION,
    EmployeeImport,
    ImportEvent,
    ImportStatus,
    RowFaults,
    Tally,
)
from functions.referrals.domain.employee_rows import CellFault, Column, EmployeeList, row_facts
from functions.referrals.domain.people_facts import PersonFacts
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.ports import FileFacts
from shared.kernel.records import Decision


class NoListYet(Conflict):
    """The file has not arrived yet: send it to the link, then say again that it is done."""


@dataclass(frozen=True)
class Portion:
    """Rows that are right, with their numbers, and those that are not."""

    people: tuple[tuple[int, PersonFacts], ...]
    faulty: tuple[RowFaults, ...]


def arrived(it: EmployeeImport, facts: FileFacts, now: datetime) -> Decision[EmployeeImport]:
    """A storage that does not enforce its links is not believed."""
    if not 0 < facts.size <= min(it.size, imports.BYTES_MAX):
        return refused(it, "too_large" if facts.size else "empty")
    if facts.content_type != imports.TYPES[it.file_format]:
        return refused(it, "wrong_type")
    after = it.after(
        ImportEvent.ARRIVE, size=facts.size, generation=facts.generation, due_at=now + LOOK_AGAIN
    )
    return Decision(after, "arrived", {"size": facts.size}, (after.read_next,))


def refused(it: EmployeeImport, reason: str) -> Decision[EmployeeImport]:
    return Decision(it.after(ImportEvent.REFUSE, reason=reason), "refused", {"reason": reason})


def chased(it: EmployeeImport, facts: FileFacts | None, now: datetime) -> Decision[EmployeeImport] | None:
    """What is overdue: nobody told of the file, it never came, or the task that reads it got lost."""
    if not it.is_open or it.due_at > now:
        return None
    if it.status == ImportStatus.READING:
        after = it.but(due_at=now + LOOK_AGAIN)
        again = after.read_next.but(key=f"{after.read_next.key}-{now:%Y%m%d%H%M}")
        return Decision(after, "asked_again", {"portion": it.portion}, (again,))
    if facts is not None:
        return arrived(it, facts, now)
    return Decision(it.after(ImportEvent.GIVE_UP), "given_up")


def portion_of(people: EmployeeList, number: int, check: Callable[[PersonFacts], PersonFacts]) -> Portion:
    """`check` brings number and phone into their one form, or raises Invalid with the field."""
    twice = set(_told_twice(people))
    right, faulty = [], []
    for row in people.rows[number * PORTION : (number + 1) * PORTION]:
        facts, faults = row_facts(people, row)
        if facts is not None:
            try:
                facts = check(facts)
            except Invalid as wrong:
                faults = tuple(_faults(people, facts, wrong))
        if not faults and row in twice:
            faults = (CellFault(column=_at(people, Column.PESEL, Column.DOCUMENT), rule="told_twice"),)
        if faults:
            faulty.append(RowFaults(row=row, faults=faults))
        elif facts is not None:
            right.append((row, facts))
    return Portion(tuple(right), tuple(faulty))


def _told_twice(people: EmployeeList) -> Iterator[int]:
    """Rows of a person and contract that an earlier row has told: which of the two is right, nobody knows."""
    seen: set[tuple[str, str, str]] = set()
    for row in people.rows:
        facts, _ = row_facts(people, row)
        if facts is not None:
            key = (facts.identifier_system, "".join(facts.identifier.split()).upper(), facts.contract)
            if key in seen:
                yield row
            seen.add(key)


def _faults(people: EmployeeList, facts: PersonFacts, wrong: Invalid) -> Iterator[CellFault]:
    for one in wrong.errors:
        field = one.pointer.strip("/").partition("/")[0]
        if field == "identifier":
            number = Column.PESEL if facts.identifier_system == "pl-pesel" else Column.DOCUMENT
            yield CellFault(column=_at(people, number), rule="number_wrong")
        elif field == "birth_date":
            yield CellFault(column=_at(people, Column.BORN, Column.PESEL), rule="birth_date_differs")
        else:
            yield CellFault(column=_at(people, Column(field)), rule="not_valid")


def _at(people: EmployeeList, *columns: Column) -> int:
    return next((people.columns[one] for one in columns if one in people.columns), 1)


def gone_on(
    it: EmployeeImport, rows: int, tally: Tally, faulty: Sequence[RowFaults], now: datetime
) -> Decision[EmployeeImport]:
    """A portion was read; the next one is due at once."""
    after = it.but(rows=rows, tally=tally, portion=it.portion + 1, due_at=now + LOOK_AGAIN)
    details = {"portion": it.portion, "rows": tally.rows, "faulty": len(faulty)}
    return Decision(after, "portion_read", details, (after.read_next,))


def finished(it: EmployeeImport, marked_generation: int) -> Decision[EmployeeImport]:
    after = it.after(ImportEvent.FINISH, marked_generation=marked_generation)
    return Decision(after, "done", it.tally.model_dump())
