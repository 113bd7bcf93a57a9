"""The mutants of a file: where they are, what they change, and how the file is compiled with one of them."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Final

from tests.mutation.operators import Edit, edits
from tests.mutation.shown import shown

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """`scope` is the outermost function, as Python names it, or "" where a module or a class is built."""

    file: str
    line: int
    number: int
    scope: str
    defines: tuple[str, ...]
    """Names that the statement gives to others: of a table, a class, a field, a function."""
    was: str
    becomes: str
    lines: tuple[int, int]
    """The first and last line of which one must run for the mistake to matter."""
    copy: int = 0
    """The same change may be possible at several places of one function."""

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """The same as long as the line says the same, wherever it stands."""
        return self.file, self.scope or ".".join(self.defines), self.was, self.becomes, self.copy

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.scope}\n    - {self.was}\n    + {self.becomes}"


@dataclass(frozen=True)
class Place:
    """Where in the tree: the statement around a node and the names around the statement."""

    statement: ast.stmt
    scope: str = ""
    classes: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    skips_texts: bool = False


class Source:
    """One file. `wordy`: names of its tables that are words and no rule; "*": all, and all its texts."""

    def __init__(self, file: str, *, wordy: frozenset[str] = frozenset(), only: str = "") -> None:
        self.file = file
        self.path = ROOT / file
        self._wordy = wordy
        self._only = only
        self._tree = ast.parse(self.path.read_text(), filename=str(self.path))

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").replace("/", ".")

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        seen: Counter[tuple[str, str, str, str, int]] = Counter()
        found = []
        for number, (edit, place) in enumerate(self._sites):
            if self._only not in place.scope:
                continue
            mutant = self._mutant(number, edit, place)
            seen[mutant.key] += 1
            found.append(replace(mutant, copy=seen[mutant.key] - 1))
        return tuple(found)

    def compiled(self, number: int) -> CodeType:
        """The module as it would be with this mistake."""
        edit, _ = self._sites[number]
        undo = edit.swap()
        try:
            return compile(ast.fix_missing_locations(self._tree), str(self.path), "exec")
        finally:
            undo.swap()

    @cached_property
    def _sites(self) -> list[tuple[Edit, Place]]:
        sites = []
        for statement in self._tree.body:
            sites += list(self._visit(statement, Place(statement)))
        return sites

    def _mutant(self, number: int, edit: Edit, place: Place) -> Mutant:
        was = ast.unparse(place.statement).splitlines()
        undo = edit.swap()
        becomes = ast.unparse(ast.fix_missing_locations(place.statement)).splitlines()
        undo.swap()
        line = _line_of(edit, place)
        lines = _lines_around(edit, place, line)
        return Mutant(self.file, line, number, place.scope, place.defines, *shown(was, becomes), lines)

    def _visit(self, node: ast.AST, place: Place) -> Iterator[tuple[Edit, Place]]:
        if isinstance(node, ast.stmt):
            place = _placed(node, place)
        if isinstance(node, ast.JoinedStr):  # the words between its parts are free: keys, ids, sentences
            place = replace(place, skips_texts=True)
        if _is_of_types(node):
            return
        if isinstance(node, (ast.Assert, ast.Import, ast.ImportFrom)) or _is_docstring(node):
            return
        for edit in edits(node):
            if not self._is_no_rule(edit, node, place):
                yield edit, place
        yield from self._visit_children(node, place)

    def _visit_children(self, node: ast.AST, place: Place) -> Iterator[tuple[Edit, Place]]:
        if isinstance(node, ast.Raise):
            place = replace(place, skips_texts=True)
        for field, value in ast.iter_fields(node):
            if field in ("decorator_list", "type_params", "ctx"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if not isinstance(child, ast.AST):
                    continue
                if field in ("annotation", "returns"):
                    yield from self._in_annotation(child, place)
                elif field == "slice" and isinstance(child, ast.Tuple):
                    yield from self._visit_children(child, place)
                elif field in ("args", "defaults", "kw_defaults") and isinstance(node, FUNCTIONS):
                    yield from self._visit(child, replace(place, scope=""))
                else:
                    yield from self._visit(child, place)

    def _in_annotation(self, node: ast.AST, place: Place) -> Iterator[tuple[Edit, Place]]:
        """Types are mypy's; the bounds in `Annotated[int, Field(ge=0)]` are rules."""
        for call in ast.walk(node):
            if isinstance(call, ast.Call):
                yield from self._visit(call, replace(place, scope=""))

    def _is_no_rule(self, edit: Edit, node: ast.AST, place: Place) -> bool:
        is_wordy = "*" in self._wordy or bool(self._wordy.intersection(place.defines))
        if edit.label == "text":
            return place.skips_texts or is_wordy
        if isinstance(node, (ast.Tuple, ast.List)) and not isinstance(node.ctx, ast.Load):
            return True
        is_table = not place.scope and edit.label in ("a row left out", "an element left out")
        return is_wordy and is_table


def _is_of_types(node: ast.AST) -> bool:
    """Types are mypy's."""
    match node:
        case ast.Subscript(value=ast.Name(id="Literal")) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="TypeVar" | "NewType")):
            return True
    return False


def _placed(statement: ast.stmt, around: Place) -> Place:
    place = replace(around, statement=statement)
    match statement:
        case ast.ClassDef() if not around.scope:
            classes = (*around.classes, statement.name)
            is_enum = any(ast.unparse(base).endswith("Enum") for base in statement.bases)
            return replace(place, classes=classes, defines=classes, skips_texts=is_enum)
        case ast.FunctionDef() | ast.AsyncFunctionDef() if not around.scope:
            scope = ".".join((*around.classes, statement.name))
            return replace(place, scope=scope, defines=(*around.classes, statement.name), skips_texts=False)
        case ast.Assign() | ast.AnnAssign() if not around.scope:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
            return replace(place, defines=(*around.classes, *sorted(names)))
    return place


def _line_of(edit: Edit, place: Place) -> int:
    told = (getattr(one, "lineno", None) for one in (edit.gone, edit.node, place.statement))
    return next((line for line in told if line is not None), 0)


def _lines_around(edit: Edit, place: Place, line: int) -> tuple[int, int]:
    """Of a simple statement all of it, of `if`, `for`, `def` and the like the head."""
    around = edit.gone if isinstance(edit.gone, ast.stmt) else place.statement
    body = getattr(around, "body", None)
    if isinstance(around, ast.Match):
        return line, line
    if body:
        return around.lineno, max(around.lineno, body[0].lineno - 1)
    return around.lineno, around.end_lineno or around.lineno


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
