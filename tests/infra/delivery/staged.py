"""Runs infra/deploy.sh with programs in the place of gcloud and terraform that only note what they hear."""

import shutil
import subprocess
from pathlib import Path

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
  "terraform "*" show "*) printf '%s\\n' "one will be made" "Plan: 3 to add." "bye" ;;
  "gcloud artifacts docker images describe"*digest*) echo sha256:d ;;
esac
exit 0
"""
HISTORY = """2026-11-01T08:00:00Z aaa archive=source-a.zip
2026-11-02T08:00:00Z bbb archive=source-b.zip
2026-11-03T08:00:00Z ccc archive=source-c.zip
2026-11-03T09:00:00Z ccc archive=source-c.zip
"""


def deploy(
    env: dict[str, str], *words: str, script: Path = ROOT / "infra" / "deploy.sh"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [script, *words], env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def elsewhere(folder: Path, more: str) -> Path:
    """The script in a checkout whose staging says `more`."""
    script = folder / "infra" / "deploy.sh"
    environments = folder / "infra" / "terraform" / "environments"
    environments.mkdir(parents=True)
    for name in ("deploy.sh", "deploy_releases.sh"):
        shutil.copy(ROOT / "infra" / name, script.parent / name)
    here = ROOT / "infra" / "terraform" / "environments" / "staging.tfvars"
    (environments / "staging.tfvars").write_text(f"{here.read_text()}\n{more}\n")
    return script


def releases(stage: dict[str, str]) -> list[list[str]]:
    return [line.split()[1:] for line in Path(stage["RELEASES"]).read_text().splitlines()]


def told(stage: dict[str, str], *words: str) -> list[str]:
    """Lines of the notes with one of these words in them, in order."""
    lines = Path(stage["NOTES"]).read_text().splitlines()
    return [line for line in lines if any(word in line for word in words)]
