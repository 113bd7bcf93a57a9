"""The table of example replies, for whoever wants to test against it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("reply_examples.tsv")
_ESCAPE = re.compile(r"\\(n|t|u[0-9a-f]{4})")


@dataclass(frozen=True)
class Example:
    """One row; `text` may hold \\n, \\t and \\u00a0 where the sign itself could not be seen."""

    language: str
    text: str
    kind: str
    code: str
    reason: str
    why: str


@cache
def examples() -> tuple[Example, ...]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if not line.startswith("# ")]
    return tuple(Example(row[0], _typed(row[1]), *row[2:]) for row in rows)


def _typed(text: str) -> str:
    return _ESCAPE.sub(lambda found: _sign(found.group(1)), text)


def _sign(escape: str) -> str:
    return {"n": "\n", "t": "\t"}.get(escape) or chr(int(escape[1:], 16))
