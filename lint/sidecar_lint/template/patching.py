"""`cfn.patches.yml`, applied to a template as Copilot applies it.

A path walks the YAML as it is spelt: below `!Join` its arguments come at once, below `Fn::Join:` the key is
a step of its own, and below `!Ref` there is nothing. No library for JSON patches does that.
Source: internal/pkg/override/patch.go; each message was asked of the released binary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import adds_words, closest
from sidecar_lint.template.rereading import value_of
from sidecar_lint.template.values import Short, Sourced, Value, bare, plain
from sidecar_lint.workspace.cloudformation import is_alias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.template.template import GeneratedTemplate
    from sidecar_lint.workspace.patches import Patch, PatchesFile

#: How many patches are looked at: each of them costs a copy of what it changes.
MOST_PATCHES: Final = 1000
_APPEND: Final = "-"
#: The least letters of the beginning of a name: `TaskDef`.
_LEAST_BEGINNING: Final = 4
#: What Go's `strconv.Atoi` takes; an index of more digits is out of bounds in any case.
_INDEX: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DESCRIPTION: Final = "Description"
_MARK: Final = " using AWS Copilot with YAML patches."


class PatchFault(NamedTuple):
    """A patch that cannot be applied: what Copilot says, how many steps lead somewhere, and what is there."""

    patch: Patch
    message: str
    depth: int
    found: Value
    #: The keys that there are besides where an account has more: certificates, for one.
    elsewhere: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """All that Copilot says of it."""
        patch = self.patch
        return f'unable to apply the "{patch.operation}" patch at index {patch.number}: {self.message}'

    @property
    def candidates(self) -> tuple[str, ...]:
        """The keys where the way ends; none where that is no map."""
        inside = _content(self.found)
        return tuple(inside) if isinstance(inside, dict) else ()

    @property
    def length(self) -> int | None:
        """The number of items where the way ends; None where that is no list."""
        inside = _content(self.found)
        return len(inside) if isinstance(inside, list) else None

    @property
    def step(self) -> str:
        """The step that leads nowhere."""
        return self.patch.steps[self.depth]

    @property
    def reached(self) -> str:
        """The way up to there."""
        return _pointer(self.patch.steps[: self.depth])

    @property
    def nearest(self) -> str | None:
        """The path with this step as it was surely meant; what follows stays, and may lead nowhere either."""
        before, after = self.patch.steps[: self.depth], self.patch.steps[self.depth + 1 :]
        if self.length is not None and is_function_name(self.step):
            return _pointer((*before, *after)) if self._leads(after) else None
        near = _meant(self.step, (*self.candidates, *self.elsewhere))
        return _pointer((*before, near, *after)) if near else None

    def _leads(self, steps: tuple[str, ...]) -> bool:
        """Whether a way leads on from where this one ends; an `add` makes its last step."""
        last = len(steps) - (self.patch.operation == "add")
        return not steps or value_at(self.found, steps[:last]) is not None


def _meant(step: str, names: tuple[str, ...]) -> str | None:
    """The name that a step is like, or the only one that it is the beginning of; none where it has a word more."""
    longer = [name for name in names if len(step) >= _LEAST_BEGINNING and name.startswith(step)]
    if len(longer) == 1:
        return longer[0]
    near = closest(step, names)
    return None if near is not None and step.startswith(near) and adds_words(step, near) else near


def is_function_name(step: str) -> bool:
    """Whether a step is a function of CloudFormation in its long form."""
    return step == "Ref" or step.startswith("Fn::")


class Effect(NamedTuple):
    """A patch that was applied, and the template before and after."""

    patch: Patch
    before: Value
    after: Value

    @property
    def is_nothing(self) -> bool:
        """Whether the template is what it was."""
        steps = self.patch.steps
        return plain(value_at(self.before, steps)) == plain(value_at(self.after, steps)) and (
            _size_around(self.before, steps) == _size_around(self.after, steps)
        )


class Patched(NamedTuple):
    """A template with patches applied: those that could be, and those that could not."""

    template: GeneratedTemplate
    effects: tuple[Effect, ...]
    faults: tuple[PatchFault, ...]

    @property
    def refusal(self) -> str | None:
        """What Copilot says of the first patch that it cannot apply; None where it applies all."""
        return _PREFIX + self.faults[0].said if self.faults else None


_PREFIX: Final = "override template: "


class _PathError(ValueError):
    """Copilot does not find the place."""

    def __init__(self, message: str, depth: int, found: Value) -> None:
        super().__init__(message)
        self.depth = depth
        self.found = found


def patched(template: GeneratedTemplate, file: PatchesFile) -> Patched:
    """A template with the patches of a file.

    What follows from a patch that could not be applied (something is put below what it was to add) is left out.
    """
    document = _described(template.document)
    effects: list[Effect] = []
    faults: list[PatchFault] = []
    unreached: set[tuple[str, ...]] = set()
    for patch in file.patches:
        if not patch.is_applicable or _depends(patch, unreached):
            continue
        try:
            after = _apply(document, patch, file.source)
        except _PathError as error:
            faults.append(PatchFault(patch, str(error), error.depth, error.found))
            unreached.add(patch.steps)
        else:
            effects.append(Effect(patch, document, after))
            document = after
    return Patched(template.with_document(document), tuple(effects), tuple(faults))


def _depends(patch: Patch, unreached: set[tuple[str, ...]]) -> bool:
    """Whether the way of a patch leads through what another was to put there."""
    return bool(unreached) and any(patch.steps[:end] in unreached for end in range(1, len(patch.steps) + 1))


def _described(document: Value) -> Value:
    """The template as Copilot describes one with patches, be they none."""
    found = bare(document)
    if not isinstance(found, dict) or not isinstance(text := bare(found.get(_DESCRIPTION)), str):
        return document
    return {**found, _DESCRIPTION: text.removesuffix(".") + _MARK}


def _apply(document: Value, patch: Patch, source: Source) -> Value:
    """A copy of a template with one patch applied. Raises _PathError."""
    value = _written(patch.value, source) if patch.value is not None else None
    return _PatchStep(patch.operation, patch.steps, value).below(document, 0)


class _Alias(Sourced):
    """A value that is written as `*anchor`: no way leads through one."""

    __slots__ = ()


def _written(node: Node, source: Source) -> Sourced:
    kind = _Alias if is_alias(node) else Sourced
    return kind(value_of(node), node, source)


class _PatchStep(NamedTuple):
    """What is done at the end of a way."""

    operation: str
    steps: tuple[str, ...]
    value: Value

    def below(self, target: Value, depth: int) -> Value:
        """A copy of what is `depth` steps down, changed. Raises _PathError."""
        if depth == len(self.steps):
            return self.value
        if isinstance(target, _Alias):
            raise self._error("invalid node type alias", target, depth)
        inside = _content(target)
        if isinstance(inside, dict):
            return _with_content(target, self._entries(inside, target, depth))
        if isinstance(inside, list):
            return _with_content(target, self._items(inside, target, depth))
        raise self._error("invalid node type scalar", target, depth)

    def _entries(self, inside: dict[str, Value], target: Value, depth: int) -> dict[str, Value]:
        key, operation = self.steps[depth], self._operation(depth)
        if key not in inside and operation != "add":
            raise self._error(f'"{key}" not found in map', target, depth)
        if operation == "remove":
            return {name: child for name, child in inside.items() if name != key}
        return {**inside, key: self.below(inside.get(key), depth + 1)}

    def _items(self, inside: list[Value], target: Value, depth: int) -> list[Value]:
        step, operation = self.steps[depth], self._operation(depth)
        if step == _APPEND and operation == "add":
            return [*inside, self.value]
        if not _INDEX.fullmatch(step):
            raise self._error(f'expected index in sequence, got "{step}"', target, depth)
        # Where nothing is inserted, Copilot counts one item too few.
        at, length = int(step), len(inside) - (operation != "add")
        if not 0 <= at <= length:
            raise self._error(f"index {at} out of bounds for sequence of length {length}", target, depth)
        if operation == "add":
            return [*inside[:at], self.value, *inside[at:]]
        changed = [] if operation == "remove" else [self.below(inside[at], depth + 1)]
        return [*inside[:at], *changed, *inside[at + 1 :]]

    def _operation(self, depth: int) -> str:
        """What is done at a step: to go on is the same for all."""
        return self.operation if depth == len(self.steps) - 1 else ""

    def _error(self, reason: str, target: Value, depth: int) -> _PathError:
        return _PathError(f'key "{_pointer(self.steps[:depth])}": {reason}', depth, target)


def value_at(document: Value, steps: Iterable[str]) -> Value:
    """What is at the end of a way; None where that leads nowhere."""
    for step in steps:
        inside = _content(document)
        if isinstance(inside, dict):
            document = inside.get(step)
        elif isinstance(inside, list) and _INDEX.fullmatch(step) and 0 <= int(step) < len(inside):
            document = inside[int(step)]
        else:
            return None
    return document


def _size_around(document: Value, steps: tuple[str, ...]) -> int:
    """How many entries or items there are beside the last step."""
    inside = _content(value_at(document, steps[:-1]))
    return len(inside) if isinstance(inside, (dict, list)) else 0


def _pointer(steps: Iterable[str]) -> str:
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)


def _content(value: Value) -> dict[str, Value] | list[Value] | None:
    """The entries or items of a value as it is spelt; None for a scalar."""
    value = bare(value)
    if isinstance(value, Short):
        return _content(value.argument)
    return value if isinstance(value, (dict, list)) else None


def _with_content(value: Value, content: dict[str, Value] | list[Value]) -> Value:
    """The same kind of value with other content."""
    if isinstance(value, Sourced):
        return Sourced(_with_content(value.value, content), value.node, value.source)
    inner = bare(value)
    return Short(inner.name, _with_content(inner.argument, content)) if isinstance(inner, Short) else content
