"""A value in a template, with the way to it: what rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.template.values import Lazy, Short, Sourced, Value, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source

Step = str | int
#: What CloudFormation puts the value of a parameter or of a secret for.
_RESOLVED: Final = "{{resolve:"


class Origin(NamedTuple):
    """The node that a value comes from; `source` is its file, None for the manifest."""

    node: Node
    source: Source | None = None


class Part:
    """A value of a template. Functions of CloudFormation are seen in their long form."""

    __slots__ = ("origin", "steps", "value", "whole")

    def __init__(self, value: Value, steps: tuple[Step, ...] = (), origin: Origin | None = None) -> None:
        #: The value with what says where it comes from.
        self.whole = value
        if value.__class__ is not dict:  # as most parts are that rules go through
            while isinstance(value, (Sourced, Lazy)):
                if isinstance(value, Sourced):
                    origin = Origin(value.node, value.source)
                value = value.value
            value = value.long if isinstance(value, Short) else value
        self.value = value
        self.steps = steps
        #: That of the value itself or, where it is Copilot's own, of what it belongs to.
        self.origin = origin

    @property
    def pointer(self) -> str:
        """The JSON pointer to it."""
        escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in self.steps)
        return "".join(f"/{step}" for step in escaped)

    @property
    def plain(self) -> object:
        """The value as JSON has it."""
        return plain(self.value)

    @property
    def text(self) -> str | None:
        """The value, where it is a text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def is_known(self) -> bool:
        """Whether it is as it is written: no function of CloudFormation, nothing that is resolved or filled in later."""
        if isinstance(self.value, dict):
            return not any(name == "Ref" or name.startswith("Fn::") for name in self.value)
        node = self.origin.node if self.origin else None
        is_filled_in = isinstance(node, Scalar) and not node.known
        return not isinstance(self.value, str) or not (is_filled_in or _RESOLVED in self.value)

    def get(self, *steps: Step) -> Part | None:
        """What is further down; None where there is nothing."""
        part: Part | None = self
        for step in steps:
            part = part.child(step) if part else None
        return part

    def child(self, step: Step) -> Part | None:
        """An entry of a map, or an item of a list; None where there is none."""
        if isinstance(self.value, dict):
            return (
                Part(self.value[str(step)], (*self.steps, step), self.origin) if step in self.value else None
            )
        if (
            isinstance(self.value, list)
            and isinstance(step, int)
            and -len(self.value) <= step < len(self.value)
        ):
            return Part(self.value[step], (*self.steps, step % len(self.value)), self.origin)
        return None

    def items(self) -> Iterator[tuple[str, Part]]:
        """The entries of a map; nothing for anything else."""
        for name, value in self.value.items() if isinstance(self.value, dict) else ():
            yield name, Part(value, (*self.steps, name), self.origin)

    def children(self) -> Iterator[Part]:
        """What a map or a list holds."""
        yield from (child for _, child in self.items())
        yield from self

    def __iter__(self) -> Iterator[Part]:
        """The items of a list; nothing for anything else."""
        for index in range(len(self.value)) if isinstance(self.value, list) else ():
            child = self.child(index)
            if child is not None:
                yield child
