"""Where a configuration does not fit its JSON Schema, said in plain words."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from sidecar_lint.configuration.mistakes import Mistake, MistakeKind
from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.schema_check import dotted
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.manifests.schemas import Path


@cache
def schema() -> schemas.Schema:
    """The JSON Schema of the configuration; the options of rules are judged by the rules' own."""
    whole = schemas.load("sidecar-lint")
    whole["properties"]["rules"]["properties"] = {}
    return whole


def plain(node: Node | None) -> Any:
    """A value as JSON has it."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.resolved if isinstance(node, Scalar) else None


def misfits(root: Node, shape: schemas.Schema, at: Path = ()) -> Iterator[Mistake]:
    """Where a value, which stands at a path, does not fit a schema."""
    instance = plain(root)
    if schemas.fits(shape, instance):
        return
    for error in schemas.errors(shape, instance):
        node = _at(root, error.absolute_path)
        if error.validator == "additionalProperties" and error.validator_value is False:
            known = error.schema.get("properties", {})
            yield from _unknown(node, known)
        else:
            yield _misfit(node, error, (*at, *error.absolute_path))


def _at(root: Node, path: Iterable[str | int]) -> Node:
    node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node


def _unknown(node: Node, known: Iterable[str]) -> Iterator[Mistake]:
    for key, _ in node if isinstance(node, Mapping) else ():
        if key.text not in known:
            near = closest(key.text, known)
            some = f"what there is: {', '.join(sorted(known))}" if known else "there is nothing to set"
            help_ = f"write `{near}`" if near else some
            yield Mistake(MistakeKind.SETTING, key.span, f"there is no setting {key.text!r}", help_, near)


def _misfit(node: Node, error: Any, path: Path) -> Mistake:
    expected = error.schema.get("x-expected") or _expected(error.schema)
    is_text = isinstance(node, Scalar) and not node.is_null
    said = repr(node.text) if isinstance(node, Scalar) and is_text else "this"
    near = None
    if isinstance(node, Scalar) and "enum" in error.schema:
        near = closest(node.text, (str(each) for each in error.schema["enum"]))
    place = node.place if is_text or node.key is None else node.key.span
    message = (
        f"{said} is not {expected}, which `{dotted(path)}` must be" if path else f"{said} is not {expected}"
    )
    return Mistake(MistakeKind.VALUE, place, message, f"write `{near}`" if near else "", near)


_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a map",
    "string": "a text",
}


def _expected(shape: Any) -> str:
    """What a schema wants, in words, for one that does not say so itself."""
    if "enum" in shape:
        return "one of " + ", ".join(json.dumps(each) for each in shape["enum"])
    words = _WORDS.get(shape.get("type", ""), "a value that fits")
    limits = {"minimum": "from {} on", "maximum": "up to {}", "pattern": "of the form {}"}
    limits |= {"maxLength": "of at most {} characters"}
    return " ".join((words, *(text.format(shape[name]) for name, text in limits.items() if name in shape)))
