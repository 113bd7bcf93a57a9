"""The check of pins sees what would let an unreviewed package in."""

import re
import shutil
from pathlib import Path

import pytest

from infra.checks.pins import PAIRS, ROOT, complaints

RUNS = "requirements.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The project's own files, to be spoiled."""
    for name in (one for pair in PAIRS for one in pair):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def spoil(file: Path, pattern: str, by: str) -> None:
    text = file.read_text()
    spoilt = re.sub(pattern, by, text, count=1, flags=re.MULTILINE)
    assert spoilt != text
    file.write_text(spoilt)


def test_the_pins_of_this_project_are_complete() -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    ("file", "pattern", "by", "told"),
    [
        (RUNS, r"^(pydantic==\S+)( \\\n +--hash\S+)+", r"\1", "not pinned with hashes: pydantic=="),
        (RUNS, r"^pydantic==\S+", "pydantic>=2", "not pinned with hashes: pydantic>=2"),
        (RUNS, r"\A", "other @ https://example.org/a.tar.gz\n", "not pinned with hashes: other @"),
        (RUNS, r"\A", "--extra-index-url https://example.org\n", "not pinned with hashes: --extra-index-url"),
        (RUNS, r"^pydantic==\S+", "pydantic==2.0.1", "pydantic: 2.0.1 runs"),
        ("requirements.in", r"\A", "leftpad\n", "not as requirements.in asks: leftpad"),
        ("requirements.in", r"^pydantic$", "pydantic>=900", "not as requirements.in asks: pydantic>=900"),
        ("requirements.in", r"^pydantic$", "", "no longer in requirements.in: pydantic"),
        ("requirements-dev.in", r"^rich$", "", "no longer in requirements-dev.in: rich"),
    ],
)  # fmt: skip
def test_a_way_around_the_pins_is_told(root: Path, file: str, pattern: str, by: str, told: str) -> None:
    spoil(root / file, pattern, by)
    assert any(told in line for line in complaints(root)), complaints(root)
