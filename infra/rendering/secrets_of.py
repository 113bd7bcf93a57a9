"""Which secrets each function is given: what its kind cannot do without, and what its ports are made with.

Read from the syntax of the action and of what it imports of its own module: a port that nobody there names is
not asked. `tests/infra/delivery/test_secrets_of.py` compares this with what whole stories really ask.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.secrets_needed import needed_always
from shared.runtime.setting_names import LISTS, NAMES

ROOT: Final = Path(__file__).resolve().parents[2]
OF_PORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "sms": ("twilio_tokens",),
    "customer": ("customer_key",),
    "clinics": ("customer_key",),
    "geocoder": ("geocoder_key",),
    "papers": ("signing_key", "signing_certificates"),
    "bridge": ("rocket_chat_token",),
}
"""By socket of the wiring: what its adapter is made with (shared/runtime/outside_wiring.py)."""
HOLDERS: Final = ("ports", "ctx")
AT_ONCE: Final = "at_once"


def secrets_of(action: Declaration) -> list[str]:
    """Names of environment variables, sorted."""
    named = names_in(action)
    needed = {*needed_always(action), *(one for port in named & OF_PORTS.keys() for one in OF_PORTS[port])}
    return sorted({**NAMES, **LISTS}[one] for one in needed)


def names_in(action: Declaration) -> set[str]:
    """What the action asks of its context; a sweeper also what the tasks ask which it runs at once."""
    return set().union(*(_named(one.module, one.name) for one in (action, *run_at_once(action))))


def run_at_once(sweeper: Declaration) -> Iterator[Declaration]:
    """The tasks of its module whose messages are written by it, or by a function that it comes to call."""
    if AT_ONCE not in _named(sweeper.module, sweeper.name):
        return
    trees = sources_of(sweeper.module, sweeper.name)
    written = words_in(reached(trees, sweeper.name, through=(ast.FunctionDef,)))
    for one in catalog.all_actions():
        if (one.module, one.trigger.kind) == (sweeper.module, "task") and one.request.__name__ in written:
            yield one


def words_in(nodes: Iterable[ast.AST]) -> set[str]:
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)}


def reached(
    trees: Iterable[ast.Module], name: str, through: tuple[type[ast.stmt], ...] = (ast.stmt,)
) -> list[ast.stmt]:
    """The function of that name, what it names of functions, classes and tables, however, and so on."""
    left: dict[str, list[ast.stmt]] = defaultdict(list)
    for statement in [one for tree in trees for one in tree.body if isinstance(one, through)]:
        for defined in _defined_by(statement):
            left[defined].append(statement)
    found: list[ast.stmt] = []
    waiting = {name}
    while waiting:
        nodes = left.pop(waiting.pop())
        found += nodes
        parts = [one for node in nodes for one in ast.walk(node)]
        waiting |= words_in(nodes) | {one.attr for one in parts if isinstance(one, ast.Attribute)}
        waiting &= left.keys()
    return found


def _defined_by(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from words_in(targets)


@cache
def _named(module: str, name: str) -> set[str]:
    return {one for tree in sources_of(module, name) for one in asked_in(tree)}


@cache
def sources_of(module: str, name: str) -> tuple[ast.Module, ...]:
    """The action and what it imports of its own module, however far."""
    found: dict[str, ast.Module] = {}
    waiting = [f"functions.{module}.{name}"]
    while waiting:
        one = waiting.pop()
        path = ROOT / f"{one.replace('.', '/')}.py"
        if one not in found and path.is_file():
            found[one] = ast.parse(path.read_text())
            places = _imported(found[one])
            waiting += [place for place in places if place.startswith(f"functions.{module}.")]
    return tuple(found.values())


def asked_in(tree: ast.AST) -> Iterator[str]:
    """`clinics` of `ctx.ports.clinics`, `papers` of `ctx.papers`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            holder = node.value
            by = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
            if by in HOLDERS:
                yield node.attr


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
