"""infra/deploy.sh builds nothing that cannot share the store with the release that runs."""

from pathlib import Path

import pytest

from tests.infra.delivery.staged import deploy, told


def test_a_release_that_cannot_share_the_store_with_the_one_that_runs_is_not_built(
    stage: dict[str, str],
) -> None:
    apart = {**stage, "REFUSED": "python -m infra.stored --since*"}
    done = deploy(apart, "apply", "staging")
    assert done.returncode == 1
    assert "cannot share the store with ccc" in done.stderr
    assert told(stage, "git show") == ["git show ccc:infra/stored.json"]
    assert told(stage, "infra.archive", " plan ", " apply ") == []
    assert deploy({**apart, "VISITA_PART_WITH": "bbb"}, "plan", "staging").returncode == 1
    assert deploy({**apart, "VISITA_PART_WITH": "ccc"}, "plan", "staging").returncode == 0


def test_after_a_rollback_the_release_that_one_went_back_to_is_compared(stage: dict[str, str]) -> None:
    assert deploy(stage, "rollback", "staging").returncode == 0
    assert deploy(stage, "plan", "staging").returncode == 0
    assert told(stage, ":infra/stored.json") == ["git show bbb:infra/stored.json"]


def test_a_release_of_before_there_was_a_list_is_not_compared(stage: dict[str, str]) -> None:
    done = deploy({**stage, "REFUSED": "git show*"}, "plan", "staging")
    assert done.returncode == 0, done.stderr
    assert "not compared" in done.stderr
    assert told(stage, "infra.stored") == []


@pytest.mark.parametrize("words", ["plan", "rollback"])
def test_a_checkout_without_its_history_says_what_to_do(stage: dict[str, str], words: str) -> None:
    done = deploy({**stage, "REFUSED": "git cat-file*"}, words, "staging")
    assert done.returncode == 1
    assert "git fetch --unshallow" in done.stderr


def test_the_first_time_there_is_nothing_to_compare(stage: dict[str, str]) -> None:
    Path(stage["RELEASES"]).write_text("")
    assert deploy(stage, "plan", "staging").returncode == 0
    assert told(stage, "infra.stored") == []
