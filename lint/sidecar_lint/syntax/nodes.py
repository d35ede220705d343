"""What a YAML document is made of: mappings, sequences and scalars that know where they stand.

What a scalar *is* depends on the field that receives it, so scalars keep their text and resolve when
asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.durations import read_duration
from sidecar_lint.syntax.scalars import NULLS, Resolved, read_bool, read_int, resolve
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from sidecar_lint.syntax.problem import SyntaxProblem

#: Tags that leave a scalar to be what its text says; with any other it is text (resolve.go).
_RESOLVED_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp")
)


#: Deeper than this nothing is read: no field of a manifest is a tenth as deep, and what walks the
#: tree may recurse.
DEPTH_LIMIT: Final = 60


class Node:
    """Anything in a YAML document: where it stands, and the key it is the value of.

    `span` is where the value is written, without an anchor or a tag before it; `alias` is where it was
    used, if that is another place (`*anchor`, or a merge key).
    """

    __slots__ = ("alias", "anchor", "key", "span", "tag", "tag_start")
    #: The names of all that one has.
    _attributes: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        cls._attributes = (*Node.__slots__, *cls.__slots__)

    def __init__(
        self, span: Span, *, key: Scalar | None = None, alias: Span | None = None, tag: str | None = None
    ) -> None:
        self.span = span
        self.key = key
        self.alias = alias
        #: An explicit tag: `!Ref`, or one of YAML's own in full (`tag:yaml.org,2002:str`).
        self.tag = tag
        #: Where that begins.
        self.tag_start: int | None = None
        #: Its name for aliases, if it has one.
        self.anchor: str | None = None

    def copy(self) -> Self:
        """The same once more, to be changed; what it holds is shared."""
        made = object.__new__(type(self))
        for name in self._attributes:
            setattr(made, name, getattr(self, name))
        return made

    @property
    def is_null(self) -> bool:
        """Whether this is an explicit or implied null."""
        return False

    @property
    def open(self) -> bool:
        """Whether something in it is not known until the environment is, or Copilot runs."""
        return False

    @property
    def place(self) -> Span:
        """Where to point at: the value, or its key where the value is empty.

        A tag such as `!Ref` is CloudFormation's for a function, so it is pointed at, too. The parser lets a
        block go on to what follows it, comments included; here it ends with its last value.
        """
        if self.key is not None and self.span.start == self.span.end:
            return self.key.span
        start = self.span.start if self.tag_start is None or not self._is_function else self.tag_start
        return Span(start, max(map(_end, self._written), default=self.span.end))

    @property
    def _is_function(self) -> bool:
        return self.tag is not None and len(self.tag) > 1 and self.tag.startswith("!")

    @property
    def _written(self) -> Iterable[Node]:
        """What a block holds; nothing where it says itself where it ends."""
        return ()


_UNRESOLVED: Any = object()


class Scalar(Node):
    """A scalar. `text` is its content as a string field gets it; `style` is "", `'`, `"`, `|` or `>`."""

    __slots__ = ("_resolved", "known", "misfit", "original", "style", "template", "text")

    def __init__(  # noqa: PLR0913  what a parser says of one
        self,
        span: Span,
        text: str = "",
        style: str = "",
        *,
        key: Scalar | None = None,
        alias: Span | None = None,
        tag: str | None = None,
    ) -> None:
        # As `Node` does it: of a thousand nodes that takes a third of the time.
        self.span, self.key, self.alias = span, key, alias
        self.tag, self.tag_start, self.anchor = tag, None, None
        self.text = text
        self.style = style
        #: The text as written, where `${…}` was replaced in it.
        self.template: str | None = None
        #: False where a part of the text is only known when Copilot runs (a shell variable).
        self.known = True
        #: The text before Copilot wrote the file out and read it again, where that changed it.
        self.original: str | None = None
        #: Why the text is not what its tag says, as yaml.v3 puts it; empty where it is.
        self.misfit = ""
        self._resolved: Any = _UNRESOLVED

    def copy(self) -> Self:
        made = super().copy()
        made._resolved = _UNRESOLVED  # noqa: SLF001  its text may be another by then
        return made

    @property
    def resolved(self) -> Resolved:
        """What the scalar is by itself: a string, number, bool or None."""
        if self._resolved is _UNRESOLVED:
            self._resolved = self._resolve()
        result: Resolved = self._resolved
        return result

    def _resolve(self) -> Resolved:
        plain = not self.style if self.tag is None else self.tag in _RESOLVED_TAGS and not self.misfit
        return resolve(self.text) if plain else self.text

    @property
    def is_null(self) -> bool:
        # Asked of every key and most values, so the quick answer comes first.
        return self.text in NULLS and self.resolved is None

    @property
    def open(self) -> bool:
        return not self.known

    @property
    def is_verbatim(self) -> bool:
        """Whether its text can be changed where it stands, and nowhere else.

        Not where it came through an alias or had a `${…}` in it, has a tag, or is a block (`|`, `>`).
        """
        return not (self.alias or self.template or self.tag or self.style in ("|", ">"))

    def part(self, source: str, start: int, end: int) -> Span | None:
        """Where a part of its text stands in the text of its file; None where it is not written as it is."""
        at = source.find(self.text, *self.span)
        return Span(at + start, at + end) if at != -1 and not (self.alias or self.template) else None

    @property
    def as_bool(self) -> bool | None:
        """Its value for a bool field, or None where Copilot cannot decode it as one."""
        return read_bool(self.resolved)

    @property
    def as_int(self) -> int | None:
        """Its value for an int field, or None where Copilot cannot decode it as one."""
        return read_int(self.resolved)

    @property
    def seconds(self) -> float | None:
        """Its value for a duration field, or None where Copilot cannot decode it as one."""
        return read_duration(self.text) if isinstance(self.resolved, str) else None


class Mapping(Node):
    """A mapping. `entries` has each key once (the last, where the text repeats it), merges included."""

    __slots__ = ("aliased_keys", "bad_merges", "duplicates", "entries", "flow", "odd_keys", "open", "unnamed")
    open: bool

    def __init__(  # noqa: PLR0913  as for a scalar
        self,
        span: Span,
        entries: dict[str, Node] | None = None,
        *,
        key: Scalar | None = None,
        alias: Span | None = None,
        tag: str | None = None,
        flow: bool = False,
    ) -> None:
        self.span, self.key, self.alias = span, key, alias
        self.tag, self.tag_start, self.anchor = tag, None, None
        self.entries: dict[str, Node] = {} if entries is None else entries
        #: Every repeated key with its first occurrence.
        self.duplicates: list[tuple[Scalar, Scalar]] = []
        #: Keys that only an alias makes the same as one above: written they differ, and the later value counts.
        self.aliased_keys: list[tuple[Scalar, Scalar]] = []
        #: Keys that are no text: lists, maps and nulls.
        self.odd_keys: list[Node] = []
        #: The values of the nulls.
        self.unnamed: list[Node] = []
        #: `<<` with a value that cannot be merged.
        self.bad_merges: list[Node] = []
        self.flow = flow
        self.open = False

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        for node in self.entries.values():
            if node.key is not None:
                yield node.key, node

    @property
    def _written(self) -> Iterable[Node]:
        start, end = self.span
        inside = (node for node in self.entries.values() if node.key and start <= node.key.span.start < end)
        return () if self.flow else inside

    def with_entries(self, entries: dict[str, Node], *, is_open: bool | None = None) -> Mapping:
        """The same map with other values, in a fifth of the time of `copy`."""
        made = Mapping.__new__(Mapping)  # without the lists that a new one has
        made.span, made.key, made.alias = self.span, self.key, self.alias
        made.tag, made.tag_start, made.anchor = self.tag, self.tag_start, self.anchor
        made.entries, made.flow = entries, self.flow
        made.duplicates, made.aliased_keys = self.duplicates, self.aliased_keys
        made.odd_keys, made.unnamed, made.bad_merges = self.odd_keys, self.unnamed, self.bad_merges
        made.open = self.open if is_open is None else is_open
        return made

    def get(self, name: str) -> Node | None:
        """The value of a key; None where it is missing or null."""
        node = self.entries.get(name)
        # Only a scalar can be null; rules ask this thousands of times, so it says itself what `is_null` would.
        if node.__class__ is Scalar and node.text in NULLS and node.resolved is None:
            return None
        return node


class Sequence(Node):
    """A list; null items are kept."""

    __slots__ = ("flow", "items", "open")
    open: bool

    def __init__(  # noqa: PLR0913  as for a scalar
        self,
        span: Span,
        items: list[Node] | None = None,
        *,
        key: Scalar | None = None,
        alias: Span | None = None,
        tag: str | None = None,
        flow: bool = False,
    ) -> None:
        self.span, self.key, self.alias = span, key, alias
        self.tag, self.tag_start, self.anchor = tag, None, None
        self.items: list[Node] = [] if items is None else items
        self.flow = flow
        self.open = False

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    @property
    def _written(self) -> Iterable[Node]:
        return () if self.flow else self.items


class Loop(Node):
    """An alias inside what it stands for. Nothing that decodes it can do so."""

    __slots__ = ()


class Tree(NamedTuple):
    """What was read: the root of the first document, and what is odd about the text."""

    root: Node | None = None
    problem: SyntaxProblem | None = None
    #: Where a second document begins, if there is one with content.
    second_document: Span | None = None
    #: The first value that is nested too deeply to be read.
    too_deep: Span | None = None
    #: Whether an anchor contains itself, as far as the text was read.
    has_loop: bool = False

    @property
    def unread(self) -> bool:
        """Whether nothing is known of the text, as it is no YAML."""
        return self.problem is not None


def _end(node: Node) -> int:
    """Where a value of a block ends as it is written there: an alias where it is used, nothing with its key."""
    written = [node.alias or node.place, *([node.key.span] if node.key else [])]
    return max(span.end for span in written)


def size(node: Node, known: dict[int, int] | None = None) -> int:
    """How many values there are in a node, itself included; what several aliases stand for counts for each.

    `known` are the sizes by identity.
    """
    if node.__class__ is Scalar:
        return 1
    known = {} if known is None else known
    if id(node) not in known:
        children = node.entries.values() if isinstance(node, Mapping) else ()
        items = node.items if isinstance(node, Sequence) else children
        known[id(node)] = 1 + sum([size(child, known) for child in items])
    return known[id(node)]


#: What there is where no mapping is.
NOTHING: Final = Mapping(Span(0, 0))


def as_mapping(node: Node | None) -> Mapping:
    """The node, if it is a mapping; an empty one otherwise."""
    return node if isinstance(node, Mapping) else NOTHING


def is_blank(node: Node | None) -> bool:
    """Whether there is nothing where a text belongs: no value, a null, or an empty text, which Copilot takes for none."""
    return node is None or node.is_null or (isinstance(node, Scalar) and not node.text)


def items_of(node: Node | None) -> list[Node]:
    """The items of a list but for null ones, which Copilot drops; empty for anything else."""
    return [item for item in node.items if not item.is_null] if isinstance(node, Sequence) else []


def maps_of(node: Node | None) -> list[Mapping]:
    """The maps of a list; empty for anything else."""
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


_NO_ITEMS: Final = Sequence(Span(0, 0))


class Lookup:
    """Asking a tree of values by path; `root` is the map that paths start from."""

    root: Mapping

    def get(self, *path: str) -> Node | None:
        """The value at a path; None where it is missing or null."""
        node: Node | None = self.root
        for name in path:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node

    def scalar(self, *path: str) -> Scalar | None:
        """The scalar at a path; None where it is missing, null or no scalar."""
        node = self.get(*path)
        return node if isinstance(node, Scalar) else None

    def mapping(self, *path: str) -> Mapping:
        """The mapping at a path; an empty one where there is none."""
        return as_mapping(self.get(*path))

    def sequence(self, *path: str) -> Sequence:
        """The list at a path; an empty one where there is none."""
        node = self.get(*path)
        return node if isinstance(node, Sequence) else _NO_ITEMS
