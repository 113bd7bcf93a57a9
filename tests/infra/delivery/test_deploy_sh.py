"""What infra/deploy.sh does, in which order, and when it does nothing."""

import re
from pathlib import Path

import pytest

from infra.archive import ROOT
from infra.checks.terraform import FOLDER
from tests.infra.delivery.staged import HISTORY, deploy, elsewhere, releases, told

IMAGE = "europe-central2-docker.pkg.dev/visita-staging/visita/visita"


def test_an_apply_builds_plans_notes_applies_that_plan_and_asks_every_route(stage: dict[str, str]) -> None:
    done = deploy({**stage, "REFUSED": "gcloud artifacts * describe *:ddd"}, "apply", "staging")
    assert done.returncode == 0, done.stderr
    wanted = (
        "terraform -chdir=infra/terraform init",
        "python -m infra.render --check",
        "gcloud builds submit",
        "terraform -chdir=infra/terraform plan",
        "gcloud storage cp - gs://visita-staging-terraform/releases.txt",
        "terraform -chdir=infra/terraform apply",
        "python -m infra.smoke https://api.staging.visita.example --release ddd --declared",
    )
    found = told(stage, *wanted)
    assert len(found) == len(wanted)
    assert all(line.startswith(word) for line, word in zip(found, wanted, strict=True))
    (planned,) = told(stage, " plan ")
    assert planned.split()[-1] == told(stage, " apply ")[0].split()[-1], "the plan shown is the one applied"
    assert releases(stage)[-1] == ["ddd", f"image={IMAGE}@sha256:d"]


def test_a_list_of_releases_that_cannot_be_read_is_not_written_over(stage: dict[str, str]) -> None:
    for refused in ("gcloud storage ls*", "gcloud storage cat*"):
        done = deploy({**stage, "REFUSED": refused}, "apply", "staging")
        assert done.returncode == 1
        assert "cannot be read" in done.stderr
    assert Path(stage["RELEASES"]).read_text() == HISTORY
    assert told(stage, " apply ") == []


def test_a_plan_ends_with_its_figures(stage: dict[str, str]) -> None:
    done = deploy(stage, "plan", "staging")
    last = done.stdout.strip().splitlines()[-1]
    assert last == "staging, release ddd. Plan: 3 to add."
    assert told(stage, "/terraform show ")[0].split()[-1] == told(stage, " plan ")[0].split()[-1]


def test_a_plan_that_cannot_be_made_has_no_figures(stage: dict[str, str]) -> None:
    done = deploy({**stage, "REFUSED": "terraform * plan *"}, "plan", "staging")
    assert done.returncode == 1
    assert "release ddd" not in done.stdout


def test_an_image_that_is_there_is_not_built_again_and_is_deployed_by_its_digest(
    stage: dict[str, str],
) -> None:
    done = deploy(stage, "plan", "staging")
    assert done.returncode == 0, done.stderr
    assert told(stage, "builds submit", "git archive") == []
    (planned,) = told(stage, " plan ")
    assert f"-var image={IMAGE}@sha256:d -var release=ddd" in planned


def test_an_image_is_built_of_what_is_committed_by_its_own_account_within_the_eu(
    stage: dict[str, str],
) -> None:
    """The default account may do too much, and the default bucket lies in the United States."""
    done = deploy({**stage, "REFUSED": "gcloud artifacts * describe *:ddd"}, "plan", "staging")
    assert done.returncode == 0, done.stderr
    packed, built = told(stage, "git archive", "builds submit")
    assert packed.endswith("/build/ddd.tar.gz HEAD Dockerfile requirements.txt main.py functions shared")
    assert "/build/ddd.tar.gz --project visita-staging --region europe-central2" in built
    assert "--config infra/cloudbuild.yaml" in built
    assert f"--substitutions _IMAGE={IMAGE}:ddd,_RELEASE=ddd" in built
    assert built.endswith("--gcs-source-staging-dir gs://visita-staging-source/build")
    told_to_google = (ROOT / "infra" / "cloudbuild.yaml").read_text()
    assert "serviceAccounts/builder@$PROJECT_ID.iam.gserviceaccount.com" in told_to_google
    assert "logging: CLOUD_LOGGING_ONLY" in told_to_google
    assert 'account_id   = "builder"' in (FOLDER / "modules" / "identities" / "main.tf").read_text()


def test_an_archive_is_brought_where_cloud_functions_builds_from(
    stage: dict[str, str], tmp_path: Path
) -> None:
    by_archive = elsewhere(tmp_path / "checkout", 'delivery = "archive"')
    done = deploy(stage, "apply", "staging", script=by_archive)
    assert done.returncode == 0, done.stderr
    built, brought = told(stage, "infra.archive", "storage cp --no-clobber")
    assert built == "python -m infra.archive build"
    assert brought.endswith("build/source-d.zip gs://visita-staging-source/")
    assert told(stage, "builds submit") == []
    (planned,) = told(stage, " plan ")
    assert "-var archive=source-d.zip -var release=ddd" in planned
    assert releases(stage)[-1] == ["ddd", "archive=source-d.zip"]


def test_who_says_nothing_of_the_delivery_means_what_terraform_means() -> None:
    default = re.search(
        r'variable "delivery" \{[^}]*default     = "(\w+)"', (FOLDER / "variables.tf").read_text()
    )
    assert default is not None
    assert f"DELIVERY=${{DELIVERY:-{default[1]}}}" in (ROOT / "infra" / "deploy.sh").read_text()


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
            "-target=module.secrets -target=module.identities",
            "-target=module.sight.google_logging_metric.line",
            "-target=module.sight.google_logging_metric.gauge",
        )
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("words", [(), ("apply",), ("destroy", "staging"), ("apply", "nowhere")])
def test_wrong_use_changes_nothing(stage: dict[str, str], words: tuple[str, ...]) -> None:
    assert deploy(stage, *words).returncode == 2
    assert Path(stage["NOTES"]).read_text() == ""
