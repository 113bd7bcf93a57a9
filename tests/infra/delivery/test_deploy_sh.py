"""infra/deploy.sh with programs in the place of gcloud and terraform that only note what they were told."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.archive import ROOT

NOTING = """#!/bin/bash
echo "${0##*/} $*" >>"$NOTES"
case "${0##*/} $*" in
  $REFUSED) exit 1 ;;
  "gcloud storage ls"*) echo "gs://visita-staging-terraform/releases.txt" ;;
  "gcloud storage cat"*) cat "$RELEASES" ;;
  "gcloud storage cp - "*) cat >"$RELEASES" ;;
  "git rev-parse"*) echo ddd ;;
  "git show"*) echo '{"functions": {}}' ;;
  "python -m infra.archive"*) echo build/source-d.zip ;;
  "gcloud artifacts docker images describe"*digest*) echo sha256:d ;;
esac
exit 0
"""
HISTORY = """2026-11-01T08:00:00Z aaa archive=source-a.zip
2026-11-02T08:00:00Z bbb archive=source-b.zip
2026-11-03T08:00:00Z ccc archive=source-c.zip
2026-11-03T09:00:00Z ccc archive=source-c.zip
"""


@pytest.fixture
def stage(tmp_path: Path) -> dict[str, str]:
    for name in ("gcloud", "terraform", "python", "git"):
        (tmp_path / name).write_text(NOTING)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "notes").touch()
    (tmp_path / "releases").write_text(HISTORY)
    told = {"NOTES": "notes", "RELEASES": "releases", "VISITA_PYTHON": "python"}
    paths = {name: str(tmp_path / one) for name, one in told.items()}
    return {
        **os.environ,
        **paths,
        "CI": "true",
        "REFUSED": "nothing",
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
    }


def deploy(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "infra" / "deploy.sh"
    return subprocess.run(
        [script, *words], env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_a_rollback_goes_to_the_release_before_the_last_one(stage: dict[str, str]) -> None:
    done = deploy(stage, "rollback", "staging")
    notes = Path(stage["NOTES"]).read_text()
    assert done.returncode == 0, done.stderr
    (applied,) = [line for line in notes.splitlines() if " apply " in line]
    assert "-var archive=source-b.zip -var release=bbb" in applied
    assert "python -m infra.smoke https://api.staging.visita.example --release bbb --declared" in notes
    assert releases(stage)[-1] == ["bbb", "archive=source-b.zip", "back"]
    assert len(releases(stage)) == len(HISTORY.splitlines()) + 1


def releases(stage: dict[str, str]) -> list[list[str]]:
    return [line.split()[1:] for line in Path(stage["RELEASES"]).read_text().splitlines()]


def told(stage: dict[str, str], *words: str) -> list[str]:
    """Lines of the notes with one of these words in them, in order."""
    lines = Path(stage["NOTES"]).read_text().splitlines()
    return [line for line in lines if any(word in line for word in words)]


def test_a_second_rollback_goes_further_back_and_not_to_what_was_wrong(stage: dict[str, str]) -> None:
    assert [deploy(stage, "rollback", "staging").returncode for _ in range(3)] == [0, 0, 1]
    assert [one[0] for one in releases(stage)[-2:]] == ["bbb", "aaa"]


def test_a_rollback_that_stops_in_the_middle_goes_to_the_same_release_again(stage: dict[str, str]) -> None:
    failed = deploy({**stage, "REFUSED": "terraform*apply*"}, "rollback", "staging")
    assert failed.returncode == 1
    assert releases(stage) == [line.split()[1:] for line in HISTORY.splitlines()]
    assert deploy(stage, "rollback", "staging").returncode == 0
    assert releases(stage)[-1][0] == "bbb"


def test_an_apply_builds_plans_notes_applies_that_plan_and_asks_every_route(stage: dict[str, str]) -> None:
    done = deploy(stage, "apply", "staging")
    assert done.returncode == 0, done.stderr
    wanted = (
        "terraform -chdir=infra/terraform init",
        "python -m infra.render --check",
        "python -m infra.archive build",
        "gcloud storage cp --no-clobber build/source-d.zip gs://visita-staging-source/",
        "terraform -chdir=infra/terraform plan",
        "gcloud storage cp - gs://visita-staging-terraform/releases.txt",
        "terraform -chdir=infra/terraform apply",
        "python -m infra.smoke https://api.staging.visita.example --release ddd --declared",
    )
    found = told(stage, *wanted)
    assert len(found) == len(wanted)
    assert all(line.startswith(word) for line, word in zip(found, wanted, strict=True))
    (planned,) = told(stage, " plan ")
    assert "-var archive=source-d.zip -var release=ddd" in planned
    assert planned.split()[-1] == told(stage, " apply ")[0].split()[-1], "the plan shown is the one applied"
    assert releases(stage)[-1] == ["ddd", "archive=source-d.zip"]


def test_an_apply_that_stops_in_the_middle_can_be_rolled_back(stage: dict[str, str]) -> None:
    assert deploy({**stage, "REFUSED": "terraform*apply*"}, "apply", "staging").returncode == 1
    assert told(stage, "infra.smoke") == []
    assert deploy(stage, "rollback", "staging").returncode == 0
    assert releases(stage)[-1][:2] == ["ccc", "archive=source-c.zip"]


def test_a_list_of_releases_that_cannot_be_read_is_not_written_over(stage: dict[str, str]) -> None:
    for refused in ("gcloud storage ls*", "gcloud storage cat*"):
        done = deploy({**stage, "REFUSED": refused}, "apply", "staging")
        assert done.returncode == 1
        assert "cannot be read" in done.stderr
    assert Path(stage["RELEASES"]).read_text() == HISTORY
    assert told(stage, " apply ") == []


def test_an_image_is_built_once_and_deployed_by_its_digest(stage: dict[str, str], tmp_path: Path) -> None:
    environment = ROOT / "infra" / "terraform" / "environments" / "staging.tfvars"
    script = tmp_path / "infra" / "deploy.sh"
    (tmp_path / "infra" / "terraform" / "environments").mkdir(parents=True)
    shutil.copy(ROOT / "infra" / "deploy.sh", script)
    by_image = environment.read_text() + '\ndelivery = "image"\n'
    (tmp_path / "infra" / "terraform" / "environments" / "staging.tfvars").write_text(by_image)
    done = subprocess.run([script, "plan", "staging"], env=stage, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert told(stage, "builds submit") == []  # that image is there
    (planned,) = told(stage, " plan ")
    assert "image=europe-central2-docker.pkg.dev/visita-staging/visita/visita@sha256:d" in planned


def test_what_is_not_committed_is_not_deployed(stage: dict[str, str]) -> None:
    (Path(stage["NOTES"]).parent / "git").write_text('#!/bin/bash\necho " M main.py"\n')
    done = deploy(stage, "apply", "staging")
    assert done.returncode == 1
    assert "commit first" in done.stderr
    assert told(stage, " plan ", " apply ") == []


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


def test_bootstrap_makes_what_holds_the_state_before_what_uses_it(stage: dict[str, str]) -> None:
    done = deploy(stage, "bootstrap", "staging")
    notes = Path(stage["NOTES"]).read_text().splitlines()
    assert done.returncode == 0, done.stderr
    found = [
        next(number for number, line in enumerate(notes) if words in line)
        for words in (
            "services enable",
            "buckets describe",
            "identity create",
            "terraform -chdir=infra/terraform init",
            "-target=module.secrets",
            "-target=module.sight.google_logging_metric.line",
            "-target=module.sight.google_logging_metric.gauge",
        )
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("words", [(), ("apply",), ("destroy", "staging"), ("apply", "nowhere")])
def test_wrong_use_changes_nothing(stage: dict[str, str], words: tuple[str, ...]) -> None:
    assert deploy(stage, *words).returncode == 2
    assert Path(stage["NOTES"]).read_text() == ""
