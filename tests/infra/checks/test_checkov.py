"""What checkov is told to pass over: each with a reason, and a public door only where it is declared."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.checks import checkov
from infra.checks.checkov import FOLDER, ROOT, complaints, skips

OPEN = """
resource "google_cloud_run_service_iam_member" "public" {
  #checkov:skip=CKV_GCP_102:declared public
  for_each = { for name, one in var.functions : name => one if one.public }
  member   = "allUsers"
}
"""


def test_nothing_is_left_out_without_a_reason_and_only_declared_functions_are_open() -> None:
    assert list(complaints()) == []
    assert len(list(skips())) >= 10


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (OPEN.replace(":declared public", ""), "without a reason"),
        (OPEN.replace(" if one.public", ""), "not just the declared public functions"),
        ('resource "a" "b" {\n  member = "allUsers"\n}\n', "opens to everybody"),
    ],
)
def test_what_is_wrongly_left_out_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "main.tf").write_text(text)
    assert any(complaint in one for one in complaints(tmp_path))


def test_what_is_rightly_left_out_is_not(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(OPEN)
    assert list(complaints(tmp_path)) == []


@pytest.mark.parametrize(
    ("failed", "code", "last"),
    [
        ([], 0, "checkov 3.3.30: 70 passed, 0 failed, 13 left out with a reason, 0 complaints"),
        (
            [{"file_path": "/m.tf", "file_line_range": [7, 9], "check_id": "CKV_1", "check_name": "No"}],
            1,
            "checkov 3.3.30: 70 passed, 1 failed, 13 left out with a reason, 1 complaints",
        ),
    ],
)
def test_it_answers_as_checkov_reports(tmp_path: Path, failed: list[object], code: int, last: str) -> None:
    """With a program of its name on the PATH that says what checkov says."""
    count = {
        "passed": 70,
        "failed": len(failed),
        "skipped": 13,
        "parsing_errors": 0,
        "checkov_version": "3.3.30",
    }
    (tmp_path / "report").write_text(json.dumps({"results": {"failed_checks": failed}, "summary": count}))
    (tmp_path / "checkov").write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/asked\ncat {tmp_path}/report\n')
    (tmp_path / "checkov").chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-m", "infra.checks.checkov"],
        cwd=ROOT, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout.splitlines()[-1]) == (code, last), run.stderr
    assert f"-d {FOLDER} --framework terraform" in (tmp_path / "asked").read_text()


def test_without_checkov_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert checkov.main([]) == 1
    assert f"checkov=={checkov.VERSION}" in capsys.readouterr().out


def test_the_pipeline_calls_this_command_with_the_version_it_names() -> None:
    pipeline = (ROOT / ".github" / "workflows" / "deploy.yml").read_text()
    assert "python -m infra.checks.checkov" in pipeline
