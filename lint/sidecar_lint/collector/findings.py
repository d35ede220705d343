"""What can be wrong with a value in a collector's configuration."""

from __future__ import annotations

from dataclasses import dataclass, field

from sidecar_lint.collector.versions import Version, spelt
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar


class UnknownKey(NamedTuple):
    """A key that the struct at `place` does not have.

    `names` are those that it has, `inside` those of them below which there is one of this name.
    """

    key: Scalar
    value: Node
    place: str
    names: tuple[str, ...]
    inside: tuple[str, ...] = ()


class MistypedValue(NamedTuple):
    """A value of a type that the field at `place` does not take. `instead` is what to write, as YAML."""

    node: Node
    place: str
    expected: str
    found: str
    instead: str | None = None

    @property
    def is_scalar(self) -> bool:
        """Whether a number, a text or a bool stands where another of them belongs."""
        return isinstance(self.node, Scalar) and self.expected not in ("a map", "a list")


class WrongDuration(NamedTuple):
    """Text that is no duration."""

    node: Scalar
    place: str
    reason: str
    instead: str | None


class WrongValue(NamedTuple):
    """A value of the right type that the field at `place` does not take."""

    node: Node
    place: str
    reason: str
    instead: str | None = None
    #: What it may be.
    help: str = ""
    #: Whether the collector looks at it only where the component is in a pipeline.
    if_used: bool = False
    #: Whether no earlier release took it either.
    always: bool = False


class Nanoseconds(NamedTuple):
    """A number where a duration belongs, which counts as so many nanoseconds."""

    node: Scalar
    place: str
    number: float


class Named(NamedTuple):
    """The name of another component in a setting."""

    node: Scalar
    place: str


class KnownField(NamedTuple):
    """A key that the struct at `place` has."""

    key: Scalar
    place: str


class EarlyField(NamedTuple):
    """A key that `release`, which reads it, does not know yet; `since` is the first that does."""

    key: Scalar
    place: str
    release: Version
    since: Version

    @property
    def release_name(self) -> str:
        """The release that reads it, as its tag spells it."""
        return spelt(self.release)

    @property
    def since_name(self) -> str:
        """The first release that knows it, as its tag spells it."""
        return spelt(self.since)


class Block(NamedTuple):
    """A map that is of a block with a name, such as `retry`, whose values belong together."""

    name: str
    node: Mapping
    place: str


@dataclass
class Findings:
    """What does not fit, each in the order of the text."""

    unknown: list[UnknownKey] = field(default_factory=list)
    known: list[KnownField] = field(default_factory=list)
    types: list[MistypedValue] = field(default_factory=list)
    durations: list[WrongDuration] = field(default_factory=list)
    values: list[WrongValue] = field(default_factory=list)
    nanoseconds: list[Nanoseconds] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    #: The values of fields that name another component.
    ids: list[Named] = field(default_factory=list)
