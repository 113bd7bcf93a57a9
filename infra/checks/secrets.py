"""No key in a commit: `python -m infra.checks.secrets`.

What only looks like one stands in .secrets.baseline, each with a reason; `--allow "reason"` adds what is new.
A comment in the source allows nothing: it would say no reason, and nobody would read all of them together.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / ".secrets.baseline"
ONLY_DIGESTS: Final = ("requirements.txt", "requirements-dev.txt", "package-lock.json")
"""Files of nothing but names and hashes; the check of pins reads them."""
RENDERED: Final = ("infra/generated/", "tests/shared/runtime/stored_examples.json")
"""Made from sources that are scanned themselves."""
BINARY: Final = (".gz", ".png", ".woff2")
PROCESSES: Final = 2

Secret = tuple[str, str, str]
"""File, kind and hash."""


def found_in(files: Sequence[str], root: Path = ROOT) -> dict[Secret, int]:
    """Each secret and the line it stands on."""
    secrets = SecretsCollection(root=str(root))
    with default_settings() as settings:
        settings.disable_filters("detect_secrets.filters.allowlist.is_line_allowlisted")
        secrets.scan_files(*files, num_processors=PROCESSES)
    return {(file, one.type, one.secret_hash): one.line_number for file, one in secrets}


def complaints(found: Mapping[Secret, int], known: Mapping[Secret, str]) -> list[str]:
    """One line each: what is new, what is known without a reason, what is known and gone."""
    return [
        *sorted(f"{one[0]}:{line}: {one[1]}" for one, line in found.items() if one not in known),
        *(f"{one[0]}: {one[1]} is known without a reason" for one, why in known.items() if not why),
        *sorted(f"{one[0]}: {one[1]} is known and no longer there" for one in known.keys() - found.keys()),
    ]


def known_in(text: str) -> dict[Secret, str]:
    results = json.loads(text)["results"] if text else {}
    return {
        (file, one["type"], one["hashed_secret"]): one.get("reason", "").strip()
        for file, ones in results.items()
        for one in ones
    }


def as_baseline(known: Mapping[Secret, str]) -> str:
    """In the form of detect-secrets' own baselines; `reason` is ours."""
    results: dict[str, list[dict[str, str]]] = {}
    for (file, kind, sha), why in sorted(known.items()):
        results.setdefault(file, []).append({"type": kind, "hashed_secret": sha, "reason": why})
    return json.dumps({"results": results}, indent=2, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> int:
    found = found_in(_files())
    known = known_in(BASELINE.read_text() if BASELINE.exists() else "")
    if arguments[:1] == ["--allow"] and len(arguments) == 2:
        known = {one: known.get(one, arguments[1]) for one in found}
        BASELINE.write_text(as_baseline(known))
    wrong = complaints(found, known)
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    if wrong:
        sys.stdout.write('Take it out; if it opens nothing: python -m infra.checks.secrets --allow "why"\n')
    sys.stdout.write(f"{len(found)} strings that look like secrets, {len(wrong)} complaints\n")
    return 1 if wrong else 0


def _files() -> list[str]:
    """What git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git this is
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    return [name for name in listed if name and (ROOT / name).is_file() and not _is_left_out(name)]


def _is_left_out(name: str) -> bool:
    path = Path(name)
    return (
        path.name in ONLY_DIGESTS
        or name == BASELINE.name
        or name.startswith(RENDERED)
        or path.suffix in BINARY
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
