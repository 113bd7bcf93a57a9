"""infra/deploy.sh with programs in the place of gcloud and terraform that only note what they were told."""

import os
import subprocess
from pathlib import Path

import pytest

from infra.archive import ROOT

NOTING = """#!/bin/bash
echo "${0##*/} $*" >>"$NOTES"
[[ "$*" == *"storage cat"* ]] && cat "$RELEASES"
[[ "$*" == *"storage cp - "* ]] && cat >"$RELEASES"
exit 0
"""
HISTORY = """2026-11-01T08:00:00Z aaa archive=source-a.zip
2026-11-02T08:00:00Z bbb archive=source-b.zip
2026-11-03T08:00:00Z ccc archive=source-c.zip
2026-11-03T09:00:00Z ccc archive=source-c.zip
"""


@pytest.fixture
def stage(tmp_path: Path) -> dict[str, str]:
    for name in ("gcloud", "terraform", "python"):
        (tmp_path / name).write_text(NOTING)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "notes").touch()
    (tmp_path / "releases").write_text(HISTORY)
    told = {"NOTES": "notes", "RELEASES": "releases", "VISITA_PYTHON": "python"}
    paths = {name: str(tmp_path / one) for name, one in told.items()}
    return {**os.environ, **paths, "CI": "true", "PATH": f"{tmp_path}:{os.environ['PATH']}"}


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
    assert "python -m infra.smoke https://api.staging.visita.example --release bbb" in notes
    assert Path(stage["RELEASES"]).read_text().splitlines()[-1].split()[1:] == ["bbb", "archive=source-b.zip"]


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
        )
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("words", [(), ("apply",), ("destroy", "staging"), ("apply", "nowhere")])
def test_wrong_use_changes_nothing(stage: dict[str, str], words: tuple[str, ...]) -> None:
    assert deploy(stage, *words).returncode == 2
    assert Path(stage["NOTES"]).read_text() == ""
