"""What infra/deploy.sh does, in which order, and when it does nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from infra.archive import ROOT
from tests.infra.delivery.staged import HISTORY, deploy, releases, told


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
        )
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("words", [(), ("apply",), ("destroy", "staging"), ("apply", "nowhere")])
def test_wrong_use_changes_nothing(stage: dict[str, str], words: tuple[str, ...]) -> None:
    assert deploy(stage, *words).returncode == 2
    assert Path(stage["NOTES"]).read_text() == ""
