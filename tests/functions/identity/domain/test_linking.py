"""Whom a person stands for."""

from typing import TypeVar

import pytest

from functions.identity.domain.linking import MERGERS_MAX, record_of
from shared.kernel.actors import Role
from shared.kernel.errors import NotFound
from shared.kernel.records import Record
from tests.functions.referrals.people import employer
from tests.people import patient

R = TypeVar("R", bound=Record)


class OnFile:
    """What there is, by id; an id with a stroke is none."""

    def __init__(self, *records: Record) -> None:
        self._records = {(type(one), one.id): one for one in records}

    def find(self, kind: type[R], key: str) -> R | None:
        if "/" in key:
            raise NotFound
        found = self._records.get((kind, key))
        return found if isinstance(found, kind) else None


MERGED = [patient(f"p-{number}", merged_into=f"p-{number + 1}") for number in range(1, MERGERS_MAX + 2)]
STORE = OnFile(employer("e-1"), employer("e-left", active=False), patient("p-9"), *MERGED, patient("p-7"))


@pytest.mark.parametrize(
    ("role", "named", "record"),
    [
        (Role.EMPLOYER, "e-1", "e-1"),
        (Role.EMPLOYER, "e-left", ""),
        (Role.EMPLOYER, "e-nobody", ""),
        (Role.EMPLOYER, "e/1", ""),
        (Role.EMPLOYER, "p-9", ""),
        (Role.PATIENT, "p-9", "p-9"),
        (Role.PATIENT, "p-6", "p-7"),
        (Role.PATIENT, "", ""),
        (Role.PARTNER, "whoever", "whoever"),
        (Role.PARTNER, "", ""),
        (Role.OPERATOR, "e-1", ""),
        (Role.ADMIN, "e-1", ""),
        (None, "e-1", ""),
    ],
)
def test_a_person_stands_for_a_record_that_is_there_and_in_use(
    role: Role | None, named: str, record: str
) -> None:
    assert record_of(role, named, STORE) == record


def test_mergers_are_followed_so_far_and_no_further() -> None:
    assert MERGERS_MAX == 5
    assert record_of(Role.PATIENT, "p-3", STORE) == "p-7"
    assert record_of(Role.PATIENT, "p-2", STORE) == ""
