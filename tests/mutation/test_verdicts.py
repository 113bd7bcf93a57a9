"""What was not noticed by a test is not taken for noticed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mutation import reviewed
from tests.mutation.forks import STOOD_STILL, STUMBLED, TOO_MUCH_WORK, each_in_a_child, end_after
from tests.mutation.mutants import ROOT, Source
from tests.mutation.notes import BY_A_TEST, FOLDERS, NOTICED, SURVIVED, Notes, tree

SHORT = "shared/kernel/actors.py"
ONE, OTHER = Source(SHORT).mutants[:2]


def stumble() -> int:
    raise KeyError("a mistake of ours")


def loop() -> int:
    end_after(0.05)
    while True:
        pass


@pytest.mark.parametrize(
    ("job", "code"),
    [(lambda: NOTICED, NOTICED), (lambda: SURVIVED, SURVIVED), (stumble, STUMBLED), (loop, TOO_MUCH_WORK)],
)
def test_how_a_trial_ends_is_told(job: Callable[[], int], code: int) -> None:
    assert list(each_in_a_child([("one", job)], at_once=1)) == [("one", code)]


def test_only_a_test_notices() -> None:
    assert not {SURVIVED, STUMBLED, STOOD_STILL} & set(BY_A_TEST)


def test_what_was_noticed_is_not_tried_again(tmp_path: Path) -> None:
    Notes(tmp_path / "notes").add(ONE, NOTICED)
    Notes(tmp_path / "notes").add(OTHER, STUMBLED)
    assert Notes(tmp_path / "notes").noticed() == {ONE.key}


def test_what_was_noticed_in_other_code_is_tried_again_by_the_same_test_first(tmp_path: Path) -> None:
    row = {"key": ONE.key, "code": NOTICED, "by": "tests/test_one.py::test_it", "tree": "another"}
    (tmp_path / "notes").write_text(json.dumps(row) + "\n")
    again = Notes(tmp_path / "notes")
    assert again.noticed() == set()
    assert (again.by(ONE), again.by(OTHER)) == ("tests/test_one.py::test_it", "")


def test_the_tree_is_of_all_that_a_verdict_hangs_on() -> None:
    assert all((ROOT / folder).is_dir() for folder in FOLDERS)
    assert tree() == tree.__wrapped__()


def test_whatever_was_reviewed_says_why() -> None:
    assert all(why.endswith(".") for why in reviewed.reviewed().values())
