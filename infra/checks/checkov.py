"""checkov over infra/terraform: `python -m infra.checks.checkov`.

It is not among our own tools: it brings a hundred libraries of its own, pinned by it to versions that are not
ours. What is on the PATH is used, else `pipx run`. Left out is only what a comment beside the resource leaves
out with a reason, and what may be open to everybody is compared with the declarations: skips of CKV_GCP_102
(a public invoker) stand where the declared public functions are opened, and nowhere else.
"""

import json
import re
import shutil
import subprocess  # nosec B404 - checkov is a program
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "infra" / "terraform"
VERSION: Final = "3.3.30"
GET_IT: Final = f"checkov is not installed here: pipx install checkov=={VERSION} (or pipx itself), then again"
SKIP: Final = re.compile(r"#checkov:skip=(\w+)(?::(.*))?")
PUBLIC: Final = "CKV_GCP_102"
OPENED: Final = 'member   = "allUsers"'
SECONDS_MAX: Final = 600


def skips(folder: Path = FOLDER) -> Iterator[tuple[Path, str, str, str]]:
    """File, rule, reason, and the resource that it stands in."""
    for path in sorted(folder.rglob("*.tf")):
        for block in re.split(r"\n(?=\w)", path.read_text()):
            yield from ((path, rule, reason.strip(), block) for rule, reason in SKIP.findall(block))


def complaints(folder: Path = FOLDER) -> Iterator[str]:
    """What is wrong with what is left out: no reason, or a door that is not the declared one."""
    for path, rule, reason, block in skips(folder):
        place = f"{path.relative_to(folder)}: {rule}"
        if not reason:
            yield f"{place} is left out without a reason"
        declared = OPENED in block and "if one.public" in block
        if rule == PUBLIC and not declared:
            yield f"{place} is left out where not just the declared public functions are opened"
    for path in sorted(folder.rglob("*.tf")):
        for block in re.split(r"\n(?=\w)", path.read_text()):
            if '"allUsers"' in block and "if one.public" not in block:
                yield f"{path.relative_to(folder)} opens to everybody what is not declared public"


def command() -> list[str]:
    """Empty where there is neither checkov nor pipx."""
    if found := shutil.which("checkov"):
        return [found]
    pipx = shutil.which("pipx")
    return [pipx, "run", f"checkov=={VERSION}"] if pipx else []


def found_by(words: Sequence[str]) -> dict[str, Any]:
    """The report. Raises RuntimeError where there is none."""
    asked = [
        *words,
        "-d",
        str(FOLDER),
        "--framework",
        "terraform",
        "--skip-download",
        "--quiet",
        "-o",
        "json",
    ]
    done = subprocess.run(  # noqa: S603 - our own words  # nosec B603
        asked, capture_output=True, text=True, timeout=SECONDS_MAX, check=False
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(done.stderr[-2000:]) from None
    return told


def main(_: Sequence[str]) -> int:
    words, broken = command(), list(complaints())
    if not words:
        print(GET_IT)
        return 1
    told = found_by(words)
    for one in told["results"]["failed_checks"]:
        broken.append(f"{one['file_path']}:{one['file_line_range'][0]} {one['check_id']} {one['check_name']}")
    for complaint in broken:
        print(complaint)
    count = told["summary"]
    print(
        f"checkov {count['checkov_version']}: {count['passed']} passed, {count['failed']} failed, "
        f"{count['skipped']} left out with a reason, {len(broken)} complaints"
    )
    return 1 if broken or count["parsing_errors"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
