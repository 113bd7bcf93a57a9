"""The archive that is deployed holds what a function needs, compiled, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import archive
from infra.archive import WrongPython
from infra.checks.terraform import FOLDER

pytestmark = pytest.mark.skipif(sys.version_info[:2] != archive.RUNTIME, reason="builds with one Python only")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive.build(tmp_path_factory.mktemp("build"))


def test_the_same_source_gives_the_same_archive(built: Path, tmp_path: Path) -> None:
    again = archive.build(tmp_path)
    assert (again.name, again.read_bytes()) == (built.name, built.read_bytes())


def test_nothing_is_in_it_that_is_not_deployed(built: Path) -> None:
    names = zipfile.ZipFile(built).namelist()
    assert {one.split("/")[0] for one in names} == {
        "main.py",
        "requirements.txt",
        "functions",
        "shared",
        "__pycache__",
    }
    assert len(names) == len(set(names))


def test_every_module_starts_from_its_bytecode(built: Path, tmp_path: Path) -> None:
    """The sources are made unreadable as Python: whoever compiled them anew would fail."""
    with zipfile.ZipFile(built) as whole:
        whole.extractall(tmp_path)
    modules = list(tmp_path.rglob("*.py"))
    assert len(modules) > 200
    for one in modules:
        one.write_text("this is not Python")
    ask = "import main; print(main.platform__health.__name__, main.messaging__receive_sms.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["platform__health", "messaging__receive_sms"], run.stderr


def test_another_python_builds_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(archive, "RUNTIME", (3, 99))
    with pytest.raises(WrongPython):
        archive.build(tmp_path)


def test_terraform_builds_with_the_python_of_the_bytecode() -> None:
    version = "".join(map(str, archive.RUNTIME))
    assert f'default     = "python{version}"' in (FOLDER / "variables.tf").read_text()
    assert f"FROM python:{'.'.join(map(str, archive.RUNTIME))}-" in (archive.ROOT / "Dockerfile").read_text()
