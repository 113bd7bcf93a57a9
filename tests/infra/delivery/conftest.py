"""A machine on which nothing can be deployed, and which notes what was tried."""

import os
from pathlib import Path

import pytest

from tests.infra.delivery.staged import HISTORY, NOTING


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
