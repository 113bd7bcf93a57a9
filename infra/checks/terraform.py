"""Terraform without a cloud: `python -m infra.checks.terraform`.

Formats, validates and plans infra/terraform against the schema of the google provider, and reads in the plan
what we promise of it. What it proves: every name, type, block and reference is one that the provider knows,
and the promises below hold of all resources. What it does not: that Google accepts them (values that a field
may have, quotas, permissions, what excludes what). Only `infra/deploy.sh plan` with credentials does.
"""

import json
import os
import shutil
import subprocess  # nosec B404 - terraform is a program
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from infra.checks.terraform_promises import PROMISES
from infra.checks.terraform_schema import schema_only_provider

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "infra" / "terraform"
GENERATED: Final = ROOT / "infra" / "generated" / "functions.auto.tfvars.json"
STAGING: Final = FOLDER / "environments" / "staging.tfvars"
SECONDS_MAX: Final = 360
PLANNED: Final = ("archive", "image")
IF_THERE: Final = "--if-there"
"""Being without terraform is no failure: for the checks of a machine that only changes the program."""
LATER: Final = "(known after apply)"


class TerraformSays(Exception):
    """What Terraform complained of, in its own words."""


@dataclass(frozen=True)
class Resource:
    address: str
    type: str
    values: Mapping[str, Any]


def is_here() -> bool:
    return shutil.which("terraform") is not None


def validate(folder: Path = FOLDER) -> None:
    """Raises TerraformSays."""
    with _workshop(folder) as run:
        run("validate", "-no-color")


@cache
def plans() -> Mapping[str, tuple[Resource, ...]]:
    """Every planned resource, by the name of the run in tests/whole.tftest.hcl. Raises TerraformSays."""
    files = [f"-var-file={one}" for one in (GENERATED, STAGING)]
    with _workshop(FOLDER) as run:
        said = run("test", "-json", "-verbose", *files)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    plans = {one["@testrun"]: one["test_plan"] for one in lines if one["type"] == "test_plan"}
    # The runs that must fail have a plan of almost nothing.
    return {name: tuple(_resources(plan)) for name, plan in plans.items() if name in PLANNED}


def _resources(plan: Mapping[str, Any]) -> Iterator[Resource]:
    for one in plan.get("resource_changes", ()):
        if one["mode"] == "managed" and one["change"]["after"] is not None:
            change = one["change"]
            yield Resource(one["address"], one["type"], _whole(change["after"], change["after_unknown"]))


def _whole(known: Any, unknown: Any) -> Any:
    """The values with `LATER` in the place of what only an apply would tell."""
    if unknown is True:
        return LATER
    if isinstance(unknown, dict) and isinstance(known, dict):
        return known | {name: _whole(known.get(name), one) for name, one in unknown.items() if one}
    if isinstance(unknown, list) and isinstance(known, list) and len(unknown) == len(known):
        return [_whole(one, other) for one, other in zip(known, unknown, strict=True)]
    return known


class _workshop:  # noqa: N801 - reads as a word: `with _workshop(folder) as run`
    """Terraform in a folder, with our provider beside it and its own scratch space."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Any:
        self._scratch = TemporaryDirectory(prefix="visita-terraform-")
        self._provider = schema_only_provider()
        told = self._provider.__enter__()
        config = Path(self._scratch.name) / "terraformrc"
        config.touch()
        self._env = {
            **os.environ, **told, "TF_DATA_DIR": f"{self._scratch.name}/data", "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": str(config),
        }  # fmt: skip
        self._run("init", "-backend=false", "-input=false", "-no-color")
        return self._run

    def __exit__(self, *why: object) -> None:
        self._provider.__exit__(None, None, None)
        self._scratch.cleanup()

    def _run(self, *words: str) -> str:
        program = shutil.which("terraform") or "terraform"
        done = subprocess.run(  # noqa: S603 - our own words  # nosec B603
            [program, *words],
            cwd=self._folder,
            env=self._env,
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )
        if done.returncode:
            raise TerraformSays(f"terraform {words[0]}: {_complaints(done.stdout)}{done.stderr}")
        return done.stdout


def _complaints(said: str) -> str:
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    if not lines:
        return said
    told = [one["diagnostic"] for one in lines if one.get("type") == "diagnostic"]
    return "".join(
        f"\n{one.get('address', '')} {one['summary']}: {one.get('detail', '')} "
        f"{one.get('range', {}).get('filename', '')}:{one.get('range', {}).get('start', {}).get('line', '')}"
        for one in told
    )


def main(words: Sequence[str]) -> int:
    if not is_here():
        print("terraform is not installed here: nothing was checked")
        return 0 if IF_THERE in words else 1
    unformatted = subprocess.run(  # nosec B603 B607
        ["terraform", "fmt", "-check", "-recursive"],  # noqa: S607
        cwd=FOLDER, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    broken = [f"not formatted: {one}" for one in unformatted]
    try:
        validate()
        found = plans()
    except TerraformSays as complaint:
        print(complaint)
        return 1
    told = json.loads(GENERATED.read_text())
    broken += [f"nothing was planned by {run}" for run in PLANNED if not found.get(run)]
    for run, resources in found.items():
        broken += [f"{run}: {one}" for promise in PROMISES for one in promise(resources, told)]
    for one in broken:
        print(one)
    count = ", ".join(f"{len(resources)} resources by {run}" for run, resources in found.items())
    print(f"{len(PROMISES)} promises, {len(broken)} broken; planned {count}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
