"""Every requirement is pinned with hashes, as the .in files ask for it: `python -m infra.checks.pins`.

Asks no network: it cannot say that a newer version exists, only that what is installed is what was reviewed.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PAIRS: Final = (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt"))
PIN: Final = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^\s;]+)(\s*;[^\\]*?)?(\s+--hash=sha256:[0-9a-f]{64})+"
)
"""One requirement, its continued lines joined."""

Pins = Mapping[str, str]
"""Version by name."""


def complaints(root: Path = ROOT) -> list[str]:
    wrong: list[str] = []
    pins: dict[str, Pins] = {}
    for source, file in PAIRS:
        text = (root / file).read_text()
        pins[file], loose = pinned(text)
        wanted = _wanted(root / source)
        wrong += [f"{file}: not pinned with hashes: {line}" for line in loose]
        wrong += [f"{file}: not as {source} asks: {one}" for one in wanted if not _holds(one, pins[file])]
        gone = _direct(text, source) - {canonicalize_name(one.name) for one in wanted}
        wrong += [f"{file}: no longer in {source}: {name}" for name in sorted(gone)]
    return [*wrong, *_untested(*(pins[file] for _, file in PAIRS))]


def pinned(text: str) -> tuple[Pins, list[str]]:
    """The pins, and the lines that are none."""
    pins, loose = {}, []
    told = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in filter(None, map(str.strip, told.replace("\\\n", " ").splitlines())):
        if pin := PIN.fullmatch(line):
            pins[str(canonicalize_name(pin["name"]))] = pin["version"]
        else:
            loose.append(line[:80])
    return pins, loose


def _wanted(source: Path) -> list[Requirement]:
    """What a .in file asks for, with what the files ask for that it reads in."""
    wanted: list[Requirement] = []
    for line in source.read_text().splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("-r "):
            wanted += _wanted(source.parent / words.removeprefix("-r ").strip())
        elif words:
            wanted.append(Requirement(words))
    return wanted


def _holds(wanted: Requirement, pins: Pins) -> bool:
    version = pins.get(canonicalize_name(wanted.name))
    return version is not None and wanted.specifier.contains(version, prereleases=True)


def _direct(text: str, source: str) -> set[str]:
    """Pins that are there, by their own comment (`# via -r requirements.in`), because `source` names them."""
    direct, name = set(), ""
    for line in text.splitlines():
        if line[:1].isalnum():
            name = str(canonicalize_name(re.split(r"==|\[", line)[0]))
        elif line.endswith(f"-r {source}"):
            direct.add(name)
    return direct


def _untested(runs: Pins, tested: Pins) -> list[str]:
    """What runs must be what was tested."""
    return [
        f"{name}: {version} runs, {tested.get(name, 'nothing')} is tested"
        for name, version in runs.items()
        if tested.get(name) != version
    ]


def main(_arguments: Sequence[str]) -> int:
    wrong = complaints()
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    remedy = ": ./emulator.sh pins" if wrong else ""
    sys.stdout.write(f"{len(PAIRS)} files of pins, {len(wrong)} complaints{remedy}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
