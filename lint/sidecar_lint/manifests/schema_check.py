"""Holds a manifest as written against its schema, and says what Copilot makes of what does not fit.

Copilot decodes the whole file, every environment included, before it looks at any value. A wrong
type is refused, except inside the fields with two forms whose decoder swallows it: there a scalar
becomes its zero value, and anything else is dropped. `Shape.root` is the manifest with that done.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.interpolation import PREDEFINED, VARIABLE
from sidecar_lint.manifests.schemas import Field, Path
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.durations import is_endless_duration
from sidecar_lint.syntax.nodes import Loop, Mapping, Node, Scalar, Sequence, items_of
from sidecar_lint.syntax.scalars import INT64
from sidecar_lint.syntax.tags import NULL
from sidecar_lint.syntax.tree import DEPTH_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.manifests.misfits import Misfit


def dotted(path: Path) -> str:
    """A path as people write it: `sidecars.nginx.mount_points[0].path`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def environments_of(path: Path) -> tuple[str, ...]:
    """The environment whose override a path leads into; empty for the rest of the manifest."""
    name = path[1] if len(path) > 1 and path[0] == "environments" else None
    return (name,) if isinstance(name, str) else ()


#: Go tests these with len() == 0 where it asks whether a union's map form is empty, so `[]` and
#: `{}` do not count as written (http.go, workload.go: the IsEmpty methods).
_UNSET_WHEN_EMPTY: Final = frozenset(
    ("additional_rules", "alias", "from_tags", "security_groups", "groups", "subnets")
)
#: A text as long may be a duration of more than 64 bits.
_LONG: Final = len("2562047")
#: Stands for infinity.
_LARGEST: Final = 1e300
#: What a swallowed scalar turns into: Go has allocated the pointer before the decoding fails.
_ZERO: Final = {"bool": "false", "text": "", "duration": "0s"}


class TypeMismatch(NamedTuple):
    """A value that the field cannot take. `swallowed`: Copilot says nothing and goes on without it."""

    node: Node
    path: Path
    field: Field
    swallowed: bool


class UndecodedField(NamedTuple):
    """A key that Copilot decodes nowhere. `parent` is the struct that does not have it.

    `empty` is the last key before it, in the same map, that has no value.
    """

    key: Scalar
    value: Node
    path: Path
    parent: Field
    siblings: Mapping
    empty: Scalar | None = None

    def written_beside(self, name: str) -> bool:
        """Whether the same map has a field of that name already."""
        return name in self.siblings.entries


class EmptyUnion(NamedTuple):
    """A map none of whose fields has a value, where Copilot must choose a form and cannot.

    `sole` is all that is in it, where that is one unknown field.
    """

    node: Mapping
    path: Path
    field: Field
    sole: UndecodedField | None = None


class RepeatedKey(NamedTuple):
    """A key written twice. `decoded`: Copilot looks at the mapping; `swallowed`: and forgets it all."""

    first: Scalar
    second: Scalar
    path: Path
    decoded: bool
    swallowed: bool


class Shape:
    """What does not fit the schema, and what Copilot decodes of it (`root`)."""

    def __init__(self, root: Mapping) -> None:
        self.root = root
        self.wrong_types: list[TypeMismatch] = []
        self.unknown_fields: list[UndecodedField] = []
        self.empty_unions: list[EmptyUnion] = []
        self.duplicates: list[RepeatedKey] = []
        self.bad_merges: list[Node] = []
        #: Aliases inside what they stand for, where Copilot decodes it.
        self.loops: list[Loop] = []


def check(root: Mapping, kind: str) -> Shape:
    """Compare a manifest (interpolated or not, never merged) with the schema of its type."""
    shape = Shape(root)
    survey = _Survey()
    instance = survey.instance(root)
    fits = schemas.is_valid(kind, instance)
    if fits and not survey.is_odd:
        return shape
    return _Judge(shape, schemas.fields(kind)).judge(() if fits else _misfits(kind, instance), survey)


def _misfits(kind: str, instance: Any) -> Iterable[Misfit]:
    from sidecar_lint.manifests.misfits import misfits

    return misfits(kind, instance, of_rules=False)


def instance_of(root: Mapping) -> Any:
    """A manifest as the JSON value that a schema is held against."""
    return _Survey().instance(root)


class _Survey:
    """Turns nodes into JSON, and remembers what no schema can judge."""

    def __init__(self) -> None:
        #: Mappings that repeat a key, or have one that is no text.
        self.odd: list[tuple[Path, Mapping]] = []
        #: Scalars that are not what their tag says, lists that their tag says are null, and aliases that stand
        #: for what is around them.
        self.undecodable: list[tuple[Path, Scalar | Sequence | Loop]] = []
        #: Values with nothing in them: a union around them may be empty without looking so.
        self.hollow: list[Path] = []

    @property
    def is_odd(self) -> bool:
        """Whether there is anything that no schema can judge."""
        return bool(self.odd or self.hollow or self.undecodable)

    def instance(self, node: Node, path: Path = ()) -> Any:
        if isinstance(node, Scalar):
            return self._scalar(node, path)
        if len(path) > DEPTH_LIMIT:
            return None
        if isinstance(node, Mapping):
            if node.duplicates or node.aliased_keys or node.odd_keys or node.bad_merges:
                self.odd.append((path, node))
            if not node.entries:
                self.hollow.append((*path, ""))
            return {name: self.instance(child, (*path, name)) for name, child in node.entries.items()}
        if isinstance(node, Loop) or (isinstance(node, Sequence) and node.tag == NULL):
            self.undecodable.append((path, node))
        items = items_of(node)
        if not items:
            self.hollow.append((*path, ""))
        return [self.instance(item, (*path, at)) for at, item in enumerate(items)]

    def _scalar(self, node: Scalar, path: Path) -> Any:
        value = node.resolved
        if node.misfit:
            self.undecodable.append((path, node))
        if isinstance(value, str):
            if not value:
                self.hollow.append(path)
            elif node.template is not None and not _is_of_the_shell(node):
                # The schemas let `${` pass, as it may become anything; here it is known what it becomes.
                return value.replace("${", "$ {")
            elif len(value) > _LONG and is_endless_duration(value):
                return f"{value} "  # spelt as a duration, and none
        elif value is None:
            self.hollow.append(path)
        elif isinstance(value, float):
            return _cut_off(value)
        return value


def _cut_off(value: float) -> float:
    """A float as a field for whole numbers takes it. JSON has no infinity, and `.nan` fits no such field."""
    if math.isnan(value):
        return _LARGEST
    if value == INT64.stop:
        return INT64.stop - 1  # Go's check lets it pass
    return math.trunc(value) if abs(value) < INT64.stop else min(max(value, -_LARGEST), _LARGEST)


def _may_fit(node: Scalar, kind: str) -> bool:
    """Whether what the shell knows can turn a text into such a value.

    "yes" is a bool, and a JSON list is a list; the name of an application or environment is neither.
    """
    return ("bool" in kind or "list" in kind) and _is_of_the_shell(node)


def _is_of_the_shell(node: Scalar) -> bool:
    """Whether a text has a `${VARIABLE}` left that is not one of Copilot's own."""
    return not node.known and not PREDEFINED.issuperset(name for _, name in VARIABLE.findall(node.text))


def _is_unknown(name: str, struct: Field) -> bool:
    return name not in struct.properties and not name.startswith("x-")


class _Judge:
    def __init__(self, shape: Shape, top: Field) -> None:
        self._shape = shape
        self._top = top
        self._swallowed: dict[int, Node | None] = {}
        self._suspects: dict[Path, Field] = {}
        #: An unknown field of each map that has one, by the map's identity.
        self._unknown_in: dict[int, UndecodedField] = {}
        self._empties: dict[int, dict[str, Scalar | None]] = {}
        self._items: dict[int, list[Node]] = {}

    def judge(self, misfits: Iterable[Misfit], survey: _Survey) -> Shape:
        for misfit in misfits:
            self._misfit(misfit)
        for path, mapping in survey.odd:
            self._oddity(path, mapping)
        for path, node in survey.undecodable:
            self._undecodable(path, node)
        for path in survey.hollow:
            self._suspects.update(self._unions(path[:-1]))
        for path, union in sorted(self._suspects.items(), key=lambda each: -len(each[0])):
            self._union(path, union)
        if self._swallowed:
            self._shape.root = self._pruned(self._shape.root)
        return self._shape

    def _misfit(self, misfit: Misfit) -> None:
        if misfit.keyword == "additionalProperties":
            self._unknown(misfit.path, misfit.value)
        elif "x-rule" in misfit.schema:
            return
        elif misfit.keyword in ("required", "minProperties", "not"):
            self._suspects.update(self._unions(misfit.path))
        elif "x-type" in misfit.schema:
            self._wrong_type(misfit.path)

    def _unknown(self, path: Path, names: Iterable[str]) -> None:
        parent, node = self._top.at(iter(path)), self._node(path)
        if parent is None or not isinstance(node, Mapping):
            return
        for name in names:  # a part of the map, or all of it
            value = node.entries.get(name)
            if value is not None and value.key is not None and _is_unknown(name, parent):
                empty = self._empty_before(node).get(name)
                found = UndecodedField(value.key, value, (*path, name), parent, node, empty)
                self._shape.unknown_fields.append(found)
                self._unknown_in[id(node)] = found
        self._suspects.update(self._unions(path))

    def _empty_before(self, mapping: Mapping) -> dict[str, Scalar | None]:
        """For each key of a map the last one before it that has no value."""
        if id(mapping) not in self._empties:
            empty: Scalar | None = None
            found = self._empties[id(mapping)] = {}
            for key, value in mapping:
                found[key.text] = empty
                empty = key if value.is_null else empty
        return self._empties[id(mapping)]

    def _wrong_type(self, path: Path) -> None:
        node, found = self._node(path), self._top.at(iter(path))
        if node is None or found is None:
            return
        if isinstance(node, Scalar) and not node.known and _may_fit(node, found.type):
            return
        if isinstance(node, Mapping) and node.tag == NULL and found.union:
            return  # decoded as the map that it is: behind every field with two forms stands one
        union = self._innermost_union(path[:-1])
        if node.is_null or isinstance(node, Loop) or (isinstance(node, Scalar) and node.misfit):
            return  # what cannot be decoded at all is another mistake; a null in a union's map form is only a reason to ask whether the form is empty
        swallowed = self._swallows(union) and (not found.union or _is_item(path, union))
        self._shape.wrong_types.append(TypeMismatch(node, path, found, swallowed))
        if swallowed and union:
            self._swallowed[id(node)] = self._zero(path, node, found)
            self._suspects[union[0]] = union[1]

    def _undecodable(self, path: Path, node: Scalar | Sequence | Loop) -> None:
        """What yaml.v3 gives up at, wherever it decodes it: no error of a type that could be swallowed.

        It does not ask a field with two forms which it takes where the tag says null, and goes for the map.
        """
        found = self._top.at(iter(path))
        if found is None or found.type == "any":
            return
        if isinstance(node, Loop):
            self._shape.loops.append(node)
        elif isinstance(node, Scalar) or (found.union and "list" in found.type):
            self._shape.wrong_types.append(TypeMismatch(node, path, found, swallowed=False))

    def _zero(self, path: Path, node: Node, found: Field) -> Scalar | None:
        parent = self._top.at(iter(path[:-1]))
        if parent is None or not isinstance(path[-1], str) or path[-1] not in parent.properties:
            return None
        if found.type in ("map", "list", "any"):
            return None
        text = _ZERO.get(found.type, "0")
        return Scalar(node.span, key=node.key, alias=node.alias, text=text, style="" if text else '"')

    def _oddity(self, path: Path, mapping: Mapping) -> None:
        found = self._top.at(iter(path))
        decoded = found is not None and found.type != "any"
        if decoded:
            self._shape.bad_merges.extend(mapping.bad_merges)
        union = self._innermost_union(path[:-1]) if decoded and path else None
        swallowed = self._swallows(union) and not (found and found.union)
        for first, second in (*mapping.duplicates, *_set_twice(mapping, found)):
            duplicate = RepeatedKey(first, second, path, decoded, swallowed)
            self._shape.duplicates.append(duplicate)
        if swallowed and mapping.duplicates and union:
            self._swallowed[id(mapping)] = None
            self._suspects[union[0]] = union[1]
        if decoded:
            self._odd_keys(path, mapping, swallowed=swallowed)

    def _odd_keys(self, path: Path, mapping: Mapping, *, swallowed: bool) -> None:
        key = Field({"x-type": "text"}, {})
        for node in mapping.odd_keys:
            if isinstance(node, Scalar) and node.misfit:
                self._shape.wrong_types.append(TypeMismatch(node, path, key, swallowed=False))
            elif not node.is_null:
                self._shape.wrong_types.append(TypeMismatch(node, path, key, swallowed))

    def _union(self, path: Path, union: Field) -> None:
        node = self._node(path)
        if not isinstance(node, Mapping) or node.tag == NULL:
            return
        if union.is_struct and not self._any_set(node, union):
            sole = self._unknown_in.get(id(node)) if len(node.entries) == 1 else None
            self._shape.empty_unions.append(EmptyUnion(node, path, union, sole))

    def _any_set(self, node: Mapping, struct: Field) -> bool:
        return any(self._is_set(name, child, struct) for name, child in node.entries.items())

    def _is_set(self, name: str, node: Node, struct: Field) -> bool:
        """Whether Go would find this field other than its zero value."""
        found = struct.child(name) if name in struct.properties else None
        if found is None or node.is_null:
            return False
        if id(node) in self._swallowed:
            return self._swallowed[id(node)] is not None and not found.is_unset_when_empty
        if isinstance(node, Mapping) and found.is_struct and not found.union:
            return self._any_set(node, found)
        if name in _UNSET_WHEN_EMPTY and isinstance(node, (Mapping, Sequence)):
            return any(not child.is_null for child in _children(node))
        return not (found.is_unset_when_empty and isinstance(node, Scalar) and not node.text)

    def _unions(self, path: Path) -> dict[Path, Field]:
        """The fields with two forms that enclose a path, itself included, outermost first."""
        found: dict[Path, Field] = {}
        field: Field | None = self._top
        for at in range(len(path) + 1):
            if field is None:
                break
            if field.union:
                found[path[:at]] = field
            if at < len(path):
                step = path[at]
                field = field.item() if isinstance(step, int) else field.child(step)
        return found

    def _innermost_union(self, path: Path) -> tuple[Path, Field] | None:
        unions = self._unions(path)
        return list(unions.items())[-1] if unions else None

    def _swallows(self, union: tuple[Path, Field] | None) -> bool:
        """Whether a wrong type inside is swallowed: only in the form that is tried first."""
        if union is None or union[1].union != "lenient":
            return False
        tried_first = Sequence if union[1].tries_list_first else Mapping
        return isinstance(self._node(union[0]), tried_first)

    def _node(self, path: Path) -> Node | None:
        return node_at(self._shape.root, path, self._items)

    def _pruned(self, node: Any) -> Any:
        if isinstance(node, Mapping):
            return self._pruned_mapping(node)
        if isinstance(node, Sequence):
            items = [self._pruned(item) for item in node.items if self._keeps(item)]
            if items == node.items:
                return node
            pruned = node.copy()
            pruned.items = items
            return pruned
        return self._swallowed.get(id(node), node)

    def _keeps(self, node: Node) -> bool:
        return self._swallowed.get(id(node), node) is not None

    def _pruned_mapping(self, node: Mapping) -> Mapping:
        entries = {
            name: self._swallowed.get(id(child)) or self._pruned(child)
            for name, child in node.entries.items()
            if self._keeps(child)
        }
        if all(entries.get(name) is child for name, child in node.entries.items()):
            return node
        pruned = node.copy()
        pruned.entries = entries
        return pruned


def _is_item(path: Path, union: tuple[Path, Field] | None) -> bool:
    """Whether a path leads to an item of a list that is one form of a field.

    Whether text or map is asked of the list as a whole, so what is neither is left out of it.
    """
    return union is not None and path[:-1] == union[0] and isinstance(path[-1], int)


def _set_twice(mapping: Mapping, field: Field | None) -> Iterable[tuple[Scalar, Scalar]]:
    """Fields that an alias sets again. Among keys of one's own choice, the later one counts."""
    fields = field.properties if field else {}
    return ((first, second) for first, second in mapping.aliased_keys if second.text in fields)


def _children(node: Mapping | Sequence) -> Iterable[Node]:
    return node.items if isinstance(node, Sequence) else node.entries.values()


def node_at(
    node: Node | None, path: Iterable[str | int], known: dict[int, list[Node]] | None = None
) -> Node | None:
    """The node at a path of keys and list positions (nulls of a list not counted).

    Who asks often hands in what is `known` of lists, by their identity; it is added to.
    """
    known = {} if known is None else known
    for step in path:
        if isinstance(step, str):
            node = node.entries.get(step) if isinstance(node, Mapping) else None
        elif isinstance(node, Sequence):
            if id(node) not in known:
                known[id(node)] = items_of(node)
            items = known[id(node)]
            node = items[step] if step < len(items) else None
        else:
            return None
    return node
