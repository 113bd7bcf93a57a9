"""LibreOffice, where there is one: it opens a workbook and saves it again, as a company does."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def needs_office(test: Any) -> Any:
    absent = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
    return pytest.mark.slow(absent(test))


def saved_by_office(content: bytes, folder: Path) -> bytes:
    (folder / "sent.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    subprocess.run([*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), "sent.xlsx"],
                   cwd=folder, capture_output=True, timeout=100, check=True)  # fmt: skip
    return (folder / "out" / "sent.xlsx").read_bytes()
