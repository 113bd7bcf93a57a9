"""infra/deploy.sh goes back to the release before, and asks the routes of the one that runs."""

from pathlib import Path

import pytest

from tests.infra.delivery.staged import HISTORY, deploy, releases, told


def test_a_rollback_goes_to_the_release_before_the_last_one(stage: dict[str, str]) -> None:
    done = deploy(stage, "rollback", "staging")
    notes = Path(stage["NOTES"]).read_text()
    assert done.returncode == 0, done.stderr
    (applied,) = [line for line in notes.splitlines() if " apply " in line]
    assert "-var archive=source-b.zip -var delivery=archive -var release=bbb" in applied
    assert "python -m infra.smoke https://api.staging.visita.example --release bbb --declared" in notes
    assert releases(stage)[-1] == ["bbb", "archive=source-b.zip", "back"]
    assert len(releases(stage)) == len(HISTORY.splitlines()) + 1


def test_a_rollback_over_the_way_of_delivery_brings_the_one_of_then(stage: dict[str, str]) -> None:
    with Path(stage["RELEASES"]).open("a") as history:
        history.write(
            "2026-11-04T08:00:00Z ddd image=visita@sha256:d\n2026-11-05T08:00:00Z eee archive=e.zip\n"
        )
    assert [deploy(stage, "rollback", "staging").returncode for _ in range(2)] == [0, 0]
    first, second = told(stage, " apply ")
    assert "-var image=visita@sha256:d -var delivery=image -var release=ddd" in first
    assert "-var archive=source-c.zip -var delivery=archive -var release=ccc" in second


def test_a_second_rollback_goes_further_back_and_not_to_what_was_wrong(stage: dict[str, str]) -> None:
    assert [deploy(stage, "rollback", "staging").returncode for _ in range(3)] == [0, 0, 1]
    assert [one[0] for one in releases(stage)[-2:]] == ["bbb", "aaa"]


def test_a_rollback_that_stops_in_the_middle_goes_to_the_same_release_again(stage: dict[str, str]) -> None:
    failed = deploy({**stage, "REFUSED": "terraform*apply*"}, "rollback", "staging")
    assert failed.returncode == 1
    assert releases(stage) == [line.split()[1:] for line in HISTORY.splitlines()]
    assert deploy(stage, "rollback", "staging").returncode == 0
    assert releases(stage)[-1][0] == "bbb"


def test_an_apply_that_stops_in_the_middle_can_be_rolled_back(stage: dict[str, str]) -> None:
    assert deploy({**stage, "REFUSED": "terraform*apply*"}, "apply", "staging").returncode == 1
    assert told(stage, "infra.smoke") == []
    assert deploy(stage, "rollback", "staging").returncode == 0
    assert releases(stage)[-1][:2] == ["ccc", "archive=source-c.zip"]


def test_the_routes_of_the_release_that_runs_are_asked_and_not_those_of_the_checkout(
    stage: dict[str, str],
) -> None:
    for release in ("ccc", "bbb"):
        done = deploy(stage, "smoke", "staging")
        assert done.returncode == 0, done.stderr
        *_, shown, asked = told(stage, "git show", "infra.smoke")
        assert shown == f"git show {release}:infra/generated/functions.auto.tfvars.json"
        assert f"--release {release} --declared " in asked
        assert asked.endswith("/build/staging-running.tfvars.json")
        assert deploy(stage, "rollback", "staging").returncode == 0


@pytest.mark.parametrize(
    ("refused", "history", "said"),
    [("nothing", "", "nothing was deployed yet"), ("gcloud storage ls*", HISTORY, "cannot be read")],
)
def test_where_nothing_is_known_to_run_nothing_is_asked(
    stage: dict[str, str], refused: str, history: str, said: str
) -> None:
    Path(stage["RELEASES"]).write_text(history)
    done = deploy({**stage, "REFUSED": refused}, "smoke", "staging")
    assert done.returncode == 1
    assert said in done.stderr
    assert told(stage, "infra.smoke") == []


def test_there_is_nothing_before_the_first_release(stage: dict[str, str]) -> None:
    Path(stage["RELEASES"]).write_text(HISTORY.splitlines()[0] + "\n")
    done = deploy(stage, "rollback", "staging")
    assert done.returncode == 1
    assert "no release before" in done.stderr
    assert " apply " not in Path(stage["NOTES"]).read_text()


def test_a_person_must_say_yes(stage: dict[str, str]) -> None:
    done = deploy({**stage, "CI": ""}, "rollback", "staging")
    assert done.returncode == 1
    assert " apply " not in Path(stage["NOTES"]).read_text()
