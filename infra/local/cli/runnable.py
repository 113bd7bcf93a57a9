"""Finds the modules of a package that can be run by themselves: a new file is a new demo or bench."""

import ast
from pathlib import Path

from infra.local.cli import show
from infra.local.stack.part import Refused
from infra.local.stack.places import ROOT

MAIN = 'if __name__ == "__main__":'


def module_called(name: str, package: str) -> str:
    """`house-visit` in infra.local.demos is infra.local.demos.house_visit. Raises Refused."""
    file = _files(package).get(name.replace("_", "-"))
    if file is None:
        known = ", ".join(_files(package)) or "none yet"
        raise Refused(f"there is no {name} in {package}; there is: {known}")
    return f"{package}.{file.stem}"


def list_all(package: str, command: str) -> int:
    """One line each: how it is called, and the first sentence of what it says about itself."""
    for name, file in _files(package).items():
        about = (ast.get_docstring(ast.parse(file.read_text())) or "").partition("\n")[0]
        show.line(f"./emulator.sh {command} {name:<16} {about.partition('`python')[0].strip()}")
    if not _files(package):
        show.line(f"{package} holds none yet.")
    return 0


def _files(package: str) -> dict[str, Path]:
    folder = ROOT / package.replace(".", "/")
    runnable = [file for file in sorted(folder.glob("*.py")) if MAIN in file.read_text()]
    return {file.stem.replace("_", "-"): file for file in runnable}
