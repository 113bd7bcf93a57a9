"""Fills a questionnaire in and saves it: through LibreOffice where there is one, as a company
would."""

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

FILTER: Final = "xlsx:Calc MS Excel 2007 XML"
SECONDS_MAX: Final = 120
Cells = Mapping[str, Mapping[str, str | int]]


@cache
def office() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def how_saved() -> str:
    return "saved by LibreOffice" if office() else "saved by openpyxl: no LibreOffice here"


def wrong() -> Cells:
    """Two slips: an age in words, and a service without a number."""
    return {
        "Firma": {"C5": "około czterdziestki", "C7": "180 000,00 zł", "C11": 30},
        "Lokalizacje": {
            "B5": "Biuro", "D5": "02-566", "E5": "Warszawa", "F5": 180, "G5": "x", "H5": "x",
            "B6": "Zakład", "D6": "05-800", "E6": "Pruszków", "F6": "95 osób", "G6": "x",
        },
        "Usługi": {"C6": "tak", "D6": 40, "C7": "tak", "C15": "tak", "D15": 120, "C32": "tak", "D32": "275"},
    }  # fmt: skip


def right() -> Cells:
    return {"Firma": {"C5": "39,5"}, "Usługi": {"D7": 210}}


def filled_in(content: bytes, cells: Cells, folder: Path) -> bytes:
    from openpyxl import load_workbook  # heavy, and only here

    book, target = load_workbook(BytesIO(content)), BytesIO()
    for sheet, values in cells.items():
        for cell, value in values.items():
            book[sheet][cell] = value
    book.save(target)
    return _through_office(target.getvalue(), folder) if office() else target.getvalue()


def _through_office(content: bytes, folder: Path) -> bytes:
    sent, out = folder / "ankieta.xlsx", folder / "saved"
    sent.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office(), profile, "--headless", "--convert-to", FILTER, "--outdir", str(out), str(sent)]
    subprocess.run(command, capture_output=True, timeout=SECONDS_MAX, check=True)
    return (out / sent.name).read_bytes()
