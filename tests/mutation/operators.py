"""What can be wrong with a line: at each node of the syntax, small mistakes that a test should notice."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

OTHER_COMPARISON: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OTHER_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OTHER_FUNCTION: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}
OPPOSITE_IS_ANOTHER_COMPARISON: Final = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
OTHER_TEXT: Final = "another"


@dataclass(frozen=True)
class Edit:
    """New values for fields of one node; `gone` is the part that is left out, where one is."""

    node: ast.AST
    fields: dict[str, Any]
    label: str
    gone: ast.AST | None = None

    def swap(self) -> "Edit":
        """Done to the tree; the answer undoes it."""
        before = {name: getattr(self.node, name) for name in self.fields}
        for name, value in self.fields.items():
            setattr(self.node, name, value)
        return Edit(self.node, before, self.label, self.gone)


def edits(node: ast.AST) -> Iterator[Edit]:
    """Every mistake that can be made at this node itself."""
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            neutral = ast.Constant(isinstance(node.op, ast.And))
            yield from _each(node, "values", "a condition left out", neutral)
        case ast.BinOp(op=op) if type(op) in OTHER_ARITHMETIC:
            yield Edit(node, {"op": OTHER_ARITHMETIC[type(op)]()}, "arithmetic")
        case ast.UnaryOp(op=ast.Not()):
            yield Edit(node, {"operand": _not(node.operand)}, "not")
        case ast.Constant():
            yield from _constants(node)
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield Edit(node, {"value": ast.Constant(None)}, "returns nothing")
        case ast.If() | ast.IfExp() | ast.While() if not _is_negated_elsewhere(node.test):
            yield Edit(node, {"test": _not(node.test)}, "condition turned round")
        case ast.comprehension():
            yield from _filters(node)
        case ast.Tuple() | ast.List() | ast.Set() if len(node.elts) > 0:
            yield from _each(node, "elts", "an element left out")
        case ast.Dict():
            yield from _rows(node)
        case ast.Call():
            yield from _each(node, "keywords", "an argument left out")
            if isinstance(node.func, ast.Name) and node.func.id in OTHER_FUNCTION:
                yield Edit(node, {"func": ast.Name(OTHER_FUNCTION[node.func.id], ast.Load())}, "function")
        case ast.JoinedStr():
            yield from (one for one in _each(node, "values", "a part left out") if _is_filled_in(one.gone))
        case ast.Match() if len(node.cases) > 1:
            yield from _each(node, "cases", "a case left out")
    yield from _statements_left_out(node)


def _comparisons(node: ast.Compare) -> Iterator[Edit]:
    for place, op in enumerate(node.ops):
        ops: list[ast.cmpop] = list(node.ops)
        ops[place] = OTHER_COMPARISON[type(op)]()
        yield Edit(node, {"ops": ops}, "comparison")


def _constants(node: ast.Constant) -> Iterator[Edit]:
    match node.value:
        case bool():
            yield Edit(node, {"value": not node.value}, "constant")
        case int() | float():
            yield Edit(node, {"value": node.value + 1}, "constant")
        case str():
            yield Edit(node, {"value": node.value + OTHER_TEXT}, "text")
        case bytes():
            yield Edit(node, {"value": node.value + OTHER_TEXT.encode()}, "text")


def _filters(node: ast.comprehension) -> Iterator[Edit]:
    for place, one in enumerate(node.ifs):
        if not _is_negated_elsewhere(one):
            yield Edit(node, {"ifs": [*node.ifs[:place], _not(one), *node.ifs[place + 1 :]]}, "filter")


def _rows(node: ast.Dict) -> Iterator[Edit]:
    for place in range(len(node.keys)):
        keys, values = list(node.keys), list(node.values)
        del keys[place], values[place]
        yield Edit(node, {"keys": keys, "values": values}, "a row left out", node.values[place])


def _each(node: ast.AST, field: str, label: str, instead: ast.expr | None = None) -> Iterator[Edit]:
    listed = getattr(node, field)
    for place in range(len(listed)):
        put = [] if instead is None else [instead]
        yield Edit(node, {field: [*listed[:place], *put, *listed[place + 1 :]]}, label, listed[place])


def _statements_left_out(node: ast.AST) -> Iterator[Edit]:
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if not isinstance(body, list):
            continue
        for place, one in enumerate(body):
            if _can_be_left_out(one):
                yield Edit(node, {field: [*body[:place], ast.Pass(), *body[place + 1 :]]}, "left out", one)


def _can_be_left_out(statement: ast.AST) -> bool:
    """Without a name that a later line needs would be missing, which every test notices."""
    match statement:
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return True
        case ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete():
            return True
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            return True
    return False


def _is_negated_elsewhere(test: ast.expr) -> bool:
    """A single comparison or a `not` is turned round by its own operator already."""
    match test:
        case ast.Compare(ops=[op]):
            return isinstance(op, OPPOSITE_IS_ANOTHER_COMPARISON)
        case ast.UnaryOp(op=ast.Not()):
            return True
    return False


def _is_filled_in(part: ast.AST | None) -> bool:
    return isinstance(part, ast.FormattedValue)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=test)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
