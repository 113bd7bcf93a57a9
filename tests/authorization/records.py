"""Whom each kind of record admits: `python -m tests.authorization.records [--write]`

The other half of docs/authorization.md: an action says which scope it is called in, the record says who may
touch it then. Asked of an example of every kind, once of the caller's own and once of somebody else's.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from shared.kernel.actors import Role, Scope
from shared.kernel.records import Record
from tests.authorization.parties import OTHER, OWN, Party, caller
from tests.authorization.production import Production
from tests.authorization.stand import records_of

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "records.md"
HEAD: Final = """<!-- Written by python -m tests.authorization.records --write -->

# Records and whom they admit

An action is called in a scope (docs/authorization.md); the record says who may touch it in that scope,
whatever the action does. Asked of an example of every kind, of the caller's own tenant: nobody reaches
another tenant's.

- **all**: any of them, in every scope. **tenant**, **assigned**, **offered**, **own**, **case**: any of them,
  in that scope; what leads there has been asked before (a thread's circle, a partner's own recommendation).
- **theirs**: those that name the caller, in that scope. **–**: none.
- **log**: whether each change of it leaves a numbered line in its activity log, in the same commit.

"""


@cache
def examples(party: Party) -> Mapping[str, Sequence[Record]]:
    """By kind."""
    found: dict[str, list[Record]] = {}
    for one in records_of(party, Production().wiring):
        found.setdefault(one.kind, []).append(one)
    return found


def row(kind: str) -> str:
    """A line of the table."""
    log = "each change" if examples(OWN)[kind][0].logged else "–"
    return f"| `{kind}` | {log} | {' | '.join(_cell(kind, role) for role in Role)} |"


def _cell(kind: str, role: Role) -> str:
    theirs = _admitting(role, examples(OWN)[kind])
    others = _admitting(role, examples(OTHER).get(kind) or examples(OWN)[kind])  # of some a tenant has one
    if theirs == others == set(Scope):
        return "all"
    return ", ".join(_said(theirs, others)) or "–"


def _admitting(role: Role, records: Sequence[Record]) -> set[Scope]:
    return {scope for scope in Scope if any(one.admits(caller(role), scope) for one in records)}


def _said(theirs: set[Scope], others: set[Scope]) -> Iterator[str]:
    for scope in Scope:
        if scope in others:
            yield f"{scope}"
        elif scope in theirs:
            yield f"{scope} theirs"


def table() -> str:
    head = f"| record | log | {' | '.join(Role)} |\n|---|---{'|---' * len(Role)}|\n"
    return head + "".join(f"{row(kind)}\n" for kind in sorted(examples(OWN)))


def main(words: Sequence[str]) -> int:
    told = HEAD + table()
    if "--write" in words:
        FILE.write_text(told)
    is_same = FILE.is_file() and FILE.read_text() == told
    print(f"{len(examples(OWN))} kinds of records, {'as' if is_same else 'not as'} docs/records.md says")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
