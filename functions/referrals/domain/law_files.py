"""The files of laws and words that lie beside this code: they are delivered with it, and read once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

LAWS: Final = Path(__file__).parent / "laws"
WORDS: Final = LAWS / "words"


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name without its ending, and content, of each JSON file."""
    return ((one.stem, one.read_bytes()) for one in sorted(folder.glob("*.json")))
