"""The rules of the house that no linter knows, read from the syntax of every file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STDLIB_OF_RULES = {
    "array", "bisect", "collections", "contextlib", "dataclasses", "datetime", "decimal", "enum",
    "functools", "hashlib", "heapq", "html", "itertools", "json", "math", "operator", "re", "string",
    "struct", "sys", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
"""Nothing that knows the time, the environment, chance, files or the network."""
READS_BESIDE_ITSELF = {"functions/referrals/domain/law_files.py": {"pathlib"}}
"""Data that are delivered with the code are code."""
OURS = {"functions", "shared"}
RULES = [
    *ROOT.glob("functions/*/domain/**/*.py"),
    *ROOT.glob("shared/kernel/*.py"),
    *ROOT.glob("shared/contracts/*.py"),
]
ACTIONS = [path for path in ROOT.glob("functions/*/*.py") if path.name != "__init__.py"]
ACTION_MAY = ("shared.kernel", "shared.contracts", "shared.runtime.action", "shared.runtime.context")
ACTION_ALSO = {
    # What the platform and messaging modules keep is the runtime's own: letters, dead letters, page tokens.
    "shared.runtime.letters": {"messaging"},
    "shared.runtime.dead_letters": {"platform"},
    "shared.runtime.backlog": {"platform"},
    "shared.runtime.html": {"platform"},
    "shared.runtime.pages": {
        "certificates",
        "referrals",
        "chat",
        "house_visits",
        "directory",
        "identity",
        "messaging",
        "partners",
        "patients",
        "platform",
    },
    # A scanner that does not answer wakes somebody; a push is a notice and has its line in the log.
    "shared.runtime.log": {"documents", "chat"},
    "shared.runtime.clinic_search": {"house_visits", "directory"},
}
LINES_MAX = 200
EVERYWHERE = [*ROOT.glob("functions/**/*.py"), *ROOT.glob("shared/**/*.py")]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", RULES, ids=name)
def test_rules_use_nothing_that_reaches_outside(path: Path) -> None:
    for module in imports(path):
        top = module.split(".")[0]
        allowed = STDLIB_OF_RULES | OURS | {"pydantic", "__future__"}
        assert top in allowed | READS_BESIDE_ITSELF.get(name(path), set()), module


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_an_action_joins_a_request_to_its_own_rules(path: Path) -> None:
    module = path.parent.name
    own = f"functions.{module}.domain"
    for one in imports(path):
        if not one.startswith(("functions", "shared")):
            continue
        allowed = one.startswith((own, *ACTION_MAY)) or module in ACTION_ALSO.get(one, set())
        assert allowed, f"{name(path)} imports {one}"


@pytest.mark.parametrize("path", EVERYWHERE, ids=name)
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text()
    if not text.strip():
        return
    assert ast.get_docstring(ast.parse(text)), "say in one sentence what this is"
    assert len(text.splitlines()) <= LINES_MAX


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if "adapters" not in path.parts], ids=name)
def test_only_settings_read_the_environment_and_only_clocks_the_time(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            assert path.name == "settings.py"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_now = node.func.attr in ("now", "today", "utcnow") and ast.unparse(node.func.value) in (
                "datetime",
                "date",
            )
            assert not is_now, "time comes from ctx.now"
