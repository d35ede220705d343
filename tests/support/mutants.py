"""Rules with one change in their logic: a comparison turned round, a condition negated, a number that is one more."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sidecar_lint import Rule

_TURNED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


#: `zip(…, strict=True)` asserts that lists are of one length: where they are, it changes nothing.
_ASSERTION: Final = "strict"

_Change = tuple[str, Callable[[ast.AST], None]]


class Mutant(NamedTuple):
    """A rule with a change in its module: what it is, and in which node, by the order of `ast.walk`."""

    rule: Rule
    number: int
    line: int
    change: _Change

    def __str__(self) -> str:
        return f"{self.rule.code} {self.rule.name}, line {self.line}: {self.change[0]}"

    def made(self) -> Rule:
        """The changed rule. Raises whatever the change makes the module raise."""
        tree = _tree(self.rule)
        self.change[1](next(islice(ast.walk(tree), self.number, None)))
        module = ModuleType(type(self.rule).__module__)
        exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), vars(module))  # noqa: S102  our own rules
        made: Rule = getattr(module, type(self.rule).__name__)()
        return made


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every change to the functions of the module that a rule is in."""
    tree = _tree(rule)
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    run = {id(node) for function in functions for part in _code(function) for node in ast.walk(part)}
    run -= {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == _ASSERTION
    }
    for number, node in enumerate(ast.walk(tree)):
        for change in _changes(node) if id(node) in run else ():
            yield Mutant(rule, number, getattr(node, "lineno", 0), change)


def _code(function: ast.FunctionDef) -> list[ast.stmt]:
    return function.body[1:] if ast.get_docstring(function) else function.body


def _tree(rule: Rule) -> ast.Module:
    return ast.parse(Path(inspect.getfile(type(rule))).read_text("utf-8"))


def _changes(node: ast.AST) -> Iterator[_Change]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _TURNED:
            turned = _TURNED[type(op)]
            yield f"{type(op).__name__} is {turned.__name__}", lambda at: setattr(at, "ops", [turned()])
        case ast.BoolOp(op=ast.And()):
            yield "and is or", lambda at: setattr(at, "op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield "or is and", lambda at: setattr(at, "op", ast.And())
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "if is if not", lambda at: setattr(at, "test", ast.UnaryOp(ast.Not(), _test(at)))
            del test
        case ast.Constant(value=bool() as value):
            yield f"{value} is {not value}", lambda at: setattr(at, "value", not value)
        case ast.Constant(value=int() as value):
            yield f"{value} is {value + 1}", lambda at: setattr(at, "value", value + 1)


def _test(node: ast.AST) -> ast.expr:
    assert isinstance(node, (ast.If, ast.IfExp))
    return node.test
