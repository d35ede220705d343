"""Copilot's `${VARIABLE}` substitution, and what else happens to a manifest on that way.

It runs over every string value of the file before anything is decoded, and turns a string that is
a JSON list of strings into a list. Then the file is written out as YAML and read again, which not
every value survives. Source: internal/pkg/manifest/interpolate.go.
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.rewriting import BLOCK_STYLES, empty_text, is_blank, named, rewritten
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import DEPTH_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Variables

APPLICATION: Final = "COPILOT_APPLICATION_NAME"
ENVIRONMENT: Final = "COPILOT_ENVIRONMENT_NAME"
#: What Copilot knows by itself.
PREDEFINED: Final = frozenset((APPLICATION, ENVIRONMENT))
#: What exists in a running container only: Copilot's variables, and those of ECS.
RUNTIME_ONLY: Final = frozenset(
    (
        "COPILOT_LB_DNS",
        "COPILOT_MOUNT_POINTS",
        "COPILOT_QUEUE_URI",
        "COPILOT_SERVICE_DISCOVERY_ENDPOINT",
        "COPILOT_SERVICE_NAME",
        "COPILOT_SNS_TOPIC_ARNS",
        "COPILOT_TOPIC_QUEUE_URIS",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "ECS_AGENT_URI",
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "FLUENT_HOST",
        "FLUENT_PORT",
    )
)

_NAMED: Final = r"\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}"
VARIABLE: Final = re.compile(rf"(\\?){_NAMED}")
_ESCAPED: Final = rf"(?<!\\)(\\*){_NAMED}"
_TAGS: Final = (None, "tag:yaml.org,2002:str")
_open: Final = attrgetter("open")


def interpolate(node: Node, variables: Variables[str, str], text: str = "") -> Node:
    """Substitute what is known. What is not stays as written, in a scalar that is not `known`.

    `text` is that of the file: comments in it count. Returns the same node where nothing changes.
    """
    return _Interpolator(variables, text).visit(node, 0)


def complete(node: Node, variables: Variables[str, str], text: str = "") -> Node:
    """Interpolate a result of `interpolate` again, with more variables: only what was left open."""
    return _Interpolator(variables, text, only_open=True).visit(node, 0)


class _Interpolator:
    def __init__(self, variables: Variables[str, str], text: str, *, only_open: bool = False) -> None:
        self._variables = variables
        self._text = text
        self._only_open = only_open
        self._seen: dict[int, Node] = {}

    def visit(self, node: Node, depth: int) -> Node:
        if self._only_open and not node.open:
            return node
        if isinstance(node, Scalar):
            return self._scalar(node)
        if depth > DEPTH_LIMIT:
            return node
        done = self._seen.get(id(node))
        if done is None:
            done = self._seen[id(node)] = self._collection(node, depth + 1)
        return done

    def _scalar(self, node: Scalar) -> Node:
        written = node.text if node.template is None else node.template
        # Variables, or the items of a list, are written in nearly none.
        result = self._substituted(node, written) if "${" in written or "[" in written else node
        if isinstance(result, Scalar) and result.style in BLOCK_STYLES:
            return rewritten(result, self._text)
        return result

    def _collection(self, node: Node, depth: int) -> Node:
        if isinstance(node, Mapping):
            return self._mapping(node, depth)
        return self._sequence(node, depth) if isinstance(node, Sequence) else node

    def _mapping(self, node: Mapping, depth: int) -> Mapping:
        mapping = named(node) if node.unnamed else node
        values = mapping.entries
        if self._only_open:  # of hundreds a few
            values = {name: child for name, child in values.items() if child.open}
        made = {
            name: empty_text(child) if node.flow and is_blank(child) else self.visit(child, depth)
            for name, child in values.items()
        }
        if mapping is node and all(map(is_, made.values(), values.values())):
            return node
        return mapping.with_entries({**mapping.entries, **made}, is_open=any(map(_open, made.values())))

    def _sequence(self, node: Sequence, depth: int) -> Sequence:
        items = [
            empty_text(item) if node.flow and is_blank(item) else self.visit(item, depth)
            for item in node.items
        ]
        if all(map(is_, items, node.items)):
            return node
        sequence = node.copy()
        sequence.items = items
        sequence.open = any(map(_open, items))
        return sequence

    def _substituted(self, node: Scalar, written: str) -> Node:
        if node.tag not in _TAGS or not isinstance(node.resolved, str):
            return node
        text, known = self._substitute(written)
        if "[" in text and node.style != "|" and (words := _json_list(text)):
            return _list(node, words)
        if text == node.text and known == node.known:
            return node
        # What Copilot writes back is quoted wherever it could be read as something else.
        quoted = node.style or ('"' if "${" in written else "")
        made = Scalar(node.span, text, quoted, key=node.key, alias=node.alias)
        made.template, made.known = written, known
        return made

    def _substitute(self, text: str) -> tuple[str, bool]:
        """A text with what is known, and whether that is all.

        Copilot takes the variables in their order, and each time changes every place that is the same:
        an escape takes a backslash away, a value ends it.
        """
        undone: dict[str, int] = {}
        values: dict[str, str] = {}
        known = True
        for escape, name in _variables(text):
            if name not in values and escape:
                undone[name] = undone.get(name, 0) + 1
            elif name in self._variables:
                values[name] = self._variables[name]
            elif not escape:
                known = False
        if not undone and not values:
            return text, known
        if len(values) == 1 and "\\" not in text:  # as nearly all that have one
            ((name, value),) = values.items()
            return text.replace("${" + name + "}", value), known
        return re.sub(_ESCAPED, lambda found: _substituted(found, undone, values), text), known


@lru_cache(maxsize=1024)  # the same texts are completed for each environment
def _variables(text: str) -> tuple[tuple[str, str], ...]:
    """The `${name}` in a text, each behind a backslash or none."""
    return tuple(VARIABLE.findall(text))


def _substituted(found: re.Match[str], undone: dict[str, int], values: Variables[str, str]) -> str:
    escapes, name = found.groups()
    return escapes[undone.get(name, 0) :] + values.get(name, "${" + name + "}")


def _json_list(text: str) -> list[str]:
    """The strings of a JSON list; empty for anything else, as for an empty list."""
    if not text.lstrip(" \t\r\n").startswith("["):
        return []
    import json

    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return []
    # Go's decoder also takes null for a string, as "".
    if isinstance(words, list) and all(word is None or isinstance(word, str) for word in words):
        return [word or "" for word in words]
    return []


def _list(node: Scalar, words: list[str]) -> Sequence:
    items: list[Node] = [Scalar(node.span, word, key=node.key) for word in words]
    return Sequence(node.span, items, key=node.key, alias=node.alias, flow=True)


def variables_in(text: str) -> Iterator[str]:
    """The names of the variables that Copilot would look up in a text."""
    yield from (name for escape, name in VARIABLE.findall(text) if not escape)


class Use(NamedTuple):
    r"""One `${name}` in a scalar. `escaped` is `\${name}`, which becomes `${name}`."""

    name: str
    escaped: bool
    span: Span
    scalar: Scalar


def uses(text: str, scalars: Iterable[Scalar]) -> Iterator[Use]:
    """Every `${name}` that Copilot looks at in these scalars of a text, in the order of the text."""
    if "${" not in text:
        return
    # Without a template nothing was substituted: no such variable, or a tag that prevents it.
    substituted = [scalar for scalar in scalars if scalar.template is not None]
    for scalar in sorted(substituted, key=lambda each: each.span):
        yield from _uses(text, scalar)


def _uses(text: str, scalar: Scalar) -> Iterator[Use]:
    written: dict[str, deque[Span]] = {}
    for match in VARIABLE.finditer(text, *scalar.span):
        written.setdefault(match[2], deque()).append(Span(match.end(1), match.end()))
    at = scalar.span.start
    for escape, name in VARIABLE.findall(scalar.template or ""):
        left = written.get(name, deque())
        while left and left[0].start < at:
            left.popleft()
        # Where the scalar has escapes of its own, a variable need not be written as it is read.
        span = left[0] if left else scalar.span
        at = span.end if left else at
        yield Use(name, bool(escape), span, scalar)
