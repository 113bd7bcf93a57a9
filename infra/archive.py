"""The archive that is deployed: `python -m infra.archive build/`.

Holds main.py, functions/, shared/ and requirements.txt, and of every module its bytecode: an instance that
has to compile its source starts three times slower. The same source gives the same bytes, and the name holds
their hash, so they are not uploaded twice. Every function is deployed with every release all the same: each
carries its name.
"""

import hashlib
import importlib.util
import marshal
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
ALONE: Final = ("main.py", "requirements.txt")
ROOMS: Final = ("functions", "shared")
RUNTIME: Final = (3, 11)
"""What production runs: bytecode of another version would be passed over."""
OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: a zip cannot hold an earlier one."""
UNCHECKED: Final = (0b01).to_bytes(4, "little")
"""PEP 552: trust the bytecode whatever the clock of the source says, and do not read the source for it."""


class WrongPython(Exception):
    """Built by another Python than production runs."""


def build(folder: Path) -> Path:
    """The archive's path. Raises WrongPython, and SyntaxError for a module that nothing could run."""
    if sys.version_info[:2] != RUNTIME:
        raise WrongPython(f"build with Python {'.'.join(map(str, RUNTIME))}: the bytecode is of one version")
    folder.mkdir(parents=True, exist_ok=True)
    unnamed = folder / "source.zip"
    with zipfile.ZipFile(unnamed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    digest = hashlib.sha256(unnamed.read_bytes()).hexdigest()[:16]
    return unnamed.replace(folder / f"source-{digest}.zip")


def entries() -> Iterator[tuple[str, bytes]]:
    """Name and content, in order."""
    for path in sorted(_files()):
        name = path.relative_to(ROOT).as_posix()
        content = path.read_bytes()
        yield name, content
        if path.suffix == ".py":
            yield importlib.util.cache_from_source(name, optimization=""), _bytecode(name, content)


def _files() -> Iterator[Path]:
    for name in ALONE:
        yield ROOT / name
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _bytecode(name: str, source: bytes) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)


def main(arguments: Sequence[str]) -> int:
    path = build(Path(arguments[0]) if arguments else ROOT / "build")
    print(f"{path.stat().st_size / 1024:.0f} KiB", file=sys.stderr)
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
