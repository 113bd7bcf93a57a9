"""Two who sign at the same instant: the second reads halves of what was and of what is."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from functions.referrals.domain.package import Allowance
from shared.kernel.ports import Documents, Query, Snapshot, Write
from shared.kernel.states import NotPossibleNow
from tests.functions.referrals.certified import certify, examined
from tests.functions.referrals.places import practice
from tests.world import World

__all__ = ["practice"]


class Overtaken:
    """A store in which something happens once, just before an account is read."""

    def __init__(self, documents: Documents, happens: Callable[[], object]) -> None:
        self._documents = documents
        self._happens: list[Callable[[], object]] = [happens]

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        if self._happens and any(path.startswith(f"{Allowance.kind}/") for path in paths):
            self._happens.pop()()
        return self._documents.read(paths)

    def count(self, query: Query) -> int:
        return self._documents.count(query)

    def query(self, query: Query) -> list[Snapshot]:
        return self._documents.query(query)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        return self._documents.commit(writes)


def test_who_signs_while_another_tab_signs_is_told_so_and_does_not_stumble(practice: World) -> None:
    referral = examined(practice)
    told = Overtaken(practice.wiring.documents, lambda: certify(practice, referral.id))
    practice.wiring.__dict__["documents"] = told
    with pytest.raises(NotPossibleNow):
        certify(practice, referral.id)
