"""Every regular expression of the linter, its rules, its schemas and its tables, and what is done with it."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT: Final = Path(__file__).resolve().parents[2]
_TOPS: Final = (ROOT / "lint", ROOT / "rules")
_DATA: Final = (ROOT / "schemas", ROOT / "lint" / "sidecar_lint" / "data")
#: What looks at one place, and what looks for all there are.
_AT_ONCE: Final = frozenset(("match", "fullmatch"))
_ANYWHERE: Final = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
_FUNCTIONS: Final = _AT_ONCE | _ANYWHERE | {"compile"}


class Pattern(NamedTuple):
    """A regular expression, its flags, and whether a text is searched for it (not only looked at once)."""

    text: str
    flags: int
    searched: bool


class Unknown(NamedTuple):
    """A call whose pattern is only known when it is made."""

    module: str
    source: str


@cache
def _calls() -> tuple[dict[Pattern, set[str]], set[Unknown]]:
    found: defaultdict[Pattern, set[str]] = defaultdict(set)
    unknown: set[Unknown] = set()
    for name, tree in _modules():
        module = importlib.import_module(name)
        for call in _of_re(tree):
            patterns = _patterns(call, module, tree)
            if patterns is None:
                unknown.add(Unknown(name, ast.unparse(call)))
            for pattern in patterns or ():
                found[pattern].add(f"{name}:{call.lineno}")
    return found, unknown


def in_code() -> dict[Pattern, set[str]]:
    """The patterns that the modules name, and where."""
    return _calls()[0]


def made_later() -> set[Unknown]:
    """The calls that are given another pattern each time."""
    return _calls()[1]


@cache
def in_data() -> dict[Pattern, set[str]]:
    """The patterns of schemas and tables, which search."""
    found: defaultdict[Pattern, set[str]] = defaultdict(set)
    for folder in _DATA:
        for path in sorted(folder.rglob("*.json")):
            for text in _in_json(json.loads(path.read_text("utf-8"))):
                found[Pattern(text, 0, searched=True)].add(path.name)
    return found


def _in_json(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _in_json(item)
    elif isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        if isinstance(value.get("patternProperties"), dict):
            yield from value["patternProperties"]
        for item in value.values():
            yield from _in_json(item)


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_parsed())


def _parsed() -> Iterator[tuple[str, ast.Module]]:
    for top in _TOPS:
        for path in sorted(top.rglob("*.py")):
            parts = path.relative_to(top).with_suffix("").parts
            if parts[-1] != "__main__":
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                yield name, ast.parse(path.read_text("utf-8"))


def _of_re(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of functions of `re` that take a pattern."""
    for node in ast.walk(tree):
        function = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(node, ast.Call)
            and isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == "re"
            and function.attr in _FUNCTIONS
        ):
            yield node


def _patterns(call: ast.Call, module: ModuleType, tree: ast.Module) -> list[Pattern] | None:
    """What a call has for a pattern, where that is known; None where it is not.

    In a method, that may be another for each object of the class that the module has.
    """
    assert isinstance(call.func, ast.Attribute)
    if any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(call.args[0])):
        texts = [_value(call.args[0], module, self=each) for each in _objects(module)]
        searched = _is_searched(call, tree)
        return [Pattern(text, 0, searched=searched) for text in texts if isinstance(text, str)] or None
    flags = 0
    for extra in (
        *call.args[1 if call.func.attr == "compile" else 2 :],
        *(each.value for each in call.keywords),
    ):
        value = _value(extra, module)
        flags |= int(value) if isinstance(value, re.RegexFlag) else 0
    pattern = _value(call.args[0], module)
    if isinstance(pattern, re.Pattern):
        pattern, flags = pattern.pattern, flags | pattern.flags & ~re.UNICODE
    if not isinstance(pattern, str):
        return None
    return [Pattern(pattern, int(flags), searched=_is_searched(call, tree))]


def _objects(module: ModuleType) -> list[object]:
    """The objects in a module whose class is of it."""
    return [each for each in vars(module).values() if type(each).__module__ == module.__name__]


def _value(node: ast.expr, module: ModuleType, **names: object) -> Any:
    try:
        code = compile(ast.Expression(node), module.__name__, "eval")
        return eval(code, {**vars(module), **names})  # noqa: S307  our own modules
    except (NameError, AttributeError, TypeError, KeyError):
        return None


def _is_searched(call: ast.Call, tree: ast.Module) -> bool:
    """Whether any use is one that looks for all there are; what is compiled is used by its name."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr != "compile":
        return call.func.attr in _ANYWHERE
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is call
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    names |= {
        node.name  # of a property
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and isinstance(node.body[-1], ast.Return)
        and node.body[-1].value is call
    }
    chained = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.value is call}
    if chained and not names:
        return bool(chained & _ANYWHERE)
    uses = [_uses(name, tree) for name in names]
    return not uses or any(used & _ANYWHERE or not used & _AT_ONCE for used in uses)


def _uses(name: str, tree: ast.Module) -> set[str]:
    """The methods that are asked of a name: of a private one in its module, of another in whatever module."""
    if name.startswith("_"):
        return _methods(tree).get(name, set())
    return {method for _, other in _modules() for method in _methods(other).get(name, ())}


@cache
def _methods(tree: ast.Module) -> defaultdict[str, set[str]]:
    used: defaultdict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("take", "take_lines"):
            # of a cursor, which looks once
            for argument in node.args:
                for name in _named(argument):
                    used[name].add("match")
        if isinstance(node, ast.Attribute):
            for name in _named(node.value):
                used[name].add(node.attr)
    return used


def _named(owner: ast.expr) -> Iterator[str]:
    """The names that an expression may stand for."""
    if isinstance(owner, ast.IfExp):
        yield from (*_named(owner.body), *_named(owner.orelse))
    elif isinstance(owner, ast.Name | ast.Attribute):
        yield owner.id if isinstance(owner, ast.Name) else owner.attr
