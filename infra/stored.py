"""Can two releases share the store and the queues? `python -m infra.stored [--write | --since FILE]`

infra/stored.json says what every record and message holds. Without words: is it what the code says, and may
the code follow what it said? `--write` brings it up to date where that is so. `--since FILE` asks it of the
file of another release, as `infra/deploy.sh plan` does of the one that runs.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "stored.json"

Told = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
"""As infra.rendering.stored.shapes tells it."""


def complaints(before: Told, after: Told) -> list[str]:
    """Why one cannot read what the other wrote. A shape that only one of them knows is read by no other."""
    return [told for name in sorted(before.keys() & after.keys()) for told in _of(name, before, after)]


def _of(name: str, before: Told, after: Told) -> Iterator[str]:
    old, new = before[name], after[name]
    was, now = {**old["must"], **old["may"]}, {**new["must"], **new["may"]}
    for field in sorted(now.keys() - was.keys() - new["may"].keys()):
        yield f"{name}.{field} is new and has no default: what lies there already lacks it"
    for field in sorted(new["must"].keys() & old["may"].keys()):
        yield f"{name}.{field} had a default and has none: it was not always written"
    for field in sorted(old["must"].keys() - now.keys()):
        yield f"{name}.{field} is gone, and the release before cannot do without it: first give it a default"
    for field in sorted(was.keys() & now.keys()):
        if lost := sorted(set(was[field]) - set(now[field])):
            yield f"{name}.{field} can no longer be {', '.join(lost)}: that may lie there already"


def as_text(told: Told) -> str:
    """JSON with a line for each field."""
    shapes = [
        f'  "{name}": {{\n{_part("must", one)},\n{_part("may", one)}\n  }}' for name, one in told.items()
    ]
    return "{\n" + ",\n".join(shapes) + "\n}\n"


def _part(part: str, shape: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    lines = [f'      "{field}": {json.dumps(held)}' for field, held in shape[part].items()]
    return f'    "{part}": {{' + (",\n".join(["\n" + lines[0], *lines[1:]]) + "\n    }" if lines else "}")


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.stored")
    parser.add_argument("--write", action="store_true", help="unless that would part two releases")
    parser.add_argument("--since", type=Path, help="infra/stored.json of another release")
    given = parser.parse_args(words)
    said = _read(FILE)
    if given.since is not None:
        return _tell(complaints(_read(given.since), said), said)
    from infra.rendering.stored import shapes  # comparing two files must not need the program

    now = shapes()
    wrong = complaints(said, now)
    if given.write and not wrong:
        FILE.write_text(as_text(now))
    elif not wrong and said != now:
        wrong = [f"stale: {FILE.name} - run python -m infra.stored --write"]
    return _tell(wrong, now)


def _read(path: Path) -> Told:
    told: Told = json.loads(path.read_text()) if path.is_file() else {}
    return told


def _tell(wrong: Sequence[str], told: Told) -> int:
    fields = sum(len(part) for one in told.values() for part in one.values())
    sys.stdout.write("".join(f"{one}\n" for one in wrong))
    sys.stdout.write(f"{len(told)} shapes with {fields} fields, {len(wrong)} complaints\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
