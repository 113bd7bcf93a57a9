"""Who is on the phone? What the numbers and the birth date say together, and what to ask next.

A number alone is never enough, and a difference is never settled in silence: one of the two was misheard,
or two people share a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from functions.patients.domain.identity import UNCHECKED, Checked
from shared.contracts.patients import Patient

MERGES_MAX: Final = 5


class Outcome(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"


class Ask(StrEnum):
    NOTHING = ""
    IDENTIFIER = "identifier"  # a birth date alone finds nobody
    ANOTHER_IDENTIFIER = "another_identifier"  # a passport changes; a national number stays
    REGISTER = "register"
    WHICH_IS_WRONG = "which_is_wrong"  # the number names another birth date
    BIRTH_DATE_ON_FILE = "birth_date_on_file"  # the record with this number holds another one
    ONE_PERSON = "one_person"  # the numbers belong to different people


@dataclass(frozen=True)
class Finding:
    """`see`: records an operator may open to settle a conflict."""

    outcome: Outcome
    ask: Ask = Ask.NOTHING
    patient: Patient | None = None
    see: tuple[str, ...] = ()


def identified(checked: Sequence[Checked], owners: Sequence[Patient], born: date) -> Finding:
    """`owners`: whoever holds one of the numbers, now or formerly."""
    people = {one.id: one for one in owners}
    if len(people) > 1:
        return Finding(Outcome.CONFLICT, Ask.ONE_PERSON, see=tuple(sorted(people)))
    person = next(iter(people.values()), None)
    if person is not None and person.birth_date == born:
        return Finding(Outcome.FOUND, patient=person)
    if any(not one.fits for one in checked):
        return Finding(Outcome.CONFLICT, Ask.WHICH_IS_WRONG, see=tuple(people))
    if person is not None:
        return Finding(Outcome.CONFLICT, Ask.BIRTH_DATE_ON_FILE, see=(person.id,))
    return Finding(Outcome.NOT_FOUND, _next_question(checked))


def _next_question(checked: Sequence[Checked]) -> Ask:
    if not checked:
        return Ask.IDENTIFIER
    if all(one.system.startswith(UNCHECKED) for one in checked):
        return Ask.ANOTHER_IDENTIFIER
    return Ask.REGISTER
